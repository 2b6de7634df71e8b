// The record of one lot: its code and spellings, who holds it, what happened, certificates, tests, findings, holds.

import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { formatDate, formatMoment } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { type EventLine, EventList } from '../bench/bench-events.tsx';
import { FindingList } from '../bench/bench-side.tsx';
import { ColdCard } from '../chain/cold-chart.tsx';
import type { Cold } from '../chain/cold-curve.ts';
import { CertificatesCard, TestsCard } from '../diner/diner-certificates.tsx';
import type { DinerCertificate, DinerTest } from '../diner/diner-lot.ts';
import type { FindingSaid } from '../finding/finding-text.ts';
import { LotBadge, type LotState, type PageView, rimOf } from '../parts.tsx';
import { productOf } from '../product-name.ts';
import { TracePage } from '../trace-page.tsx';
import { type LotHolder, LotHolders } from './lot-holders.tsx';
import { LotMerges, type MergeLine } from './lot-merges.tsx';
import { type Packing, type PackSizes, PacksCard } from './packs-card.tsx';

export type LotRecord = {
  readonly id: number;
  readonly code: string;
  readonly batch: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly state: LotState;
  /** What may be done: only what is in order is held, only what is held released. */
  readonly status: 'ok' | 'held' | 'recalled';
  readonly origin: string | null;
  readonly gtin: string | null;
  readonly producedAt: number | null;
  readonly expiresAt: number | null;
  readonly aliases: readonly string[];
  readonly publicHref: string;
  readonly labelHref: string;
  readonly qrHref: string;
  readonly holders: readonly LotHolder[];
  readonly events: readonly EventLine[];
  readonly certificates: readonly DinerCertificate[];
  readonly tests: readonly (DinerTest & { readonly reportHref: string | null })[];
  /** A failed test that nobody has answered: where its recall is written. */
  readonly proposedHref: string | null;
  readonly findings: readonly FindingSaid[];
  readonly holds: readonly { readonly state: 'held' | 'released'; readonly reason: string; readonly at: number }[];
  /** What one box or portion of the product holds; null: the product is not known. */
  readonly packs: PackSizes | null;
  readonly packings: readonly Packing[];
  readonly cold: Cold | null;
  readonly recallHref: string | null;
  readonly merges: readonly MergeLine[];
};

export type LotRecordView = PageView & {
  readonly lot: LotRecord;
  readonly mayAct: 'act' | 'look';
  readonly faults: readonly FieldFault[];
  readonly reason: string;
  readonly mayTest: 'test' | 'look';
  readonly notice: keyof typeof noticeTexts | null;
};

export const noticeTexts = {
  created: (words: Texts) => words.trace.lots.created,
  already: (words: Texts) => words.trace.lots.already,
  merged: (words: Texts) => words.trace.merge.done,
  unmerged: (words: Texts) => words.trace.merge.undoneNow,
  reason_missing: (words: Texts) => words.trace.merge.reasonMissing,
  tested: (words: Texts) => words.trace.labTest.saved,
  tested_held: (words: Texts) => words.trace.labTest.savedHeld,
} as const;

/** Who is shown where a lot and a kitchen met. */
const seeKitchens: readonly string[] = ['inspector', 'admin', 'reviewer'];

export function LotRecordPage(view: LotRecordView) {
  const { words, here, viewer, lot, notice } = view;
  return (
    <TracePage words={words} title={`${productOf(words, lot)} ${lot.batch}`} here={here} viewer={viewer}>
      {notice === null ? null : (
        <p class="note" role="status">
          <Icon name="check" />
          <span>{noticeTexts[notice](words)}</span>
        </p>
      )}
      <div class="cols">
        <div class="stack-wide">
          <Head view={view} />
          {lot.proposedHref === null ? null : <Proposal words={words} href={lot.proposedHref} />}
          <LotHolders words={words} holders={lot.holders} />
          <section class="card stack" id="events">
            <div class="card-head">
              <h2>{words.trace.lots.history}</h2>
              <span class="small faint">{words.trace.bench.eventsOf(lot.events.length)}</span>
            </div>
            {lot.events.length === 0 ? (
              <p class="small soft">{words.trace.bench.noEvents}</p>
            ) : (
              <EventList words={words} events={lot.events} attach="attach" />
            )}
          </section>
        </div>
        <div class="stack-wide">
          <CodeCard view={view} />
          {view.mayAct === 'act' ? <HoldCard view={view} /> : null}
          <LotMerges words={words} lotId={lot.id} merges={lot.merges} mayAct={view.mayAct} />
          {lot.packs === null ? null : (
            <PacksCard
              {...{ words, lotId: lot.id, packs: lot.packs, packings: lot.packings }}
              mayAct={view.mayAct}
              faults={view.faults}
            />
          )}
          <Findings words={words} lot={lot} />
          <CertificatesCard words={words} certificates={lot.certificates} />
          <TestsCard
            words={words}
            tests={lot.tests}
            addHref={view.mayTest === 'test' ? `/lots/${lot.id}/tests/new` : null}
          />
          {lot.cold === null ? null : (
            <ColdCard words={words} cold={lot.cold} recalled={lot.state === 'recalled' ? 'recalled' : 'not_recalled'} />
          )}
        </div>
      </div>
    </TracePage>
  );
}

