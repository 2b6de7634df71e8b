// Makes parts of a picture black: what nobody is to see, and no model either.
import type { Pixels } from './image.ts';

/** Corners as fractions of the picture; at least three. */
export type Polygon = readonly (readonly [x: number, y: number])[];

/** A JPEG with these parts black; the picture itself when there are none. Throws PictureRefusal. */
export async function blackOut(image: Buffer, parts: readonly Polygon[]): Promise<Buffer> {
  if (parts.length === 0) return image;
  const { decodePixels, encodePixels, openPicture } = await import('./image.ts');
  const pixels = await decodePixels(await openPicture(image));
  for (const part of parts) fillBlack(pixels, part);
  return encodePixels(pixels);
}

/** Row by row, between each second pair of edges; rows and ends are rounded outwards, so that no edge shines through. */
function fillBlack({ data, width, height }: Pixels, part: Polygon): void {
  const corners = part.map(([x, y]): [number, number] => [x * width, y * height]);
  for (let row = 0; row < height; row++) {
    const spans = [row, row + 0.5, row + 1].flatMap((y) => spansAt(corners, y));
    for (const [from, to] of spans) {
      const start = Math.max(0, Math.floor(from));
      const end = Math.min(width, Math.ceil(to));
      if (end > start) data.fill(0, (row * width + start) * 3, (row * width + end) * 3);
    }
  }
}

function spansAt(corners: readonly [number, number][], y: number): [number, number][] {
  const crossings: number[] = [];
  let [px, py] = corners.at(-1) ?? [0, 0];
  for (const [qx, qy] of corners) {
    if (qy > y !== py > y) crossings.push(px + ((y - py) / (qy - py)) * (qx - px));
    [px, py] = [qx, qy];
  }
  crossings.sort((a, b) => a - b);
  return crossings.flatMap((from, index) => {
    const to = crossings[index + 1];
    return index % 2 === 0 && to !== undefined ? [[from, to] as [number, number]] : [];
  });
}
