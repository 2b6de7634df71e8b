// From how far away what can be seen: the size of a head at a distance, and how much was found at that size.

/** Breadth of a head, and the field of view of the usual 2.8 to 4 mm lenses. */
export const headMetres = 0.16;
export const fieldOfViewDegrees = 90;
/** The shorter side of a cigarette's box, tilted as it is held. */
const cigaretteMetres = 0.05;

/**
 * Shares found by the shipped packs at their thresholds, by the shorter side in pixels from which they hold. Held-out photographs, as they are and at
 * half their size: models/train/by_size.py, whose whole table is in the model card.
 */
const foundFrom = {
  mask: [
    [8, 0.52],
    [12, 0.78],
    [16, 0.8],
    [24, 0.88],
  ],
  hat: [
    [8, 0.38],
    [12, 0.53],
    [16, 0.75],
  ],
  smoking: [
    [8, 0.66],
    [16, 0.84],
    [48, 0.9],
  ],
} as const satisfies Readonly<Record<string, readonly (readonly [px: number, share: number])[]>>;

export type SeenKind = keyof typeof foundFrom;

export const seenAnswers = ['mostly', 'partly', 'no'] as const;
export type SeenAnswer = (typeof seenAnswers)[number];

export type SeenSize = { readonly metres: number; readonly headPx: number } & Readonly<Record<SeenKind, SeenAnswer>>;

const distances = [2, 3, 4, 6] as const;
const mostlyFrom = 0.75;
const partlyFrom = 0.5;

/** `width` of the picture as it came. */
export function seenSizes(width: number): SeenSize[] {
  return distances.map((metres) => {
    const headPx = pixels(width, metres, headMetres);
    const cigarettePx = pixels(width, metres, cigaretteMetres);
    const [mask, hat] = [answer('mask', headPx), answer('hat', headPx)];
    return { metres, headPx, mask, hat, smoking: answer('smoking', cigarettePx) };
  });
}

function pixels(width: number, metres: number, size: number): number {
  const halfAngle = ((fieldOfViewDegrees / 2) * Math.PI) / 180;
  return Math.round((width * size) / (2 * metres * Math.tan(halfAngle)));
}

function answer(kind: SeenKind, px: number): SeenAnswer {
  const share = foundFrom[kind].reduce((found, [from, value]) => (px >= from ? value : found), 0);
  return share >= mostlyFrom ? 'mostly' : share >= partlyFrom ? 'partly' : 'no';
}