function Head({ view: { words, viewer, lot, mayAct } }: { view: LotRecordView }) {
  const { trace } = words;
  return (
    <section class={`card rim stack${rimOf(lot.state)}`}>
      <div class="row">
        <h1 class="title">{productOf(words, lot)}</h1>
        <LotBadge words={words} state={lot.state} />
      </div>
      <dl class="facts">
        <dt>{trace.batch}</dt>
        <dd class="code">{lot.batch}</dd>
        {lot.gtin === null ? null : (
          <>
            <dt>GTIN</dt>
            <dd class="code">{lot.gtin}</dd>
          </>
        )}
        <dt>{trace.origin}</dt>
        <dd>{lot.origin ?? words.common.unknown}</dd>
        <dt>{trace.producedAt}</dt>
        <dd>{lot.producedAt === null ? words.common.unknown : formatDate(lot.producedAt)}</dd>
        <dt>{trace.expiresAt}</dt>
        <dd>{lot.expiresAt === null ? words.common.unknown : formatDate(lot.expiresAt)}</dd>
      </dl>
      <div class="row">
        {mayAct === 'act' ? (
          <a class="btn main" href={`/trace?code=${encodeURIComponent(lot.code)}`}>
            <Icon name="both" />
            {trace.lots.traceThis}
          </a>
        ) : null}
        <a class="btn" href={lot.publicHref}>
          <Icon name="link" />
          {trace.bench.publicPage}
        </a>
        {viewer === null || !seeKitchens.includes(viewer.role) ? null : (
          <a class="btn" href={`/lots/${lot.id}/kitchens`}>
            <Icon name="camera" />
            {words.join.kitchensLink}
          </a>
        )}
        {mayAct === 'act' && lot.recallHref === null ? (
          <a class="btn risk" href={`/recalls/new?code=${encodeURIComponent(lot.code)}`}>
            <Icon name="alert" />
            {trace.bench.startRecall}
          </a>
        ) : null}
        {lot.recallHref === null ? null : (
          <a class="btn risk" href={lot.recallHref}>
            <Icon name="alert" />
            {trace.lots.seeRecall}
          </a>
        )}
      </div>
    </section>
  );
}

/** What a failed test asks of an inspector. */
function Proposal({ words, href }: { words: Texts; href: string }) {
  return (
    <p class="note is-bad">
      <Icon name="alert" />
      <span>
        {words.trace.labTest.proposed} <a href={href}>{words.trace.labTest.propose}</a>
      </span>
    </p>
  );
}

function CodeCard({ view: { words, lot, mayAct } }: { view: LotRecordView }) {
  const text = words.trace.lots;
  return (
    <section class="card stack" id="code">
      <h2>{text.code}</h2>
      <div class="code-card">
        <img class="qr" src={lot.qrHref} alt={text.labelQr} width={132} height={132} />
        <div class="stack">
          <p class="code small">{lot.code}</p>
          <a class="btn small" href={lot.labelHref}>
            <Icon name="print" />
            {words.trace.bench.labelSheet}
          </a>
          {mayAct === 'act' ? (
            <form class="stack" method="post" action={`/lots/${lot.id}/evidence`}>
              <button class="btn small" type="submit">
                <Icon name="seal" />
                {words.trace.evidence.export}
              </button>
              <p class="small soft">{words.trace.evidence.exportNote}</p>
            </form>
          ) : null}
        </div>
      </div>
      {lot.aliases.length === 0 ? null : (
        <>
          <h3>{text.aliases}</h3>
          <ul class="small soft">
            {lot.aliases.map((alias) => (
              <li class="code">{alias}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function HoldCard({ view: { words, lot, faults, reason } }: { view: LotRecordView }) {
  const text = words.trace.lots;
  const held = lot.status === 'held';
  if (lot.status === 'recalled' && lot.holds.length === 0) return null;
  return (
    <section class="card stack" id="holds">
      <h2>{text.holds}</h2>
      {lot.holds.length === 0 ? null : (
        <ul class="stack small">
          {lot.holds.map((hold) => (
            <li>
              {(hold.state === 'held' ? text.held : text.released)(formatMoment(hold.at, words.lang), hold.reason)}
            </li>
          ))}
        </ul>
      )}
      {lot.status === 'recalled' ? null : (
        <form class="stack" method="post" action={`/lots/${lot.id}/${held ? 'released' : 'held'}`}>
          <Faults words={words} faults={faults} />
          <Field
            label={held ? text.releaseReason : text.holdReason}
            name="reason"
            faults={faults}
            hint={held ? '' : text.holdHint}
          >
            <textarea id={fieldId('reason')} name="reason" required maxlength={1000}>
              {reason}
            </textarea>
          </Field>
          <button class="btn" type="submit">
            <Icon name={held ? 'undo' : 'seal'} />
            {held ? text.release : text.hold}
          </button>
        </form>
      )}
    </section>
  );
}

function Findings({ words, lot }: { words: Texts; lot: LotRecord }) {
  const text = words.trace.lots;
  return (
    <section class="card stack" id="findings">
      <h2>{text.findings}</h2>
      {lot.findings.length === 0 ? (
        <p class="small soft">{text.noFindings}</p>
      ) : (
        <FindingList words={words} findings={lot.findings} />
      )}
    </section>
  );
}
