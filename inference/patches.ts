// Small coloured copies of parts of a frame: drawn zones, upper bodies and heads of people. What they mean is for others to say.
import type { ColourPatch, MeasureAsk, Measured } from './colours.ts';
import type { Pixels } from './image.ts';
import type { Box, Detection } from './types.ts';

/** Cells across and down. */
export const zoneCells = 32;
export const torsoCells = 8;
export const headCells = 8;
const mostPeople = 12;
/** One for each lookout, and the whole picture. */
const mostZones = 9;

/** Of a standing person: below the head, above the belt, without the arms at the sides. */
const torso = { left: 0.22, right: 0.78, top: 0.2, bottom: 0.5 } as const;

type Person = Detection & { readonly index: number; readonly part: 'head' | 'body' };

/** `pixels` of the whole frame, at whatever size. */
export function measure(pixels: Pixels, ask: MeasureAsk, people: readonly Person[]): Measured {
  const patchesOf = (part: Person['part'], cells: number, boxOf: (box: Box) => Box) =>
    largest(people, part).map(({ index, box }) => ({ of: index, ...patchOf(pixels, boxOf(box), cells) }));
  return {
    zones: ask.zones.slice(0, mostZones).map(({ id, box }) => ({ id, ...patchOf(pixels, box, zoneCells) })),
    torsos: ask.torsos === 'wanted' ? patchesOf('body', torsoCells, torsoOf) : [],
    ...(ask.heads === 'wanted' ? { heads: patchesOf('head', headCells, (box) => box) } : {}),
  };
}

function largest(people: readonly Person[], part: Person['part']): Person[] {
  return people
    .filter((person) => person.part === part)
    .sort((a, b) => b.box[3] - a.box[3])
    .slice(0, mostPeople);
}

export function torsoOf([x, y, w, h]: Box): Box {
  const { left, right, top, bottom } = torso;
  return [x + w * left, y + h * top, w * (right - left), h * (bottom - top)];
}

/** Means of `cells` × `cells` parts of the box, row by row, three bytes each: red, green, blue. */
function patchOf(pixels: Pixels, box: Box, cells: number): ColourPatch {
  const rgb = new Uint8Array(cells * cells * 3);
  const edgesX = edges(box[0], box[2], cells, pixels.width);
  const edgesY = edges(box[1], box[3], cells, pixels.height);
  for (let row = 0; row < cells; row++) fillRow(rgb, row, pixels, edgesX, edgesY, cells);
  return { cells, rgb: Buffer.from(rgb).toString('base64') };
}

function fillRow(
  rgb: Uint8Array,
  row: number,
  { data, width }: Pixels,
  edgesX: Int32Array,
  edgesY: Int32Array,
  cells: number,
): void {
  const top = edgesY[2 * row] as number;
  const bottom = edgesY[2 * row + 1] as number;
  for (let cell = 0; cell < cells; cell++) {
    const left = edgesX[2 * cell] as number;
    const right = edgesX[2 * cell + 1] as number;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let y = top; y < bottom; y++) {
      for (let at = (y * width + left) * 3; at < (y * width + right) * 3; at += 3) {
        red += data[at] as number;
        green += data[at + 1] as number;
        blue += data[at + 2] as number;
      }
    }
    const count = (bottom - top) * (right - left);
    const to = (row * cells + cell) * 3;
    rgb[to] = red / count + 0.5;
    rgb[to + 1] = green / count + 0.5;
    rgb[to + 2] = blue / count + 0.5;
  }
}

/** From where to where each cell reaches, inside the picture and at least a pixel. */
function edges(start: number, length: number, cells: number, pixels: number): Int32Array {
  const found = new Int32Array(cells * 2);
  for (let cell = 0; cell < cells; cell++) {
    const from = Math.min(pixels - 1, Math.max(0, Math.floor((start + (length * cell) / cells) * pixels)));
    const to = Math.floor((start + (length * (cell + 1)) / cells) * pixels);
    found[2 * cell] = from;
    found[2 * cell + 1] = Math.min(pixels, Math.max(from + 1, to));
  }
  return found;
}
