// An owner's board: the score, what was confirmed, the loop of orders, the cameras.
import type { Chart } from '../../parts/chart/chart.ts';
import type { Texts } from '../../text/texts.ts';
import { loopCharts, uptimeChart } from './board-charts.ts';
import type { OwnerFigures } from './board-figures.ts';

export function ownerCharts(words: Texts, { score, kinds, loop, uptime, days }: OwnerFigures): Chart[] {
  const { board } = words;
  return [
    {
      kind: 'line',
      id: 'score',
      title: board.score,
      note: board.scoreNote,
      unit: 'points',
      of: board.day,
      series: [{ name: board.score, points: score.map((step) => ({ label: step.label, value: step.score })) }],
    },
    {
      kind: 'bars',
      id: 'kinds',
      title: board.kinds,
      unit: 'count',
      of: board.violation,
      points: kinds.map(({ name, count }) => ({ label: name, value: count })),
    },
    ...loopCharts(words, loop),
    uptimeChart(words, days, uptime),
  ];
}
