// The charts of a supplier's board, from its figures.
import type { Chart } from '../../parts/chart/chart.ts';
import { localName, type Texts } from '../../text/texts.ts';

export type SalesChartFigures = {
  readonly days: readonly { readonly day: string; readonly orders: number }[];
  readonly weeks: readonly {
    readonly from: string;
    readonly due: number;
    readonly inTime: number;
    readonly received: number;
    readonly asSent: number;
  }[];
  readonly buyers: readonly { readonly name: string; readonly nameEn: string | null; readonly orders: number }[];
  readonly lots: number;
  readonly known: Readonly<Record<'origin' | 'producedAt' | 'expiresAt' | 'certificate', number>>;
  readonly findings: readonly { readonly kind: string; readonly count: number }[];
};

export function salesCharts(words: Texts, figures: SalesChartFigures): Chart[] {
  const { purchase: text, trade, trace, board } = words;
  const { days, weeks, buyers, lots, known, findings } = figures;
  const share = (part: number, whole: number) => (whole === 0 ? undefined : part / whole);
  const data = Object.entries(known) as [keyof typeof known, number][];
  return [
    {
      kind: 'line',
      id: 'orders',
      title: text.boardOrders,
      unit: 'count',
      of: board.day,
      series: [{ name: text.boardOrders, points: days.map(({ day, orders }) => ({ label: day, value: orders })) }],
    },
    {
      kind: 'line',
      id: 'in-time',
      title: text.boardInTime,
      note: text.boardInTimeNote,
      unit: 'percent',
      of: text.boardWeek,
      series: [
        {
          name: text.boardSentInTime,
          points: weeks.map(({ from, inTime, due }) => ({ label: from, value: share(inTime, due) })),
        },
        {
          name: text.boardAsSent,
          points: weeks.map(({ from, asSent, received }) => ({ label: from, value: share(asSent, received) })),
        },
      ],
    },
    {
      kind: 'bars',
      id: 'buyers',
      title: text.boardBuyers,
      unit: 'count',
      of: text.buyer,
      points: buyers.map(({ orders, ...place }) => ({ label: localName(words.lang, place), value: orders })),
    },
    {
      kind: 'bars',
      id: 'key-data',
      title: text.boardData,
      note: text.boardDataNote(lots),
      unit: 'percent',
      of: trade.missing,
      points: data.map(([datum, count]) => ({ label: trade.keyData[datum], value: share(count, lots) })),
      reference: { value: 1, label: text.boardWanted },
    },
    {
      kind: 'bars',
      id: 'findings',
      title: text.boardFindings,
      unit: 'count',
      of: text.kind,
      points: findings.map(({ kind, count }) => ({ label: trace.findings[kind] ?? kind, value: count })),
    },
  ];
}
