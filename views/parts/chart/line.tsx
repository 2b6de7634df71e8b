// Values that follow one another as lines, told apart by their dashes; a band behind a line is its interval.
import type { Texts } from '../../text/texts.ts';
import type { ChartPoint, LineChart } from './chart.ts';
import { labelled, type Scale, scaleOf, shortLabel, tenth } from './scale.ts';
import { valueText } from './unit.ts';

const width = 400;
const left = 46;
const right = 390;
const top = 10;
const floor = 150;
const height = 176;
const mostLabels = 5;

export function Line({ words, chart, said }: { words: Texts; chart: LineChart; said: string }) {
  const { series, reference, unit } = chart;
  const points = series.flatMap((each) => each.points);
  const values = points.flatMap(({ value, low, high }) => [value ?? 0, low ?? 0, high ?? 0]);
  const y = scaleOf([...values, reference?.value ?? 0], unit, floor, top);
  const count = series[0]?.points.length ?? 0;
  const x = (index: number) => tenth(count < 2 ? (left + right) / 2 : left + (index / (count - 1)) * (right - left));
  return (
    <svg class="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={said}>
      {y.marks.map((mark) => (
        <>
          <path class="axis" d={`M${left} ${y.at(mark)}H${right}`} />
          <text x={left - 6} y={y.at(mark) + 4} text-anchor="end">
            {valueText(words, unit, mark)}
          </text>
        </>
      ))}
      {labelled(count, mostLabels).map((index) => (
        <text x={x(index)} y={floor + 18} text-anchor={index === 0 ? 'start' : index === count - 1 ? 'end' : 'middle'}>
          {shortLabel(series[0]?.points[index]?.label ?? '')}
        </text>
      ))}
      {series.map((each, index) => (
        <Series points={each.points} x={x} y={y} index={index} />
      ))}
      {reference === undefined ? null : <path class="ref" d={`M${left} ${y.at(reference.value)}H${right}`} />}
    </svg>
  );
}

type SeriesView = { points: readonly ChartPoint[]; x: (index: number) => number; y: Scale; index: number };

function Series({ points, x, y, index }: SeriesView) {
  const runs = runsOf(points);
  return (
    <g class={`series-${index % 4}`}>
      {runs.map((run) => (
        <>
          {bandOf(points, run, x, y)}
          {run.length === 1 ? null : (
            <path class="curve" d={`M${run.map((at) => `${x(at)} ${y.at(points[at]?.value ?? 0)}`).join('L')}`} />
          )}
        </>
      ))}
      {/* A value with nothing known on either side would be a line without length. */}
      {runs
        .flatMap((run) => (run.length === 1 ? run : run.slice(-1)))
        .map((at) => (
          <circle class="pt end" cx={x(at)} cy={y.at(points[at]?.value ?? 0)} r="3.5" />
        ))}
    </g>
  );
}

/** Stretches of known values: a line is not drawn over what nobody knows. */
function runsOf(points: readonly ChartPoint[]): number[][] {
  const runs: number[][] = [];
  points.forEach(({ value }, index) => {
    if (value === undefined) return;
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === index - 1) run.push(index);
    else runs.push([index]);
  });
  return runs;
}

function bandOf(points: readonly ChartPoint[], run: readonly number[], x: SeriesView['x'], y: Scale) {
  const known = run.filter((at) => points[at]?.low !== undefined && points[at]?.high !== undefined);
  if (known.length === 0) return null;
  const place = (at: number, side: 'low' | 'high') => `${x(at)} ${y.at(points[at]?.[side] ?? 0)}`;
  if (known.length === 1)
    return <path class="whisker" d={known.map((at) => `M${place(at, 'low')}L${place(at, 'high')}`).join('')} />;
  const there = known.map((at) => place(at, 'high')).join('L');
  const back = known
    .toReversed()
    .map((at) => place(at, 'low'))
    .join('L');
  return <path class="interval" d={`M${there}L${back}Z`} />;
}
