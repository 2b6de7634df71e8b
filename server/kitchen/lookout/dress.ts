// What somebody wears as far as colours tell: the families of colour of body and hat, and whether the body is bare.
import type { ColourPatch, MeasureAsk, Measured } from '../../../inference/colours.ts';
import { kindOfLabel } from '../../../inference/head-boxes.ts';
import type { Detection } from '../../../inference/types.ts';
import { bareShare } from './skin.ts';
import { type Cell, evenlyLit, type TopColours, topColours } from './top-colour.ts';

/** Where colours were measured. */
export type Dress = {
  /** Of a body its upper clothes, of a head what is on top of it. */
  readonly top?: TopColours;
  /** Of a body: the share of its upper part that has the colour of its own face. */
  readonly bare?: number;
};

/** Colours are compared with the whole picture, which says what white is in this light. */
export const wholePicture = { id: 'whole', box: [0, 0, 1, 1] } as const;

export function dressAsk(parts: readonly ('torsos' | 'heads')[]): MeasureAsk {
  const torsos = parts.includes('torsos') ? 'wanted' : 'not-wanted';
  return { zones: [wholePicture], torsos, ...(parts.includes('heads') ? { heads: 'wanted' } : {}) };
}

type Looked = { readonly detections: readonly Detection[]; readonly measured?: Measured | undefined };

/** `index`: of a person or a head among the detections. */
export function dressOf({ detections, measured }: Looked, index: number): Dress {
  const whole = measured?.zones.find(({ id }) => id === wholePicture.id);
  if (measured === undefined || whole === undefined) return {};
  const { torsos, heads = [] } = measured;
  const head = cellsOf(heads, index, whole);
  if (head !== undefined) return { top: topColours(hatCells(head)) };
  const torso = cellsOf(torsos, index, whole);
  if (torso === undefined) return {};
  const own = heads.find(({ of }) => sitsOn(detections[of], detections[index]));
  const bare = own && bareShare(torso, cellsOf(heads, own.of, whole) ?? []);
  return { top: topColours(torso), ...(bare === undefined ? {} : { bare }) };
}

function cellsOf(patches: Measured['torsos'], index: number, whole: ColourPatch): Cell[] | undefined {
  const patch = patches.find(({ of }) => of === index);
  return patch && evenlyLit(patch, whole);
}

/** The upper half without its corners, where the wall behind shows. */
function hatCells(head: readonly Cell[]): Cell[] {
  const side = Math.sqrt(head.length);
  return head.filter((_, at) => {
    const [row, column] = [Math.floor(at / side), at % side];
    return row < side / 2 && column > 0 && column < side - 1;
  });
}

const reachAbove = 0.05;
const reachDown = 0.35;

function sitsOn(head: Detection | undefined, body: Detection | undefined): boolean {
  if (head === undefined || body === undefined || kindOfLabel(body.label) !== 'body') return false;
  const [x, y] = [head.box[0] + head.box[2] / 2, head.box[1] + head.box[3] / 2];
  const [left, top, width, height] = body.box;
  return x >= left && x <= left + width && y >= top - reachAbove * height && y <= top + reachDown * height;
}
