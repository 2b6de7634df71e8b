// The diner's page of a lot: recalled or not first, then the way from farm to table.

import { Icon } from '../../parts/icon.tsx';
import { formatDate, formatMoment, formatNumber } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { ColdCard } from '../chain/cold-chart.tsx';
import { LotBadge, type PageView } from '../parts.tsx';
import { productOf } from '../product-name.ts';
import { TracePage } from '../trace-page.tsx';
import { CertificatesCard, TestsCard } from './diner-certificates.tsx';
import { ChainCard } from './diner-chain.tsx';
import { KitchenCard, ReportCard } from './diner-kitchen.tsx';
import type { DinerLot, DinerState } from './diner-lot.ts';

type DinerView = PageView & {
  readonly lot: DinerLot;
  /** The batch on the pack, where its code was merged into this lot. */
  readonly scanned: string | null;
  /** Where the server is reached from outside. */
  readonly origin: string;
};
type CardView = { readonly words: Texts; readonly lot: DinerLot };

export function DinerPage({ words, here, viewer, lot, scanned, origin }: DinerView) {
  const text = words.trace.diner;
  const recalled = lot.state === 'recalled' || lot.state === 'touched';
  return (
    <TracePage
      words={words}
      title={`${productOf(words, lot)} ${lot.batch}`}
      here={here}
      viewer={viewer}
      mainClass="lot"
      preview={{ description: text[lot.state], origin }}
      modules={['diner.js']}
    >
      <p class="note is-warn kept-note">
        <Icon name="cameraoff" />
        <span>{text.kept}</span>
      </p>
      <StateCard words={words} lot={lot} />
      {scanned === null ? null : (
        <p class="note">
          <Icon name="link" />
          <span>{words.trace.merge.scanned(scanned)}</span>
        </p>
      )}
      <div class="stack-wide">
        <ProductCard words={words} lot={lot} />
        <ChainCard words={words} lot={lot} />
        <CertificatesCard words={words} certificates={lot.certificates} />
      </div>
      <div class="stack-wide">
        <TestsCard words={words} tests={lot.tests} />
        {lot.cold === null ? null : (
          <ColdCard words={words} cold={lot.cold} recalled={recalled ? 'recalled' : 'not_recalled'} />
        )}
        {lot.kitchens.map((kitchen) => (
          <KitchenCard words={words} kitchen={kitchen} title={words.trace.diner.kitchen} />
        ))}
        {lot.reportHref === null ? null : <ReportCard words={words} href={lot.reportHref} />}
        <p class="small faint center">
          <Icon name="link" /> {text.records(lot.records)}
          {words.lang === 'en' ? '. ' : '。'}
          {text.shareNote}
        </p>
      </div>
    </TracePage>
  );
}

const states = {
  recalled: ['bad', 'alert'],
  touched: ['bad', 'alert'],
  held: ['warn', 'seal'],
  expired: ['bad', 'late'],
  recallClosed: ['bad', 'alert'],
  near: ['good', 'late'],
  okTested: ['good', 'shield'],
  ok: ['good', 'shield'],
} as const satisfies Record<DinerState, readonly [string, string]>;

function StateCard({ words, lot }: CardView) {
  const text = words.trace.diner;
  const [tone, icon] = states[lot.state];
  return (
    <section class={`card rim state is-${tone}`} role={tone === 'good' ? undefined : 'alert'}>
      <Icon name={icon} tone={tone} />
      <div>
        <h1>{text[lot.state]}</h1>
        <StateNote words={words} lot={lot} />
        {tone === 'good' ? <Why words={words} lot={lot} /> : null}
        <p class="small soft">{text.checked(formatMoment(lot.checkedAt, words.lang))}</p>
      </div>
    </section>
  );
}

/** What stands behind a good answer, each a fact of this page. */
function Why({ words, lot }: CardView) {
  const { why } = words.trace.diner;
  const passed = lot.tests.filter(({ result }) => result === 'passed').length;
  const breaches = lot.cold?.breaches.length ?? 0;
  return (
    <ul class="small why">
      <li>{why.noRecall(lot.stations.length)}</li>
      {passed === 0 ? null : <li>{why.tested(passed)}</li>}
      {lot.certificates.length === 0 ? null : <li>{why.papers(lot.certificates.length)}</li>}
      {lot.cold === null ? null : <li>{breaches === 0 ? why.cold : why.warm(breaches)}</li>}
      {lot.expiresAt === null ? null : <li>{why.date(formatDate(lot.expiresAt))}</li>}
    </ul>
  );
}

