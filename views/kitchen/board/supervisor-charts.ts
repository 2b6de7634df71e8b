// A supervisor's board: the house's seconds and people, what is missed, the loop of orders, kitchens and cameras.
import type { Chart } from '../../parts/chart/chart.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { agreementChart, decisionsChart, loopCharts, seconds, uptimeChart } from './board-charts.ts';
import type { SupervisorFigures } from './board-figures.ts';

export function supervisorCharts(words: Texts, figures: SupervisorFigures): Chart[] {
  const { loop, days, uptime, cameras, agreement, house, raised } = figures;
  return [
    ...paceCharts(words, figures),
    decisionsChart(words, house, raised),
    missChart(words, figures),
    agreementChart(words, agreement),
    ...loopCharts(words, loop),
    ...kitchenCharts(words, figures),
    uptimeChart(words, days, uptime, cameras),
  ];
}

function paceCharts({ board }: Texts, { house, people, publishedSeconds }: SupervisorFigures): Chart[] {
  const line = (name: string, of: 'medianMs' | 'p90Ms') => ({
    name,
    points: house.map((step) => ({ label: step.label, value: seconds(step[of]) })),
  });
  const reference = { value: publishedSeconds, label: board.published };
  return [
    {
      kind: 'line',
      id: 'pace',
      title: board.pace,
      note: board.paceNote,
      unit: 'seconds',
      of: board.day,
      series: [line(board.median, 'medianMs'), line(board.p90, 'p90Ms')],
      reference,
    },
    {
      kind: 'bars',
      id: 'people',
      title: board.people,
      note: board.peopleNote,
      unit: 'seconds',
      of: board.reviewer,
      points: people.map(({ name, decisions, medianMs }) => ({
        label: board.withDecisions(name, decisions),
        value: seconds(medianMs),
      })),
      reference,
    },
  ];
}

function missChart({ board }: Texts, { misses }: SupervisorFigures): Chart {
  const points = misses.map(({ name, rate }) => ({
    label: name,
    value: rate?.share,
    low: rate?.low,
    high: rate?.high,
  }));
  return {
    kind: 'bars',
    id: 'miss-rate',
    title: board.missed,
    note: board.missedNote,
    unit: 'percent',
    of: board.violation,
    points,
  };
}

function kitchenCharts(words: Texts, { overdue, scores }: SupervisorFigures): Chart[] {
  const { board, lang } = words;
  const named = (list: SupervisorFigures['scores']) =>
    list.map((kitchen) => ({ label: localName(lang, kitchen), value: kitchen.count }));
  return [
    { kind: 'bars', id: 'overdue', title: board.overdueNow, unit: 'count', of: board.kitchen, points: named(overdue) },
    { kind: 'bars', id: 'scores', title: board.lowestScores, unit: 'points', of: board.kitchen, points: named(scores) },
  ];
}
