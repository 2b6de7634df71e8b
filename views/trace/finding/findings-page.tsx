// The list of findings: the inspector's with the rules behind it, a shop's own without.
import { Icon } from '../../parts/icon.tsx';
import { ListBar, ListPages, momentCell, NoRows } from '../../parts/listing.tsx';
import { type Column, SortHead } from '../../parts/sorting.tsx';
import type { Texts } from '../../text/texts.ts';
import { EmptyState, kindAndPlace, LotBadge, placeName, When } from '../parts.tsx';
import { productOf } from '../product-name.ts';
import { TracePage } from '../trace-page.tsx';
import { FindingAct } from './finding-act.tsx';
import { Rules } from './finding-rules.tsx';
import { severityOf } from './finding-severity.ts';
import { findingSaid } from './finding-text.ts';
import type { FindingRow, FindingsView } from './findings-view.ts';

export function FindingsPage(view: FindingsView) {
  const { words, here, viewer, whose, findings, cut, saved } = view;
  const text = words.trace.findingTexts;
  const title = whose === 'mine' ? text.myTitle : text.title;
  return (
    <TracePage words={words} title={title} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{title}</h1>
        <p class="soft">{whose === 'mine' ? text.myLead : text.lead}</p>
      </header>
      {saved === null ? null : (
        <p class="note" role="status">
          <Icon name="check" />
          <span>{text.saved}</span>
        </p>
      )}
      <section class="card stack">
        <Kinds view={view} />
        <ListBar words={words} here={here} file={whose === 'mine' ? '/my/findings.csv' : '/findings.csv'} />
        {findings.rows.length === 0 ? (
          <NoRows words={words} here={here}>
            <EmptyState title={text.emptyTitle} lead={text.emptyLead} />
          </NoRows>
        ) : (
          <FindingTable words={words} here={here} whose={whose} findings={findings.rows} />
        )}
        <ListPages words={words} here={here} list={findings} cut={cut} />
      </section>
      {view.rules === null ? null : <Rules view={view} rules={view.rules} />}
    </TracePage>
  );
}

function Kinds({ view: { words, whose, kind, counts } }: { view: FindingsView }) {
  const base = whose === 'mine' ? '/my/findings' : '/findings';
  const { findingTexts, findings } = words.trace;
  if (counts.length === 0) return null;
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  return (
    <nav class="tabs wrap" aria-label={findingTexts.kind}>
      <a href={base} aria-current={kind === '' ? 'page' : undefined}>
        {findingTexts.all} <span class="count">{all}</span>
      </a>
      {counts.map((each) => (
        <a href={`${base}?kind=${each.kind}`} aria-current={each.kind === kind ? 'page' : undefined}>
          {findings[each.kind] ?? each.kind} <span class="count">{each.count}</span>
        </a>
      ))}
    </nav>
  );
}

const tones: Readonly<Record<string, readonly [string, string]>> = {
  expired: ['overdue', 'late'],
  expired_received: ['overdue', 'late'],
  expired_served: ['overdue', 'late'],
  expiring: ['due', 'late'],
  transit: ['due', 'truck'],
  unscanned: ['due', 'truck'],
  excursion: ['due', 'temp'],
  early: ['due', 'clock'],
  day_missed: ['overdue', 'late'],
  unregistered_source: ['overdue', 'alert'],
  trade_mismatch: ['overdue', 'alert'],
};

export function FindingBadge({ words, kind }: { words: Texts; kind: string }) {
  const [tone, icon] = tones[kind] ?? ['due', 'diamond'];
  return (
    <span class={`badge ${tone}`}>
      <Icon name={icon} />
      {words.trace.findings[kind] ?? kind}
    </span>
  );
}

export function findingColumns(words: Texts): readonly Column<FindingRow>[] {
  const { findingTexts: text, findings } = words.trace;
  return [
    {
      key: 'lot',
      label: text.lot,
      of: ({ lot }) => (lot === null ? null : productOf(words, lot)),
      find: ({ lot }) => [lot?.productName, lot?.productNameEn, lot?.code].join(' '),
    },
    { key: 'batch', label: words.trace.batch, file: ({ lot }) => lot?.batch ?? null, only: 'file' },
    {
      key: 'kind',
      label: text.kind,
      of: ({ kind }) => severityOf(kind),
      file: ({ kind }) => findings[kind] ?? kind,
    },
    { key: 'what', label: text.what, file: (finding) => findingSaid(words, finding) },
    {
      key: 'place',
      label: text.place,
      of: ({ place }) => (place === null ? null : placeName(words, place)),
      find: ({ place }) => [place?.name, place?.nameEn].join(' '),
    },
    { key: 'since', label: text.since, of: ({ at }) => at, file: ({ at }) => momentCell(at === 0 ? null : at) },
  ];
}

type TableProps = Pick<FindingsView, 'words' | 'here' | 'whose'> & { readonly findings: readonly FindingRow[] };

function FindingTable({ words, here, whose, findings }: TableProps) {
  const text = words.trace.findingTexts;
  return (
    <table class="cards">
      <caption class="hide">{text.title}</caption>
      <SortHead words={words} here={here} columns={findingColumns(words)} />
      <tbody>
        {findings.map((finding) => (
          <tr>
            <th scope="row">
              {finding.lot === null ? (
                '–'
              ) : (
                <>
                  <a href={finding.lot.href}>{productOf(words, finding.lot)}</a>{' '}
                  <span class="code small soft">{finding.lot.batch}</span>{' '}
                  {finding.lot.state === 'ok' ? null : <LotBadge words={words} state={finding.lot.state} />}
                </>
              )}
            </th>
            <td class="now">
              <FindingBadge words={words} kind={finding.kind} />
            </td>
            <td data-l={text.what}>
              {findingSaid(words, finding)}
              {whose === 'mine' || finding.kind === 'foreign' ? (
                <FindingAct words={words} act={{ ...finding, code: finding.lot?.code ?? null }} />
              ) : null}
            </td>
            <td data-l={text.place}>
              {finding.place === null ? '–' : placeName(words, finding.place)}
              {finding.place === null ? null : (
                <span class="small faint block">{kindAndPlace(words, finding.place)}</span>
              )}
            </td>
            <td data-l={text.since} class="soft small nowrap">
              {finding.at === 0 ? '–' : <When at={finding.at} words={words} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
