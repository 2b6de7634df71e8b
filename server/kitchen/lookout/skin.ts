// Whether an upper body has the colour of the face above it. It knows a colour and no face.
import type { Cell } from './top-colour.ts';

/** Measured on renders: a face that is no more coloured than this says nothing, and no skin is paler. */
const leastColour = 0.1;
const near = 0.1;
const darkest = 0.35;
const brightest = 2.2;
const leastCells = 3;

/** Of the cells of the upper body; undefined where the face shows no skin that could be compared. */
export function bareShare(torso: readonly Cell[], head: readonly Cell[]): number | undefined {
  const skin = skinOf(head);
  if (skin === undefined || torso.length === 0) return undefined;
  const [face, level] = [colouring(skin), meanOf(skin)];
  if (spread(face) < leastColour) return undefined;
  const alike = torso.filter((cell) => {
    const own = colouring(cell);
    const apart = Math.max(...own.map((value, channel) => Math.abs(value - (face[channel] ?? 0))));
    const light = meanOf(cell) / level;
    return apart < near && spread(own) >= leastColour && light > darkest && light < brightest;
  });
  return alike.length / torso.length;
}

/** The middle one of the cells under the brow that are redder than green and greener than blue. */
function skinOf(head: readonly Cell[]): Cell | undefined {
  const side = Math.sqrt(head.length);
  const cells = head.filter((cell, at) => {
    const [row, column] = [Math.floor(at / side), at % side];
    return row >= (side * 3) / 8 && column >= side / 4 && column < (side * 3) / 4 && isSkin(cell);
  });
  if (cells.length < leastCells) return undefined;
  const middle = (channel: 0 | 1 | 2) => {
    const sorted = cells.map((cell) => cell[channel]).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  return [middle(0), middle(1), middle(2)];
}

function isSkin([red, green, blue]: Cell): boolean {
  return red > green * 1.03 && green > blue && red + green + blue > 0.3;
}

/** Each channel's part of the brightness, as a logarithm. */
function colouring(cell: Cell): number[] {
  const floor = 0.02;
  const mean = cell.reduce((sum, level) => sum + Math.max(floor, level), 0) / 3;
  return cell.map((level) => Math.log(Math.max(floor, level) / mean));
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

function meanOf([red, green, blue]: Cell): number {
  return (red + green + blue) / 3;
}
