// Rates with their intervals as bars on one scale from 0 to 100 %.
import type { Texts } from '../../text/texts.ts';
import type { MissLine } from './quality-view.ts';
import { rateText } from './rate-text.ts';

const left = 120;
const right = 470;
const rowHeight = 26;
const top = 8;

export function RateChart({ words, lines }: { words: Texts; lines: readonly MissLine[] }) {
  const told = lines.flatMap((line) => (line.rate === undefined ? [] : [{ ...line, rate: line.rate }]));
  if (told.length === 0) return null;
  const floor = top + told.length * rowHeight;
  const said = told.map(({ name, rate }) => `${name} ${rateText(rate)}`).join('; ');
  return (
    <svg class="chart" viewBox={`0 0 500 ${floor + 24}`} role="img" aria-label={`${words.quality.missTitle}: ${said}`}>
      {[0, 25, 50, 75, 100].map((percent) => (
        <>
          <path class="axis" d={`M${xOf(percent / 100)} ${top}V${floor}`} />
          <text x={xOf(percent / 100)} y={floor + 16} text-anchor="middle">{`${percent}%`}</text>
        </>
      ))}
      {told.map(({ name, rate }, index) => {
        const y = top + index * rowHeight + rowHeight / 2;
        return (
          <>
            <text x={left - 8} y={y + 4} text-anchor="end">
              {name}
            </text>
            <path class="ref" d={`M${xOf(rate.low)} ${y}H${xOf(rate.high)}`} />
            <circle class="pt end" cx={xOf(rate.share)} cy={y} r="4" />
          </>
        );
      })}
    </svg>
  );
}

function xOf(share: number): number {
  return Math.round((left + share * (right - left)) * 10) / 10;
}
