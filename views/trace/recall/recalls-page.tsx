// The list of recalls, open ones first, each with how many holders have answered.
import { Icon } from '../../parts/icon.tsx';
import { ListBar, matching, momentCell } from '../../parts/listing.tsx';
import { type Column, inOrder, SortHead } from '../../parts/sorting.tsx';
import { formatDate, formatMoment } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { EmptyState, type PageView } from '../parts.tsx';
import { productOf } from '../product-name.ts';
import { TracePage } from '../trace-page.tsx';

export type RecallLine = {
  readonly href: string;
  readonly number: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly batch: string;
  readonly reason: string;
  readonly state: 'open' | 'closed';
  readonly startedAt: number;
  readonly dueAt: number;
  readonly closedAt: number | null;
  readonly answered: number;
  readonly holders: number;
};

export type WaitingLine = {
  readonly href: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly batch: string;
  readonly tellsAt: number;
};

export type ProposalLine = Omit<WaitingLine, 'tellsAt'> & { readonly subject: string; readonly testedAt: number };

export type RecallsView = PageView & {
  readonly recalls: readonly RecallLine[];
  readonly cut: 'cut' | 'whole';
  /** Published, and still to be taken back. */
  readonly waiting: readonly WaitingLine[];
  /** Lots whose test failed, and that nobody has answered. */
  readonly proposals: readonly ProposalLine[];
  readonly now: number;
  readonly mayStart: 'start' | 'look';
};

export function RecallsPage({ words, here, viewer, recalls, cut, waiting, proposals, now, mayStart }: RecallsView) {
  const text = words.trace.recall;
  const found = matching(here, recallColumns(words), recalls);
  const groups = [
    [text.open, found.filter(({ state }) => state === 'open')],
    [text.closed, found.filter(({ state }) => state === 'closed')],
  ] as const;
  return (
    <TracePage words={words} title={text.title} here={here} viewer={viewer}>
      <header class="row spread top">
        <div class="stack">
          <h1>{text.title}</h1>
          <p class="soft">{text.lead}</p>
        </div>
        {mayStart === 'start' ? (
          <a class="btn main" href="/recalls/new">
            <Icon name="alert" />
            {text.start}
          </a>
        ) : null}
      </header>
      <Proposals words={words} proposals={proposals} />
      <Waiting words={words} waiting={waiting} now={now} />
      {recalls.length + waiting.length + proposals.length === 0 ? (
        <section class="card">
          <EmptyState title={text.emptyTitle} lead={text.emptyLead} />
        </section>
      ) : null}
      {recalls.length === 0 ? null : <ListBar words={words} here={here} file="/recalls.csv" />}
      {recalls.length > 0 && found.length === 0 ? <p class="soft">{words.common.nothingFound}</p> : null}
      {cut === 'cut' ? <p class="small soft">{words.common.cutShort}</p> : null}
      {groups.map(([title, lines]) =>
        lines.length === 0 ? null : (
          <section class="card stack">
            <div class="card-head">
              <h2>{title}</h2>
              <span class="count">{lines.length}</span>
            </div>
            <RecallTable words={words} here={here} lines={lines} now={now} />
          </section>
        ),
      )}
    </TracePage>
  );
}

function Waiting({ words, waiting, now }: Pick<RecallsView, 'words' | 'waiting' | 'now'>) {
  if (waiting.length === 0) return null;
  return (
    <section class="card rim is-warn stack">
      <h2>{words.trace.publish.waitingTitle}</h2>
      <ul class="choices-list">
        {waiting.map((line) => (
          <li>
            <a href={line.href}>{productOf(words, line)}</a>
            <span class="code small soft">{line.batch}</span>
            <span class="small">
              {words.trace.publish.goesOut(
                formatMoment(line.tellsAt, words.lang),
                Math.max(0, Math.ceil((line.tellsAt - now) / 60_000)),
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Proposals({ words, proposals }: { words: Texts; proposals: readonly ProposalLine[] }) {
  if (proposals.length === 0) return null;
  const text = words.trace.publish;
  return (
    <section class="card rim is-bad stack" id="proposals">
      <div class="card-head">
        <h2>{text.proposals}</h2>
        <span class="count">{proposals.length}</span>
      </div>
      <p class="soft small">{text.proposalsLead}</p>
      <ul class="choices-list">
        {proposals.map((line) => (
          <li>
            <a href={line.href}>{productOf(words, line)}</a>
            <span class="code small soft">{line.batch}</span>
            <span class="small">{text.proposed(line.subject, formatDate(line.testedAt))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function recallColumns(words: Texts): readonly Column<RecallLine>[] {
  const text = words.trace.recall;
  return [
    {
      key: 'lot',
      label: text.lot,
      of: (line) => productOf(words, line),
      find: ({ productName, productNameEn }) => [productName, productNameEn].join(' '),
    },
    { key: 'batch', label: words.trace.batch, file: ({ batch }) => batch, only: 'file' },
    { key: 'number', label: text.number, of: ({ number }) => number },
    { key: 'reason', label: text.reason, of: ({ reason }) => reason },
    {
      key: 'due',
      label: text.due,
      of: ({ closedAt, dueAt }) => closedAt ?? dueAt,
      file: ({ dueAt }) => momentCell(dueAt),
    },
    { key: 'closed', label: text.closed, file: ({ closedAt }) => momentCell(closedAt), only: 'file' },
    {
      key: 'answer',
      label: text.answer,
      of: ({ answered, holders }) => (holders === 0 ? 1 : answered / holders),
      file: ({ answered, holders }) => text.answered(answered, holders),
    },
  ];
}

type TableView = Pick<RecallsView, 'words' | 'here' | 'now'> & { readonly lines: readonly RecallLine[] };

function RecallTable({ words, here, lines, now }: TableView) {
  const text = words.trace.recall;
  const columns = recallColumns(words);
  return (
    <table class="cards">
      <SortHead words={words} here={here} columns={columns} />
      <tbody>
        {inOrder(words, here, columns, lines).map((line) => (
          <tr class={line.state === 'open' && line.dueAt < now && line.answered < line.holders ? 'is-late' : undefined}>
            <th scope="row">
              <a href={line.href}>{productOf(words, line)}</a> <span class="code small soft">{line.batch}</span>
            </th>
            <td data-l={text.number} class="num soft">
              {line.number}
            </td>
            <td data-l={text.reason}>{line.reason}</td>
            <td data-l={text.due} class="soft small">
              {line.closedAt === null
                ? dueText(words, line.dueAt, now)
                : text.closedNote(formatMoment(line.closedAt, words.lang))}
            </td>
            <td class="now">
              <AnsweredBadge words={words} answered={line.answered} holders={line.holders} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function AnsweredBadge({ words, answered, holders }: { words: Texts; answered: number; holders: number }) {
  const done = answered >= holders;
  return (
    <span class={done ? 'badge done' : 'badge due'}>
      <Icon name={done ? 'check' : 'silent'} />
      {words.trace.recall.answered(answered, holders)}
    </span>
  );
}

const hourMs = 3_600_000;

/** The deadline, and how far it is or how long it has passed. */
export function dueText(words: Texts, dueAt: number, now: number): string {
  const text = words.trace.recall;
  const hours = Math.round(Math.abs(dueAt - now) / hourMs);
  const distance = dueAt < now ? text.overdue(hours) : text.remaining(hours);
  return `${text.dueBy(formatMoment(dueAt, words.lang))}${words.lang === 'en' ? ', ' : '，'}${distance}`;
}