function StateNote({ words, lot }: CardView) {
  const text = words.trace.diner;
  const { recall } = lot;
  if (lot.state === 'held') return <p>{text.heldNote}</p>;
  if (lot.state === 'expired')
    return <p>{text.expiredNote(lot.expiresAt === null ? '' : formatDate(lot.expiresAt))}</p>;
  if (lot.state === 'near') return <p>{text.nearNote(lot.expiresAt === null ? '' : formatDate(lot.expiresAt))}</p>;
  if (recall === null) return null;
  const reason = words.lang === 'en' ? (recall.reasonEn ?? recall.reason) : recall.reason;
  if (lot.state === 'recallClosed')
    return (
      <p>{`${reason} ${recall.closedAt === null ? '' : text.closedNote(formatMoment(recall.closedAt, words.lang))}`}</p>
    );
  return (
    <>
      <p class="small soft">
        {text.issued(formatMoment(recall.issuedAt, words.lang))}
        {words.lang === 'en' ? '. ' : '，'}
        <span class="nowrap">{text.recallNumber(recall.number)}</span>
      </p>
      <p>{reason}</p>
      {lot.state === 'touched' ? <p>{text.touchedNote}</p> : null}
      <Advice words={words} lot={lot} />
    </>
  );
}

function Advice({ words, lot }: CardView) {
  const { advice } = words.trace.diner;
  const own = words.lang === 'en' ? (lot.recall?.adviceEn ?? lot.recall?.advice) : lot.recall?.advice;
  const lines = own ? own.split('\n').filter((line) => line.trim() !== '') : [advice.bought, advice.eaten, advice.ask];
  return (
    <ul>
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
}

function ProductCard({ words, lot }: CardView) {
  const { trace } = words;
  const facts: readonly (readonly [string, string | null])[] = [
    [trace.diner.variety, lot.variety],
    [trace.origin, lot.origin],
    [trace.diner.pack, storage(words, lot)],
    [trace.producedAt, lot.producedAt === null ? null : formatDate(lot.producedAt)],
    [trace.expiresAt, lot.expiresAt === null ? null : formatDate(lot.expiresAt)],
  ];
  return (
    <section class="card product stack">
      <div class="row spread">
        <h2>{productOf(words, lot)}</h2>
        <ProductBadge words={words} lot={lot} />
      </div>
      <dl class="facts">
        <dt>{trace.batch}</dt>
        <dd>
          <span class="code">{lot.batch}</span>
          {lot.serial === null ? null : <span class="small faint"> {trace.diner.serialOf(lot.serial)}</span>}
        </dd>
        {facts.map(([name, value]) =>
          value === null ? null : (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ),
        )}
      </dl>
    </section>
  );
}

function ProductBadge({ words, lot }: CardView) {
  const { trace } = words;
  if (lot.state !== 'ok' && lot.state !== 'okTested') return <LotBadge words={words} state={lot.state} />;
  if (lot.tests.length === 0) return null;
  const failed = lot.tests.some(({ result }) => result === 'failed');
  return (
    <span class={failed ? 'badge refused' : 'badge done'}>
      <Icon name={failed ? 'alert' : 'check'} />
      {failed ? trace.diner.failed : trace.diner.passed}
    </span>
  );
}

function storage(words: Texts, { cold }: DinerLot): string | null {
  if (cold === null || cold.maxC === null) return null;
  const { keep, below, range } = words.trace.diner;
  const degrees = (celsius: number) => formatNumber(celsius, Number.isInteger(celsius) ? 0 : 1);
  const how = keep[keepingOf(cold.maxC)];
  return cold.minC === null ? below(degrees(cold.maxC), how) : range(degrees(cold.minC), degrees(cold.maxC), how);
}

/** GB 31605-2020: frozen goods are kept at −18 °C and below, chilled ones at 0 to 10 °C. */
function keepingOf(maxC: number): 'frozen' | 'chilled' | 'plain' {
  if (maxC < 0) return 'frozen';
  return maxC <= 10 ? 'chilled' : 'plain';
}
