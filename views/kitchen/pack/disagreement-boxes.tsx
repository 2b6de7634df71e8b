// The same frame twice, with what each set of packs saw on it.

import { Icon } from '../../parts/icon.tsx';
import { formatNumber } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import type { DisagreementView, SightingView } from './disagreement-view.ts';

export function Frames({ words, one }: { words: Texts; one: DisagreementView }) {
  return one.frames < 2 ? null : <span class="note-line small faint">{words.packs.sameHappening(one.frames)}</span>;
}

export function BoxedPair({ words, one }: { words: Texts; one: DisagreementView }) {
  const text = words.packs;
  if (one.picture === undefined) {
    return (
      <span class="gone">
        <Icon name="covered" />
        {text.gone}
      </span>
    );
  }
  return (
    <svg viewBox={`0 0 ${one.width} ${one.height}`} role="img" aria-label={text.boxesOf(one.name)}>
      <image href={one.picture} width={one.width} height={one.height} />
      <Boxes one={one} side="old" mark={text.oldMark} />
      <Boxes one={one} side="new" mark={text.newMark} />
    </svg>
  );
}

// The label was drawn for a picture 960 wide; it keeps its size on any other.
const drawnFor = 960;
const mostBoxes = 12;
const tagHeight = 22;
// The candidate's box stands a little outside, so that two that agree are both seen.
const outset = { old: 0, new: 5 } as const;

function Boxes({ one, side, mark }: { one: DisagreementView; side: 'old' | 'new'; mark: string }) {
  return (
    <g class={`of-${side}`}>
      {one[side].slice(0, mostBoxes).map((seen) => (
        <MarkedBox one={one} seen={seen} side={side} mark={mark} />
      ))}
    </g>
  );
}

type MarkedBoxProps = {
  readonly one: DisagreementView;
  readonly seen: SightingView;
  readonly side: 'old' | 'new';
  readonly mark: string;
};

/** Its label stands above for the one and below for the other, so that neither hides the other. */
function MarkedBox({ one, seen, side, mark }: MarkedBoxProps) {
  const scale = one.width / drawnFor;
  const out = outset[side] * scale;
  const [x, y, w, h] = seen.box;
  const [left, top] = [round(x * one.width - out), round(y * one.height - out)];
  const [wide, high] = [round(w * one.width + 2 * out), round(h * one.height + 2 * out)];
  const label = `${mark} ${formatNumber(seen.score, 2)}`;
  const tag = tagHeight * scale;
  const tagTop = side === 'old' ? Math.max(0, top - tag) : Math.min(one.height - tag, top + high);
  return (
    <g class={seen.counts ? undefined : 'near'}>
      <rect class="halo" x={left} y={top} width={wide} height={high} rx="3" />
      <rect class="edge" x={left} y={top} width={wide} height={high} rx="3" />
      <g transform={`translate(${left} ${round(tagTop)}) scale(${round(scale)})`}>
        <rect class="tag" width={label.length * 8.6 + 18} height={tagHeight} rx="3" />
        <text x="7" y="16">
          {label}
        </text>
      </g>
    </g>
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
