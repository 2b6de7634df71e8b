// States side by side in time, a row each: height and hatching say what colour says.
import type { StripChart, Tone } from './chart.ts';
import { labelled, shortLabel, tenth } from './scale.ts';

const width = 400;
const left = 2;
const right = 398;
const rowHeight = 40;
const cellTop = 18;
const cellHeight = 16;
const mostLabels = 5;

export function Strip({ chart, said }: { chart: StripChart; said: string }) {
  const { rows, labels } = chart;
  const floor = rows.length * rowHeight;
  const wide = (right - left) / Math.max(1, labels.length);
  return (
    <svg class="chart strip" viewBox={`0 0 ${width} ${floor + 20}`} role="img" aria-label={said}>
      {rows.map(({ name, sum, tones }, index) => (
        <g>
          <text class="name" x={left} y={index * rowHeight + 12}>
            {name}
          </text>
          <text class="strong" x={right} y={index * rowHeight + 12} text-anchor="end">
            {sum}
          </text>
          {tones.map((tone, column) => (
            <Cell tone={tone} x={tenth(left + column * wide)} y={index * rowHeight + cellTop} width={tenth(wide)} />
          ))}
        </g>
      ))}
      {labelled(labels.length, mostLabels).map((column) => (
        <text x={tenth(left + (column + 0.5) * wide)} y={floor + 14} text-anchor={anchorOf(column, labels.length)}>
          {shortLabel(labels[column] ?? '')}
        </text>
      ))}
    </svg>
  );
}

function anchorOf(column: number, count: number): 'start' | 'middle' | 'end' {
  if (column === 0) return 'start';
  return column === count - 1 ? 'end' : 'middle';
}

const share: Readonly<Record<Tone, number>> = { good: 1, warn: 0.6, bad: 0.3, none: 1 };

function Cell({ tone, x, y, width: wide }: { tone: Tone; x: number; y: number; width: number }) {
  const tall = cellHeight * share[tone];
  const gap = wide > 6 ? 1 : 0.4;
  return (
    <rect
      class={`tone-${tone}`}
      x={x + gap / 2}
      y={y + cellHeight - tall}
      width={tenth(Math.max(0.5, wide - gap))}
      height={tall}
    />
  );
}

/** What each tone means, with a cell of it. */
export function StripKey({ chart }: { chart: StripChart }) {
  const occurring = (['good', 'warn', 'bad', 'none'] as const).filter((tone) => chart.tones[tone] !== undefined);
  return (
    <ul class="key">
      {occurring.map((tone) => (
        <li>
          <svg class="chart strip-key" viewBox="0 0 14 16" aria-hidden="true">
            <Cell tone={tone} x={0} y={0} width={14} />
          </svg>
          {chart.tones[tone]}
        </li>
      ))}
    </ul>
  );
}
