// Values as bars, each under its own name so that long names fit a phone; a line across the bar's end is its interval.
import type { Texts } from '../../text/texts.ts';
import type { BarChart, ChartPoint } from './chart.ts';
import { type Scale, scaleOf, textWidth } from './scale.ts';
import { pointText, valueText } from './unit.ts';

const width = 400;
const left = 2;
const right = 388;
const rowHeight = 36;
const lineHeight = 17;
const top = 4;
const foot = 22;

export function Bars({ words, chart, said }: { words: Texts; chart: BarChart; said: string }) {
  const { points, reference, unit } = chart;
  const values = points.flatMap(({ value, high, low }) => [value ?? 0, high ?? 0, low ?? 0]);
  const scale = scaleOf([...values, reference?.value ?? 0], unit, left, right);
  const rows = rowsOf(words, chart);
  const floor = top + rows.reduce((sum, { tall }) => sum + tall, 0);
  return (
    <svg class="chart" viewBox={`0 0 ${width} ${floor + foot}`} role="img" aria-label={said}>
      {scale.marks.map((mark) => (
        <>
          <path class="axis" d={`M${scale.at(mark)} ${top}V${floor}`} />
          <text x={scale.at(mark)} y={floor + 15} text-anchor={anchorOf(scale.at(mark))}>
            {valueText(words, unit, mark)}
          </text>
        </>
      ))}
      {rows.map(({ point, y, tall }) => (
        <Bar words={words} chart={chart} point={point} scale={scale} y={y} tall={tall} />
      ))}
      {reference === undefined ? null : <path class="ref" d={`M${scale.at(reference.value)} ${top}V${floor}`} />}
    </svg>
  );
}

type Row = { readonly point: ChartPoint; readonly y: number; readonly tall: number };

/** A name that leaves no room for its number gets a line of its own. */
function rowsOf(words: Texts, { points, unit }: BarChart): Row[] {
  let y = top;
  return points.map((point) => {
    const fits = textWidth(point.label) + textWidth(pointText(words, unit, point)) < right - left - 8;
    const row = { point, y, tall: fits ? rowHeight : rowHeight + lineHeight };
    y += row.tall;
    return row;
  });
}

type BarView = Row & { words: Texts; chart: BarChart; scale: Scale };

function Bar({ words, chart, point, scale, y, tall }: BarView) {
  const { value, low, high } = point;
  const [from, to] = [scale.at(Math.min(0, value ?? 0)), scale.at(Math.max(0, value ?? 0))];
  const measured = value !== undefined && low !== undefined && high !== undefined;
  const below = tall - rowHeight;
  const middle = y + below + 24;
  return (
    <g>
      <text class="name" x={left} y={y + 12}>
        {point.label}
      </text>
      <text class="strong" x={right} y={y + below + 12} text-anchor="end">
        {pointText(words, chart.unit, point)}
      </text>
      {value === undefined ? null : (
        <rect class="bar-fill" x={from} y={y + below + 18} width={to - from} height="12" rx="2" />
      )}
      {measured ? (
        <path
          class="whisker"
          d={`M${scale.at(low)} ${middle}H${scale.at(high)}M${scale.at(low)} ${middle - 4}v8M${scale.at(high)} ${middle - 4}v8`}
        />
      ) : null}
    </g>
  );
}

/** The outer marks stay inside the drawing. */
function anchorOf(x: number): 'start' | 'middle' | 'end' {
  if (x < left + 20) return 'start';
  return x > right - 20 ? 'end' : 'middle';
}
