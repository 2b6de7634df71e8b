// One recall: who has not answered, who holds what, where the goods went, and reminding, widening, ending it.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { formatMoment } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import type { Chain } from '../chain/chain.ts';
import { ChainGraph } from '../chain/graph.tsx';
import { amountInWords, gradeInWords, type PageView, type Scope } from '../parts.tsx';
import { productOf } from '../product-name.ts';
import { TracePage } from '../trace-page.tsx';
import { type HolderLine, HolderTables } from './recall-holders.tsx';
import { AnsweredBadge, dueText } from './recalls-page.tsx';
import { SumBar, type SumBarView } from './sum-bar.tsx';

export type RecallDetail = {
  readonly id: string;
  readonly lotId: number;
  readonly number: string;
  readonly code: string;
  readonly batch: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly reason: string;
  readonly grade: number | null;
  readonly state: 'open' | 'closed';
  readonly startedAt: number;
  readonly dueAt: number;
  readonly closedAt: number | null;
  readonly closingNote: string | null;
  readonly issues: number;
  readonly cut: 'cut' | 'whole';
  readonly holders: readonly HolderLine[];
  readonly answered: number;
  readonly told: number;
  readonly total: number | null;
  readonly unit: string | null;
  readonly sum: SumBarView['parts'];
};

export type RecallView = PageView & {
  readonly recall: RecallDetail;
  /** Where the goods went; null for who sees a part of the holders alone. */
  readonly chain: Chain | null;
  readonly scope: Scope;
  readonly now: number;
  readonly mayAct: 'act' | 'look';
  readonly notice: string | null;
  readonly faults: readonly FieldFault[];
  readonly reason: string;
  /** What ending it now would leave open, in words. */
  readonly open: readonly string[];
};

export function RecallPage(view: RecallView) {
  const { words, here, viewer, recall, scope, now, notice } = view;
  const text = words.trace.recall;
  return (
    <TracePage words={words} title={`${text.title} ${recall.number}`} here={here} viewer={viewer} scripts={['scan.js']}>
      {notice === null ? null : (
        <p class="note" role="status">
          <Icon name="check" />
          <span>{notice}</span>
        </p>
      )}
      <Head view={view} />
      {view.chain === null ? null : (
        <section class="card stack" id="chain">
          <h2>{text.chainTitle}</h2>
          <ChainGraph words={words} chain={view.chain} label={text.chainTitle} query="" />
        </section>
      )}
      <div class="cols">
        <section class="card stack" id="holders">
          <div class="card-head">
            <h2>{text.holders}</h2>
            <AnsweredBadge words={words} answered={recall.answered} holders={recall.told} />
          </div>
          <HolderTables
            words={words}
            holders={recall.holders}
            scope={scope}
            now={now}
            scopeHref={(each) => `/recalls/${recall.id}?scope=${each}#holders`}
          />
          {recall.cut === 'cut' ? <p class="small soft">{words.common.cutShort}</p> : null}
        </section>
        <div class="stack-wide">
          <WhereItWent words={words} recall={recall} />
          {view.mayAct === 'act' && recall.state === 'open' ? <Actions view={view} /> : null}
        </div>
      </div>
    </TracePage>
  );
}

function Head({ view: { words, recall, now } }: { view: RecallView }) {
  const text = words.trace.recall;
  const open = recall.state === 'open';
  return (
    <section class={`card rim${open ? ' is-bad' : ''}`}>
      <div class="row spread top">
        <div class="stack">
          <div class="row">
            <h1 class="title">{productOf(words, recall)}</h1>
            <span class={open ? 'badge recalled' : 'badge done'}>
              <Icon name={open ? 'alert' : 'check'} />
              {open ? words.trace.lotStates.recalled : text.closed}
            </span>
            <span class="code soft">{recall.batch}</span>
          </div>
          <p>
            {gradeInWords(words, recall.grade)}
            {recall.reason}
          </p>
          <p class="soft small">
            <span class="num">{recall.number}</span>
            {words.lang === 'en' ? ' · ' : '，'}
            {text.startedBy(formatMoment(recall.startedAt, words.lang))}
            {words.lang === 'en' ? ' · ' : '，'}
            {recall.closedAt === null
              ? dueText(words, recall.dueAt, now)
              : text.closedNote(formatMoment(recall.closedAt, words.lang))}
            {words.lang === 'en' ? ' · ' : '，'}
            {text.issues(recall.issues)}
          </p>
          {recall.closingNote === null ? null : (
            <p class="note small">
              <Icon name="doc" />
              <span>{recall.closingNote}</span>
            </p>
          )}
        </div>
        <Papers words={words} recall={recall} />
      </div>
    </section>
  );
}

