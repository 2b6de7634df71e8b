// Charts of boards: drawing, table and CSV say the same, and what nobody knows is drawn nowhere.
import { describe, expect, it } from 'vitest';
import type { BarChart, Chart, LineChart, StripChart } from '../../../views/parts/chart/chart.ts';
import { ChartFigure } from '../../../views/parts/chart/chart-figure.tsx';
import { chartSheet, tableOf } from '../../../views/parts/chart/chart-table.ts';
import { labelled, scaleOf } from '../../../views/parts/chart/scale.ts';
import { en } from '../../../views/text/en.ts';
import { zhCN } from '../../../views/text/zh-CN.ts';

const missed: BarChart = {
  kind: 'bars',
  id: 'miss-rate',
  title: 'Miss rate',
  unit: 'percent',
  of: 'Violation',
  points: [
    { label: 'no mask', value: 0.053, low: 0.021, high: 0.109 },
    { label: 'smoking', value: undefined },
  ],
  reference: { value: 0.1, label: 'last year' },
};

const pace: LineChart = {
  kind: 'line',
  id: 'pace',
  title: 'Seconds a decision',
  unit: 'seconds',
  of: 'Day',
  series: [
    { name: 'mine', points: day([1.5, 1.25, undefined, 2]) },
    { name: 'the house', points: day([3, 2.5, 2.5, 2.5]) },
  ],
};

const uptime: StripChart = {
  kind: 'strip',
  id: 'uptime',
  title: 'Camera uptime',
  of: 'Camera',
  labels: ['2026-11-28', '2026-11-29', '2026-11-30'],
  rows: [{ name: 'stove', tones: ['good', 'bad', 'none'], sum: '71.0%' }],
  tones: { good: 'online', bad: 'offline' },
};

function day(values: readonly (number | undefined)[]) {
  return values.map((value, index) => ({ label: `2026-11-0${index + 1}`, value }));
}

const drawn = (chart: Chart, words = en) => String(<ChartFigure words={words} chart={chart} />);
const count = (html: string, part: string) => html.split(part).length - 1;

describe('a board’s chart', () => {
  it('a share is written with its interval in the drawing and in the table, and drawn with it', () => {
    const html = drawn(missed);
    expect(count(html, '5.3% (2.1%–10.9%)')).toBe(2);
    expect(count(html, 'class="whisker"')).toBe(1);
    expect(html).toContain('aria-label="Miss rate: no mask 5.3%; smoking —"');
  });

  it('a name that is too long for one line with its number stands on a line of its own', () => {
    const named = (label: string) => drawn({ ...missed, points: [{ label, value: 0.31, low: 0.2, high: 0.44 }] });
    const lines = (html: string) =>
      new Set([...html.matchAll(/<text class="(?:name|strong)"[^>]*y="(\d+)"/g)].map(([, y]) => y)).size;
    expect([lines(named('no mask')), lines(named('raw and cooked food on one board, not cleaned'))]).toEqual([1, 2]);
  });

  it('what is not known has no bar and no point, a dash in the table and an empty cell in the CSV', () => {
    expect(count(drawn(missed), 'class="bar-fill"')).toBe(1);
    expect(tableOf(en, missed).rows[1]).toEqual(['smoking', '—']);
    expect(chartSheet([missed])[2]).toEqual(['miss-rate', '', 'smoking', null, null, null, 'percent']);
  });

  it('a line stops where nothing is known and starts again after it', () => {
    // Mine: two known days, a gap, one day alone; the house: one line. And one line for each in the key.
    expect(count(drawn(pace), 'class="curve"')).toBe(2 + 2);
    expect(count(drawn(pace), 'class="pt end"')).toBe(3);
    expect(tableOf(zhCN, pace).rows[2]).toEqual(['2026-11-03', '—', '2.5 秒']);
  });

  it('a camera’s days are told by form and in words, not by colour alone', () => {
    const html = drawn(uptime, zhCN);
    expect(html).toContain('aria-label="Camera uptime：stove 71.0%"');
    expect(tableOf(zhCN, uptime).rows).toEqual([['stove', '71.0%', 'online', 'offline', '无数据']]);
    const heights = [...html.matchAll(/class="tone-(good|bad)"[^>]*height="([\d.]+)"/g)].map(
      ([, tone, tall]) => `${tone} ${tall}`,
    );
    expect(heights.slice(0, 2)).toEqual(['good 16', 'bad 4.8']);
  });

  it('the CSV holds every value of every chart unrounded, a line each', () => {
    const sheet = chartSheet([missed, pace, uptime]);
    expect(sheet[0]).toEqual(['chart', 'series', 'label', 'value', 'low', 'high', 'unit']);
    expect(sheet).toHaveLength(1 + 2 + 8 + 3);
    expect(sheet).toContainEqual(['pace', 'mine', { day: '2026-11-02' }, 1.25, null, null, 'seconds']);
    expect(sheet).toContainEqual(['uptime', 'stove', { day: '2026-11-29' }, 'bad', null, null, 'state']);
  });

  it('a board without data says so and draws nothing', () => {
    const html = drawn({ ...missed, points: [] });
    expect([html.includes('<svg'), html.includes(en.chart.nothing)]).toEqual([false, true]);
  });
});

describe('the scale of a chart', () => {
  it('has round marks, nought among them, and room for every value', () => {
    expect(scaleOf([0.053, 0.109], 'percent', 0, 100).marks).toEqual([0, 0.05, 0.1, 0.15]);
    expect(scaleOf([-3, 7], 'celsius', 0, 100).marks).toEqual([-5, 0, 5, 10]);
    expect(scaleOf([0, 2], 'count', 0, 100).marks).toEqual([0, 1, 2]);
    expect(scaleOf([0], 'percent', 0, 100).marks).toEqual([0, 0.5, 1]);
    expect([0, 5, 10].map(scaleOf([10], 'points', 0, 100).at)).toEqual([0, 50, 100]);
  });

  it('names the first and the last day, and between them only what has room', () => {
    expect(labelled(3, 5)).toEqual([0, 1, 2]);
    expect(labelled(90, 6)).toEqual([0, 18, 36, 54, 72, 89]);
    for (let days = 6; days < 400; days++) {
      const chosen = labelled(days, 6);
      expect([chosen[0], chosen.at(-1), chosen.length <= 6]).toEqual([0, days - 1, true]);
    }
  });
});
