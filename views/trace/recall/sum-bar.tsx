// Where a quantity went, as one bar of parts that add up, each with its pattern, number and word.
import type { Texts } from '../../text/texts.ts';
import { amount } from '../parts.tsx';

/** The stylesheet's patterns: each is told apart without colour. */
export const sumParts = ['sealed', 'shelved', 'destroyed', 'sold', 'mixed', 'silent'] as const;
export type SumPart = (typeof sumParts)[number];

export type SumBarView = {
  readonly words: Texts;
  readonly parts: readonly { readonly part: SumPart; readonly label: string; readonly quantity: number }[];
  readonly unit: string | null;
};

const width = 368;
const height = 20;

export function SumBar({ words, parts, unit }: SumBarView) {
  const shown = parts.filter(({ quantity }) => quantity > 0);
  const total = shown.reduce((sum, { quantity }) => sum + quantity, 0);
  if (total === 0) return null;
  const said = shown
    .map(({ label, quantity }) => `${label} ${amount(quantity, unit)}`)
    .join(words.lang === 'en' ? ', ' : '，');
  let x = 0;
  return (
    <>
      <Patterns />
      <svg class="sum" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words.trace.recall.sumAlt(said)}>
        {shown.map(({ part, quantity }) => {
          const w = (quantity / total) * width;
          const from = x;
          x += w;
          return <rect class={part} x={round(from)} y={0} width={round(w)} height={height} />;
        })}
      </svg>
      <ul class="key even">
        {shown.map(({ part, label, quantity }) => (
          <li>
            <svg viewBox="0 0 14 14" aria-hidden="true">
              <rect class={part} width={14} height={14} rx={3} />
            </svg>
            <b class="right">{amount(quantity, unit)}</b>
            {label}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What `fill: url(#p-…)` of the stylesheet points at. */
function Patterns() {
  return (
    <svg width={0} height={0} class="hide" aria-hidden="true">
      <defs>
        <pattern id="p-shelved" width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="p-good" width={6} height={6} />
          <path class="p-good-line" d="M1 0v6" />
        </pattern>
        <pattern id="p-sold" width={6} height={6} patternUnits="userSpaceOnUse">
          <rect class="p-mute" width={6} height={6} />
          <circle class="p-mute-dot" cx={3} cy={3} r={1.1} />
        </pattern>
        <pattern id="p-silent" width={7} height={7} patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
          <rect class="p-bad" width={7} height={7} />
          <path class="p-bad-line" d="M1 0v7" />
        </pattern>
      </defs>
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