/** What can be taken along of a recall. */
function Papers({ words, recall }: Pick<RecallView, 'words' | 'recall'>) {
  const text = words.trace.recall;
  return (
    <div class="row">
      <button class="btn small" type="button" data-print hidden>
        <Icon name="print" />
        {words.trace.bench.print}
      </button>
      <a class="btn small" href={`/trace?code=${encodeURIComponent(recall.code)}`}>
        <Icon name="both" />
        {text.traceLink}
      </a>
      <a class="btn small" href={`/lots/${recall.lotId}/kitchens`}>
        <Icon name="camera" />
        {words.join.kitchensLink}
      </a>
      <a class="btn small" href={`/recalls/${recall.id}/report`}>
        <Icon name="doc" />
        {words.trace.report.title}
      </a>
      <a class="btn small" href={`/api/recalls/${recall.id}/fsma204.xlsx`}>
        <Icon name="download" />
        {text.spreadsheet}
      </a>
      <form method="post" action={`/recalls/${recall.id}/evidence`}>
        <button class="btn small" type="submit" title={words.trace.evidence.exportNote}>
          <Icon name="seal" />
          {words.trace.evidence.export}
        </button>
      </form>
    </div>
  );
}

function WhereItWent({ words, recall }: { words: Texts; recall: RecallDetail }) {
  const text = words.trace.recall;
  if (recall.sum.every(({ quantity }) => quantity <= 0)) return null;
  return (
    <section class="card stack">
      <h2>
        {recall.total === null ? text.whereWentPlain : text.whereWent(amountInWords(words, recall.total, recall.unit))}
      </h2>
      <SumBar words={words} parts={recall.sum} unit={recall.unit} />
      <p class="small soft">{text.sumNote}</p>
    </section>
  );
}

function Actions({ view }: { view: RecallView }) {
  const { words, recall, faults, reason, open } = view;
  const text = words.trace.recall;
  const silent = recall.told - recall.answered;
  return (
    <section class="card stack no-print">
      {silent === 0 ? null : (
        <form method="post" action={`/recalls/${recall.id}/reminders`}>
          <button class="btn wide" type="submit">
            <Icon name="silent" />
            {text.remind}
          </button>
        </form>
      )}
      <form class="stack" method="post" action={`/recalls/${recall.id}/issues`}>
        <button class="btn wide" type="submit">
          <Icon name="both" />
          {text.widen}
        </button>
        <p class="small soft">{text.widenNote}</p>
      </form>
      <details class="close-recall" open={faults.length > 0}>
        <summary class="btn risk wide">{text.close}</summary>
        <form class="stack" method="post" action={`/recalls/${recall.id}/closed`} novalidate>
          <h2>{text.closeTitle(recall.number)}</h2>
          <Faults words={words} faults={faults} />
          {open.length === 0 ? null : <StillOpen words={words} open={open} />}
          <Field label={text.closeReason} name="reason" hint={text.closeHint} faults={faults}>
            <textarea id={fieldId('reason')} name="reason" required maxlength={2000}>
              {reason}
            </textarea>
          </Field>
          <button class="btn risk" type="submit">
            {text.close}
          </button>
        </form>
      </details>
    </section>
  );
}

/** Whoever ends a recall with matters open says so. */
function StillOpen({ words, open }: { words: Texts; open: readonly string[] }) {
  const text = words.trace.report;
  return (
    <>
      <div class="note is-bad small">
        <Icon name="silent" tone="bad" />
        <div>
          <b>{text.openTitle}</b>
          <ul>
            {open.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </div>
      </div>
      <label class="row">
        <input id={fieldId('accept')} type="checkbox" name="accept" value="open" />
        <span>{text.acceptOpen}</span>
      </label>
    </>
  );
}
