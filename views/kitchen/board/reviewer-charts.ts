// A reviewer's board: one's own seconds beside the house's, decisions, agreement.
import type { Chart } from '../../parts/chart/chart.ts';
import type { Texts } from '../../text/texts.ts';
import { agreementChart, decisionsChart, seconds } from './board-charts.ts';
import type { ReviewerFigures } from './board-figures.ts';

export function reviewerCharts(words: Texts, { own, house, agreement, publishedSeconds }: ReviewerFigures): Chart[] {
  const { board } = words;
  const line = (name: string, steps: ReviewerFigures['own']) => ({
    name,
    points: steps.map(({ label, medianMs }) => ({ label, value: seconds(medianMs) })),
  });
  return [
    {
      kind: 'line',
      id: 'pace',
      title: board.pace,
      note: board.paceNote,
      unit: 'seconds',
      of: board.day,
      series: [line(board.mine, own), line(board.everybody, house)],
      reference: { value: publishedSeconds, label: board.published },
    },
    decisionsChart(words, own),
    agreementChart(words, agreement),
  ];
}
