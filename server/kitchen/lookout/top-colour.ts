// Which families of colour somebody's clothes show, whatever the light: eight that people name alike.
import { bytesOf, type ColourPatch } from '../../../inference/colours.ts';
import type { ClothesColour } from '../camera/lookout.ts';

/** Shares of what was measured; together 1. */
export type TopColours = Partial<Record<ClothesColour, number>>;

/** Measured on renders in five colours of light: below it no colour is sure, and a pale blue coat is white. */
const colouredFrom = 0.2;
const dark = { below: 0.5, saturation: 0.16 } as const;
const whiteFrom = 0.66;

/** Upper ends of the hues in degrees; what is beyond the last is red again. */
const hues: readonly (readonly [until: number, colour: ClothesColour])[] = [
  [20, 'red'],
  [70, 'yellow'],
  [170, 'green'],
  [260, 'blue'],
  [335, 'purple'],
  [360, 'red'],
];

/** One cell of a patch, its channels 0 … 1, as if all light were white. */
export type Cell = readonly [red: number, green: number, blue: number];

export function topColours(cells: readonly Cell[]): TopColours {
  const counts: TopColours = {};
  for (const cell of cells) {
    const colour = colourOf(cell);
    counts[colour] = (counts[colour] ?? 0) + 1 / cells.length;
  }
  return counts;
}

/** `whole`: the picture it was cut from; it says what white looks like in this light. Undefined for what is no patch of ours. */
export function evenlyLit(part: ColourPatch, whole: ColourPatch): Cell[] | undefined {
  const [bytes, picture] = [bytesOf(part), bytesOf(whole)];
  if (bytes === undefined || picture === undefined) return undefined;
  const [red = 1, green = 1, blue = 1] = lightOf(picture);
  const level = (at: number, gain: number) => Math.min(1, (bytes[at] as number) * gain);
  return Array.from({ length: bytes.length / 3 }, (_, cell) => [
    level(cell * 3, red),
    level(cell * 3 + 1, green),
    level(cell * 3 + 2, blue),
  ]);
}

/** White walls and steel are what most kitchens are made of: the paler brighter parts are taken to be grey. */
const brighter = 0.4;
const paler = 0.7;
const whiteAt = { share: 0.92, level: 0.8 } as const;

/** A factor for each channel, to 0…1. */
function lightOf(picture: Uint8Array): number[] {
  const parts = Array.from({ length: picture.length / 3 }, (_, cell) => {
    const [red = 0, green = 0, blue = 0] = picture.subarray(cell * 3, cell * 3 + 3);
    const most = Math.max(red, green, blue);
    return { rgb: [red, green, blue], most, pale: (most - Math.min(red, green, blue)) / Math.max(1, most) };
  });
  const leastBright = quantile(
    parts.map(({ most }) => most),
    brighter,
  );
  const mostColour = quantile(
    parts.map(({ pale }) => pale),
    paler,
  );
  const greys = parts.filter(({ most, pale }) => most >= leastBright && pale <= mostColour);
  const means = [0, 1, 2].map((channel) => greys.reduce((sum, { rgb }) => sum + (rgb[channel] ?? 0), 1) / greys.length);
  const mean = (means[0] ?? 1) / 3 + (means[1] ?? 1) / 3 + (means[2] ?? 1) / 3;
  const white = quantile(
    parts.map(({ rgb: [red = 0, green = 0, blue = 0] }) => (red + green + blue) / 3),
    whiteAt.share,
  );
  return means.map((channel) => ((mean / channel) * whiteAt.level) / Math.max(1, white));
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function colourOf([red, green, blue]: Cell): ClothesColour {
  const most = Math.max(red, green, blue);
  const span = most - Math.min(red, green, blue);
  const saturation = most === 0 ? 0 : span / most;
  if (most < dark.below && saturation < dark.saturation) return 'black';
  if (saturation < colouredFrom) return most >= whiteFrom ? 'white' : 'grey';
  const hue = hueOf(red, green, blue, most, span);
  return hues.find(([until]) => hue < until)?.[1] ?? 'red';
}

function hueOf(red: number, green: number, blue: number, most: number, span: number): number {
  const sixth =
    most === red
      ? ((green - blue) / span + 6) % 6
      : most === green
        ? (blue - red) / span + 2
        : (red - green) / span + 4;
  return sixth * 60;
}
