// The charts that more than one board shows: seconds, agreement, the loop of orders, cameras.
import type { BarChart, Chart, LineChart, StripChart, Tone } from '../../parts/chart/chart.ts';
import { valueText } from '../../parts/chart/unit.ts';
import { localName, type Texts } from '../../text/texts.ts';
import type { AgreementFigure, LoopFigure, PaceFigure, UptimeFigure } from './board-figures.ts';

export const seconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1000);

export function agreementChart({ board }: Texts, lines: readonly AgreementFigure[]): BarChart {
  const points = lines.map(({ name, pairs, kappa, low, high }) => {
    const label = board.withPairs(name, pairs);
    return kappa === undefined ? { label, value: undefined } : { label, value: kappa, low, high };
  });
  return {
    kind: 'bars',
    id: 'agreement',
    title: board.agreement,
    note: board.agreementNote,
    unit: 'kappa',
    of: board.violation,
    points,
  };
}

export function decisionsChart({ board }: Texts, steps: readonly PaceFigure[], raised?: readonly number[]): LineChart {
  const decided = { name: board.decided, points: steps.map(({ label, decisions }) => ({ label, value: decisions })) };
  const came = (raised ?? []).map((value, index) => ({ label: steps[index]?.label ?? '', value }));
  const series = raised === undefined ? [decided] : [decided, { name: board.raised, points: came }];
  return { kind: 'line', id: 'decisions', title: board.decisions, unit: 'count', of: board.day, series };
}

export function loopCharts({ board }: Texts, loop: readonly LoopFigure[]): Chart[] {
  const of = (name: string, value: (step: LoopFigure) => number) => ({
    name,
    points: loop.map((step) => ({ label: step.label, value: value(step) })),
  });
  const series = [
    of(board.issued, (s) => s.issued),
    of(board.closed, (s) => s.closed),
    of(board.overdue, (s) => s.overdue),
  ];
  const closure = loop.map(({ label, closure: done }) => ({
    label,
    value: done?.share,
    low: done?.low,
    high: done?.high,
  }));
  return [
    { kind: 'line', id: 'orders', title: board.orders, unit: 'count', of: board.week, series },
    {
      kind: 'line',
      id: 'closure',
      title: board.closure,
      note: board.closureNote,
      unit: 'percent',
      of: board.week,
      series: [{ name: board.closure, points: closure }],
    },
  ];
}

const mostRows = 16;
const [wellUp, halfUp] = [0.95, 0.5];

/** A row a camera, the least seen first; named with its kitchen where there are several. */
export function uptimeChart(
  words: Texts,
  days: readonly string[],
  uptime: readonly UptimeFigure[],
  cameras: number = uptime.length,
): StripChart {
  const { board } = words;
  const several = new Set(uptime.map(({ restaurant }) => restaurant.name)).size > 1;
  const rows = uptime.slice(0, mostRows).map(({ restaurant, place, days: own, share }) => ({
    name: `${several ? `${localName(words.lang, restaurant)} · ` : ''}${localName(words.lang, place)}`,
    sum: valueText(words, 'percent', share),
    tones: own.map(toneOf),
  }));
  const note = cameras > mostRows ? board.uptimeCut(mostRows, cameras) : board.uptimeNote;
  return {
    kind: 'strip',
    id: 'uptime',
    title: board.uptime,
    note,
    of: board.camera,
    labels: days,
    rows,
    tones: board.uptimeTones,
  };
}

function toneOf({ upMs, knownMs }: UptimeFigure['days'][number]): Tone {
  if (knownMs === 0) return 'none';
  const share = upMs / knownMs;
  if (share >= wellUp) return 'good';
  return share >= halfUp ? 'warn' : 'bad';
}
