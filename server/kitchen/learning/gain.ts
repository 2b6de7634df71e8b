// What a tuned pack is worth: verdicts it agrees with against those the pack in use agrees with, on the same boxes.

/** One judged box: what people said, and whether each pack would have shown it. */
export type MeasuredBox = {
  readonly is: boolean;
  readonly shownBefore: boolean;
  readonly shownAfter: boolean;
};

export type Gain = {
  readonly boxes: number;
  /** Boxes on which the pack agrees with the verdict. */
  readonly rightBefore: number;
  readonly rightAfter: number;
  /** False alarms that are shown no more, and true ones that are shown no more. */
  readonly alarmsGone: number;
  readonly truthsLost: number;
  /** Share of boxes gained, −1 … 1, with its 95 % interval; undefined without boxes. */
  readonly gain: number | undefined;
  readonly ci95: readonly [number, number] | undefined;
};

const z95 = 1.96;

/** The interval is that of a difference of two shares of the same boxes, with half a box added to each cell. */
export function gainOf(boxes: readonly MeasuredBox[]): Gain {
  const count = (test: (box: MeasuredBox) => boolean) => boxes.filter(test).length;
  const mended = count((box) => box.shownBefore !== box.is && box.shownAfter === box.is);
  const broken = count((box) => box.shownBefore === box.is && box.shownAfter !== box.is);
  const n = boxes.length;
  return {
    boxes: n,
    rightBefore: count((box) => box.shownBefore === box.is),
    rightAfter: count((box) => box.shownAfter === box.is),
    alarmsGone: count((box) => !box.is && box.shownBefore && !box.shownAfter),
    truthsLost: count((box) => box.is && box.shownBefore && !box.shownAfter),
    gain: n === 0 ? undefined : (mended - broken) / n,
    ci95: n === 0 ? undefined : intervalOf(mended, broken, n),
  };
}

function intervalOf(mended: number, broken: number, n: number): readonly [number, number] {
  const [up, down, all] = [mended + 0.5, broken + 0.5, n + 2];
  const middle = (up - down) / all;
  const half = (z95 * Math.sqrt(up + down - (up - down) ** 2 / all)) / all;
  return [Math.max(-1, middle - half), Math.min(1, middle + half)];
}
