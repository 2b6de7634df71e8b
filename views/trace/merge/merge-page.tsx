// Merging two codes: the other code is asked for, then both lots stand side by side with what to know, and the reason.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { formatDate } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { LotBadge, type LotState, type PageView, type PlaceName, placeName } from '../parts.tsx';
import { productOf } from '../product-name.ts';
import { TracePage } from '../trace-page.tsx';

export type MergeSide = {
  readonly id: number;
  readonly code: string;
  readonly batch: string;
  readonly gtin: string | null;
  readonly origin: string | null;
  readonly producedAt: number | null;
  readonly expiresAt: number | null;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly state: LotState;
  readonly places: readonly PlaceName[];
};

export type MergeView = PageView & {
  readonly typed: { readonly code: string; readonly reason: string };
  readonly faults: readonly FieldFault[];
  readonly into: MergeSide;
  readonly from: MergeSide | null;
  readonly doubts: readonly (keyof Texts['trace']['merge']['doubts'])[];
};

export function MergePage({ words, here, viewer, typed, faults, into, from, doubts }: MergeView) {
  const text = words.trace.merge;
  return (
    <TracePage words={words} title={text.title} here={here} viewer={viewer} scripts={['scan.js']}>
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
      </header>
      <Faults words={words} faults={faults} />
      {from === null ? (
        <form class="card stack" method="get" action={`/lots/${into.id}/merges/new`}>
          <p>
            {text.into} <a href={`/lots/${into.id}`}>{productOf(words, into)}</a> <span class="code">{into.batch}</span>
          </p>
          <Field label={text.other} name="code" value={typed.code} faults={faults} hint={text.otherHint} required />
          <div class="row">
            <button class="btn main" type="submit">
              {text.find}
            </button>
          </div>
        </form>
      ) : (
        <>
          <div class="two">
            <Side words={words} title={text.kept} side={into} other={from} />
            <Side words={words} title={text.given} side={from} other={into} />
          </div>
          {doubts.map((doubt) => (
            <p class="note is-warn">
              <Icon name="alert" />
              <span>{text.doubts[doubt]}</span>
            </p>
          ))}
          <form class="card stack" method="post" action={`/lots/${into.id}/merges`}>
            <input type="hidden" name="code" value={from.code} />
            <p>{text.means(from.batch, into.batch)}</p>
            <Field label={text.reason} name="reason" faults={faults} hint={text.reasonHint}>
              <textarea class="low" id={fieldId('reason')} name="reason" required maxlength={1000}>
                {typed.reason}
              </textarea>
            </Field>
            <div class="row">
              <button class="btn main" type="submit">
                <Icon name="link" />
                {text.merge}
              </button>
              <a class="btn" href={`/lots/${into.id}`}>
                {text.back}
              </a>
            </div>
          </form>
        </>
      )}
    </TracePage>
  );
}

type SideProps = {
  readonly words: Texts;
  readonly title: string;
  readonly side: MergeSide;
  readonly other: MergeSide;
};

function Side({ words, title, side, other }: SideProps) {
  const { trace } = words;
  const day = (at: number | null) => (at === null ? words.common.unknown : formatDate(at));
  const facts = [
    ['GTIN', side.gtin ?? words.common.unknown, side.gtin === other.gtin],
    [trace.origin, side.origin ?? words.common.unknown, side.origin === other.origin],
    [trace.producedAt, day(side.producedAt), side.producedAt === other.producedAt],
    [trace.expiresAt, day(side.expiresAt), side.expiresAt === other.expiresAt],
  ] as const;
  return (
    <section class="card stack">
      <p class="small soft">{title}</p>
      <div class="row">
        <h2 class="title">{productOf(words, side)}</h2>
        <LotBadge words={words} state={side.state} />
      </div>
      <dl class="facts">
        <dt>{trace.batch}</dt>
        <dd class="code">{side.batch}</dd>
        {facts.map(([name, value, same]) => (
          <>
            <dt>{name}</dt>
            <dd>
              {value} {same ? null : <span class="badge due">{trace.merge.differs}</span>}
            </dd>
          </>
        ))}
        <dt>{trace.held}</dt>
        <dd>
          {side.places.length === 0
            ? words.common.unknown
            : side.places.map((place) => placeName(words, place)).join(words.lang === 'en' ? ', ' : '、')}
        </dd>
      </dl>
    </section>
  );
}
