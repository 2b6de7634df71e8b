// The report of a recall in words: its sections as facts, sentences and tables, the same for the page and the paper.

import { formatMoment, formatTime } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { amountWithMark, placeName } from '../parts.tsx';
import {
  type Disposition,
  dispositions,
  type RecallReport,
  type ReportAccount,
  type ReportHolding,
} from './recall-report.ts';
import { holdersTable, kitchenBlocks, span, timelineTable } from './recall-report-people.ts';
import { left, type ReportBlock, type ReportSection, right } from './report-block.ts';

const scopes = ['definite', 'proportional', 'potential'] as const;

export function reportSections(words: Texts, report: RecallReport): ReportSection[] {
  const text = words.trace.report;
  const none: ReportBlock = { kind: 'text', text: text.none };
  const orNone = (blocks: readonly ReportBlock[]) => (blocks.length === 0 ? [none] : blocks);
  const cut: ReportBlock[] = report.cut === 'cut' ? [{ kind: 'text', text: text.cut }] : [];
  return [
    { id: 'summary', title: text.summary, blocks: [{ kind: 'facts', facts: summaryFacts(words, report) }] },
    { id: 'scope', title: text.scope, blocks: orNone([...scopeTables(words, report), ...cut]) },
    {
      id: 'accounts',
      title: text.accounts,
      blocks: [{ kind: 'text', text: text.expectedNote }, ...orNone(accountTables(words, report))],
    },
    { id: 'answers', title: text.answers, blocks: [holdersTable(words, report)] },
    { id: 'timeline', title: text.timeline, blocks: [timelineTable(words, report)] },
    { id: 'kitchens', title: text.kitchens, blocks: kitchenBlocks(words, report) },
    { id: 'chain', title: text.chain, blocks: [{ kind: 'text', text: text.chainNote }, { kind: 'chain' }] },
    { id: 'proof', title: text.proof, blocks: proofBlocks(words, report) },
  ];
}

export function reportTitle(words: Texts, report: RecallReport): string {
  return report.state === 'closed' ? words.trace.report.closing : words.trace.report.soFar;
}

function summaryFacts(words: Texts, report: RecallReport): (readonly [string, string])[] {
  const { report: text, recall, unnamedProduct } = words.trace;
  const { facts } = text;
  const en = words.lang === 'en';
  const name =
    report.productName === null
      ? unnamedProduct
      : localName(words.lang, { name: report.productName, nameEn: report.productNameEn });
  const answered = report.holders.filter(({ firstAnswerAt }) => firstAnswerAt !== null);
  const spans = answered.map(({ firstAnswerAt, sentAt }) => (firstAnswerAt ?? 0) - sentAt).sort((a, b) => a - b);
  const looks = report.holders.flatMap(({ seenAt, sentAt }) => (seenAt === null ? [] : [seenAt - sentAt]));
  const inTime = answered.filter(({ firstAnswerAt }) => (firstAnswerAt ?? 0) <= report.dueAt).length;
  const advice = en ? (report.adviceEn ?? report.advice) : report.advice;
  const found: (readonly [string, string | null])[] = [
    [facts.product, name],
    [facts.lot, `${report.batch}  ${report.code}`],
    [facts.reason, en ? (report.reasonEn ?? report.reason) : report.reason],
    [facts.advice, advice],
    [
      facts.state,
      `${report.state === 'closed' ? text.stateClosed : text.stateOpen}${en ? ', ' : '，'}${recall.issues(report.issues)}`,
    ],
    [facts.started, formatMoment(report.startedAt, words.lang)],
    [facts.due, formatMoment(report.dueAt, words.lang)],
    [facts.closed, report.closedAt === null ? null : formatMoment(report.closedAt, words.lang)],
    [facts.note, report.closingNote],
    [facts.holders, text.holdersSaid(report.holders.length, answered.length)],
    [facts.firstSeen, looks.length === 0 ? null : span(words, Math.min(...looks))],
    [facts.medianAnswer, spans.length === 0 ? null : span(words, spans[Math.floor((spans.length - 1) / 2)] ?? 0)],
    [facts.slowest, spans.length === 0 ? null : span(words, spans.at(-1) ?? 0)],
    [facts.inTime, text.share(inTime, report.holders.length)],
    [facts.open, openMatters(words, report)],
  ];
  return found.filter((fact): fact is readonly [string, string] => fact[1] !== null);
}

/** What is not settled, in one line. */
export function openMatters(words: Texts, report: RecallReport): string {
  const { report: text } = words.trace;
  const silent = report.holders.filter(({ firstAnswerAt }) => firstAnswerAt === null).length;
  const missing = new Map<string | null, number>();
  for (const { scope, account } of report.holdings)
    if (scope === 'definite') missing.set(account.unit, (missing.get(account.unit) ?? 0) + (account.unaccounted ?? 0));
  const frames = report.kitchens.reduce((sum, kitchen) => sum + kitchen.frames - kitchen.judged, 0);
  const parts = [
    ...(silent === 0 ? [] : [text.silentOnes(silent)]),
    ...[...missing]
      .filter(([, amount]) => amount > 0)
      .map(([unit, amount]) => text.missing(amountWithMark(words, amount, unit))),
    ...(frames === 0 ? [] : [text.framesOpen(frames)]),
  ];
  return parts.length === 0 ? text.nothingOpen : parts.join(text.listComma);
}

