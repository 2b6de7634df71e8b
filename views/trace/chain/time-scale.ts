// Where a moment lies on a drawn axis of time: long stretches in which nothing happened are cut short, and said.

export type TimeScale = {
  readonly x: (at: number) => number;
  /** Stretches that are drawn shorter than they were. */
  readonly breaks: readonly { readonly x: number; readonly fromAt: number; readonly untilAt: number }[];
  readonly marks: readonly { readonly x: number; readonly at: number; readonly shows: 'moment' | 'day' | 'clock' }[];
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const zoneMs = 8 * hourMs;
const breakWidth = 44;
const leastStretch = 48;
const mostBreaks = 4;
/** A label of a moment is at most so wide, in both languages. */
const labelWidth = 104;
const markSteps = [1 / 12, 1 / 4, 1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720, 2_160, 8_760].map(
  (hours) => hours * hourMs,
);

type Stretch = { readonly fromAt: number; readonly untilAt: number; readonly left: number; readonly right: number };

/** Of at least one time; unix ms in any order. */
export function timeScale(times: readonly number[], left: number, right: number): TimeScale {
  const sorted = [...new Set(times)].sort((a, b) => a - b);
  const stretches = placed(stretchesOf(sorted), left, right);
  const x = (at: number) => round(xOf(stretches, at));
  return {
    x,
    breaks: stretches.slice(1).map((stretch, index) => {
      const before = stretches[index] ?? stretch;
      return { x: round((before.right + stretch.left) / 2), fromAt: before.untilAt, untilAt: stretch.fromAt };
    }),
    marks: marksOf(stretches),
  };
}

type Span = { readonly fromAt: number; readonly untilAt: number };

/** Divides at gaps of a day and more that are far longer than the usual one and take up much of what is left. */
function stretchesOf(sorted: readonly number[]): Span[] {
  const gaps = sorted.slice(1).map((at, index) => ({ fromAt: sorted[index] ?? at, untilAt: at }));
  const length = ({ fromAt, untilAt }: Span) => untilAt - fromAt;
  const byLength = [...gaps].sort((a, b) => length(b) - length(a));
  const usual = length(byLength[Math.floor(byLength.length / 2)] ?? { fromAt: 0, untilAt: 0 });
  let left = gaps.reduce((sum, gap) => sum + length(gap), 0);
  const cut = new Set<number>();
  for (const gap of byLength.slice(0, mostBreaks)) {
    if (length(gap) < dayMs || length(gap) <= 6 * usual || length(gap) < left / 4) break;
    cut.add(gap.untilAt);
    left -= length(gap);
  }
  const spans: Span[] = [];
  let fromAt = sorted[0] ?? 0;
  let untilAt = fromAt;
  for (const at of sorted.slice(1)) {
    if (cut.has(at)) {
      spans.push({ fromAt, untilAt });
      fromAt = at;
    }
    untilAt = at;
  }
  return [...spans, { fromAt, untilAt }];
}

/** Each as wide as it is long, but wide enough to be seen. */
function placed(spans: readonly Span[], left: number, right: number): Stretch[] {
  const whole = spans.reduce((sum, { fromAt, untilAt }) => sum + untilAt - fromAt, 0);
  const least = Math.min(leastStretch, (right - left) / (2 * spans.length));
  const free = right - left - breakWidth * (spans.length - 1) - least * spans.length;
  let at = left;
  return spans.map(({ fromAt, untilAt }) => {
    const share = whole === 0 ? 1 / spans.length : (untilAt - fromAt) / whole;
    const stretch = { fromAt, untilAt, left: at, right: at + least + share * free };
    at = stretch.right + breakWidth;
    return stretch;
  });
}

function xOf(stretches: readonly Stretch[], at: number): number {
  const after = stretches.findIndex(({ untilAt }) => at <= untilAt);
  const stretch = stretches[after] ?? stretches.at(-1);
  if (stretch === undefined) return 0;
  const before = stretches[after - 1];
  if (at < stretch.fromAt && before !== undefined)
    return between(at, { fromAt: before.untilAt, untilAt: stretch.fromAt, left: before.right, right: stretch.left });
  return between(Math.min(Math.max(at, stretch.fromAt), stretch.untilAt), stretch);
}

/** A moment without length lies in the middle of its stretch. */
function between(at: number, { fromAt, untilAt, left, right }: Stretch): number {
  return untilAt === fromAt ? (left + right) / 2 : left + ((at - fromAt) / (untilAt - fromAt)) * (right - left);
}

/** Round hours or days of Beijing time; a stretch too short for one says when it begins. */
function marksOf(stretches: readonly Stretch[]): TimeScale['marks'] {
  const whole = stretches.reduce((sum, { fromAt, untilAt }) => sum + untilAt - fromAt, 0);
  const wide = stretches.reduce((sum, { left, right }) => sum + right - left, 0);
  const step = markSteps.find((each) => (whole / each) * labelWidth <= wide) ?? 4 * 8_760 * hourMs;
  return stretches.flatMap((stretch) => {
    const marks: { x: number; at: number; shows: 'moment' | 'day' | 'clock' }[] = [];
    for (let at = Math.ceil((stretch.fromAt + zoneMs) / step) * step - zoneMs; at <= stretch.untilAt; at += step) {
      const shows = (at + zoneMs) % dayMs === 0 ? 'day' : marks.length === 0 ? 'moment' : 'clock';
      marks.push({ x: round(between(at, stretch)), at, shows });
    }
    if (marks.length > 0) return marks;
    return [{ x: round(between(stretch.fromAt, stretch)), at: stretch.fromAt, shows: 'moment' as const }];
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
