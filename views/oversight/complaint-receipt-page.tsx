// The diner's own page: received, and what became of it. Nothing that was written is shown again.
import { Icon } from '../parts/icon.tsx';
import { Page } from '../parts/page.tsx';
import { formatMoment } from '../parts/time.ts';
import type { PageView } from '../trace/parts.tsx';
import { productOf } from '../trace/product-name.ts';
import type { ComplaintSubject } from './complaint-form-page.tsx';
import { ComplaintBadge, type ComplaintKindName, type ComplaintStateName } from './complaint-parts.tsx';
import { MediationCard, type MediationForm, type MediationShown } from './mediation-card.tsx';

export type ReceiptView = PageView & {
  /** Null: neither lot nor place is known to who wrote it. */
  readonly lot: ComplaintSubject | null;
  /** By which it is found again; null: it came before there were any. */
  readonly code: string | null;
  readonly settling: { readonly mediation: MediationShown; readonly form: MediationForm } | undefined;
  readonly kind: ComplaintKindName;
  readonly state: ComplaintStateName;
  readonly at: number;
  readonly answers: readonly { readonly words: string; readonly at: number }[];
};

export function ComplaintReceiptPage(view: ReceiptView) {
  const { words, here, viewer, lot, kind, state, at, answers, code, settling } = view;
  const text = words.complaints;
  const title = state === 'new' ? text.receiptTitle : text.followTitle;
  return (
    <Page words={words} title={title} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css']}>
      <section class="card rim stack">
        <div class="row spread">
          <h1 class="title">{title}</h1>
          <ComplaintBadge words={words} state={state} />
        </div>
        {state === 'new' ? <p>{text.receiptLead}</p> : null}
        <p>
          {text.kinds[kind]}
          {lot === null ? null : (
            <>
              {' '}
              · {productOf(words, lot)} <span class="code">{lot.batch}</span>
            </>
          )}
        </p>
        <p class="small soft">{text.sentAt(formatMoment(at, words.lang))}</p>
        {code === null ? null : <p class="note">{words.mediation.yourCode(code)}</p>}
        <h2>{text.answer}</h2>
        {answers.length === 0 ? <p class="soft">{text.noAnswer}</p> : null}
        {answers.map((answer) => (
          <div class="note">
            <Icon name="doc" />
            <div>
              <p class="lines">{answer.words}</p>
              <p class="small soft">{formatMoment(answer.at, words.lang)}</p>
            </div>
          </div>
        ))}
        {lot === null ? null : (
          <p>
            <a class="btn" href={lot.href}>
              {text.backToLot}
            </a>
          </p>
        )}
      </section>
      {settling === undefined ? null : <MediationCard words={words} {...settling} />}
    </Page>
  );
}