function scopeTables(words: Texts, report: RecallReport): ReportBlock[] {
  const { columns, issueNo } = words.trace.report;
  return byScope(words, report, (holdings, scope) => ({
    columns: [
      left(columns.holder, 5),
      left(columns.lot, 4),
      left(columns.issue, 2),
      right(columns.received, 2.4),
      right(columns.expected, 2.4),
      ...(scope === 'proportional' ? [right(columns.share, 2.4)] : []),
    ],
    rows: holdings.map((holding) => [
      placeName(words, holding.place),
      holding.batch,
      issueNo(holding.issue),
      quantity(words, holding.received, holding.account.unit),
      quantity(words, holding.account.expected, holding.account.unit),
      ...(scope === 'proportional' ? [quantity(words, holding.share, holding.account.unit)] : []),
    ]),
  }));
}

function accountTables(words: Texts, report: RecallReport): ReportBlock[] {
  const { columns, total } = words.trace.report;
  return byScope(words, report, (holdings) => {
    const sums = sumByUnit(holdings);
    return {
      columns: [
        left(columns.holder, 5.2),
        right(columns.expected, 2.3),
        right(columns.found, 2.1),
        ...dispositions.map((part) => right(columns[part], 2.1)),
        right(columns.unaccounted, 2.5),
      ],
      rows: holdings.map((holding) => [accountHolder(words, holding), ...accountCells(words, holding.account)]),
      // Different units are not added up.
      ...(sums.length === 1 && holdings.length > 1
        ? { total: [total, ...accountCells(words, sums[0] as ReportAccount)] }
        : {}),
    };
  });
}

function accountHolder(words: Texts, { place, batch, account }: ReportHolding): string {
  const { report: text } = words.trace;
  const notes = [
    batch,
    ...(account.beyond > 0 ? [text.beyond(amountWithMark(words, account.beyond, account.unit))] : []),
    ...(account.uncounted > 0 ? [text.uncounted(account.uncounted)] : []),
  ];
  return `${placeName(words, place)}\n${notes.join(text.listComma)}`;
}

function accountCells(words: Texts, account: ReportAccount): string[] {
  const plain = (value: number) => (value === 0 ? '–' : amountWithMark(words, value, account.unit));
  return [
    quantity(words, account.expected, account.unit),
    plain(account.found),
    ...dispositions.map((part) => plain(account.parts[part])),
    account.unaccounted === null ? words.common.unknown : plain(account.unaccounted),
  ];
}

function sumByUnit(holdings: readonly ReportHolding[]): ReportAccount[] {
  const sums = new Map<string | null, ReportAccount>();
  for (const { account } of holdings) {
    const known = sums.get(account.unit);
    sums.set(account.unit, known === undefined ? account : addUp(known, account));
  }
  return [...sums.values()];
}

function addUp(a: ReportAccount, b: ReportAccount): ReportAccount {
  const parts = Object.fromEntries(dispositions.map((part) => [part, a.parts[part] + b.parts[part]]));
  return {
    unit: a.unit,
    expected: (a.expected ?? 0) + (b.expected ?? 0),
    found: a.found + b.found,
    parts: parts as Record<Disposition, number>,
    unaccounted: (a.unaccounted ?? 0) + (b.unaccounted ?? 0),
    beyond: a.beyond + b.beyond,
    uncounted: a.uncounted + b.uncounted,
  };
}

type TableParts = Pick<Extract<ReportBlock, { kind: 'table' }>, 'columns' | 'rows' | 'total'>;

function byScope(
  words: Texts,
  report: RecallReport,
  table: (holdings: readonly ReportHolding[], scope: (typeof scopes)[number]) => TableParts,
): ReportBlock[] {
  return scopes.flatMap((scope) => {
    const holdings = report.holdings.filter((holding) => holding.scope === scope);
    return holdings.length === 0
      ? []
      : [{ kind: 'table' as const, title: words.trace.scopeNotes[scope], ...table(holdings, scope) }];
  });
}

function proofBlocks(words: Texts, { proof }: RecallReport): ReportBlock[] {
  const { report: text } = words.trace;
  return [
    { kind: 'text', text: text.proofNote(proof.size, formatMoment(proof.signedAt, words.lang)) },
    {
      kind: 'facts',
      facts: [
        [text.root, proof.root],
        [text.key, proof.key],
      ],
    },
    {
      kind: 'table',
      title: null,
      columns: [
        left(text.columns.entry, 1.8),
        left(text.columns.time, 2.2),
        left(text.columns.kind, 2.2),
        left(text.columns.leaf, 11.4),
      ],
      rows: proof.entries.map(({ seq, at, kind, leaf }) => [
        String(seq),
        formatTime(at, words.lang),
        text.kinds[kind] ?? kind,
        leaf,
      ]),
    },
  ];
}

export function quantity(words: Texts, value: number | null, unit: string | null): string {
  return value === null ? words.common.unknown : amountWithMark(words, value, unit);
}
