// The head of a traced lot: what it is, whether it is recalled, and what can be done with it.
import { Icon } from '../../parts/icon.tsx';
import { formatDate } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { LotBadge, type LotState } from '../parts.tsx';
import { productOf } from '../product-name.ts';

export type TracedLot = {
  readonly id: number;
  readonly code: string;
  readonly short: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly state: LotState;
  readonly origin: string | null;
  readonly producedAt: number | null;
  readonly expiresAt: number | null;
  readonly publicHref: string;
  readonly recall: {
    readonly href: string;
    readonly number: string;
    readonly reason: string;
    readonly answered: number;
    readonly holders: number;
  } | null;
};

export function LotHead({ words, lot, mayAct }: { words: Texts; lot: TracedLot; mayAct: 'act' | 'look' }) {
  const text = words.trace.bench;
  const facts = [
    lot.origin,
    lot.producedAt === null ? null : `${words.trace.producedAt} ${formatDate(lot.producedAt)}`,
    lot.expiresAt === null ? null : `${words.trace.expiresAt} ${formatDate(lot.expiresAt)}`,
  ].filter((fact) => fact !== null);
  return (
    <div class="row spread top">
      <div class="stack">
        <div class="row">
          <h2 class="title">{productOf(words, lot)}</h2>
          <LotBadge words={words} state={lot.state} />
          <span class="code soft">{lot.short}</span>
        </div>
        {lot.recall === null ? null : (
          <p class="soft">
            <a href={lot.recall.href}>{text.recallOf(lot.recall.number, lot.recall.reason)}</a>{' '}
            {words.trace.recall.answered(lot.recall.answered, lot.recall.holders)}
          </p>
        )}
        {facts.length === 0 ? null : <p class="soft small">{facts.join(words.lang === 'en' ? ' · ' : '；')}</p>}
      </div>
      <div class="row">
        <button class="btn small" type="button" data-share={text.shared} hidden>
          <Icon name="link" />
          {text.copyAddress}
        </button>
        <button class="btn small" type="button" data-print hidden>
          <Icon name="print" />
          {text.print}
        </button>
        <a class="btn small" href={`/lots/${lot.id}`}>
          <Icon name="doc" />
          {text.record}
        </a>
        <a class="btn small" href={lot.publicHref}>
          <Icon name="scan" />
          {text.publicPage}
        </a>
        {mayAct === 'act' && lot.recall === null ? (
          <a class="btn small risk" href={`/recalls/new?code=${encodeURIComponent(lot.code)}`}>
            <Icon name="alert" />
            {text.startRecall}
          </a>
        ) : null}
      </div>
    </div>
  );
}
