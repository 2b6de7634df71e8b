// Makes heads on a picture, or the whole of it, unrecognisable for good: what is shown holds no more than a few blocks of it.
import type { OverlayOptions } from 'sharp';
import type { Box } from '../../inference/types.ts';

const openLibvips = () => import('../../inference/libvips.ts');

// What is left of a head: so few blocks across that nobody is recognised, not even by a patient program.
const blocksAcross = 4;
const growBy = 0.25;
// What is left of a whole picture: a face that fills half of it is still no more than a head's blocks.
const wholeAcross = 8;
const quality = 80;

/** Returns a JPEG of the same size. `heads` as fractions of the picture. */
export async function blurHeads(jpeg: Buffer, heads: readonly Box[]): Promise<Buffer> {
  if (heads.length === 0) return jpeg;
  const { sharp } = await openLibvips();
  const { width, height } = await sharp(jpeg).metadata();
  const patches: OverlayOptions[] = [];
  for (const head of heads) {
    const area = areaOf(head, width, height);
    if (area.width >= 1 && area.height >= 1) patches.push(await blocks(jpeg, area));
  }
  return sharp(jpeg).composite(patches).jpeg({ quality }).toBuffer();
}

/** Returns a JPEG of the same size in which nothing but a few colours is left. */
export async function blurWhole(jpeg: Buffer): Promise<Buffer> {
  const { sharp } = await openLibvips();
  const { width, height } = await sharp(jpeg).metadata();
  const down = Math.max(1, Math.round((wholeAcross * height) / width));
  const small = await sharp(jpeg)
    .resize(wholeAcross, Math.min(down, wholeAcross), { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { channels, ...size } = small.info;
  return sharp(small.data, { raw: { width: size.width, height: size.height, channels } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .jpeg({ quality })
    .toBuffer();
}

type Area = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

function areaOf([x, y, w, h]: Box, width: number, height: number): Area {
  const left = Math.max(0, Math.floor((x - w * growBy) * width));
  const top = Math.max(0, Math.floor((y - h * growBy) * height));
  const right = Math.min(width, Math.ceil((x + w * (1 + growBy)) * width));
  const bottom = Math.min(height, Math.ceil((y + h * (1 + growBy)) * height));
  return { left, top, width: right - left, height: bottom - top };
}

async function blocks(jpeg: Buffer, area: Area): Promise<OverlayOptions> {
  const { sharp } = await openLibvips();
  const across = Math.min(blocksAcross, area.width, area.height);
  const small = await sharp(jpeg)
    .extract(area)
    .resize(across, across, { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = small.info;
  const pipeline = sharp(small.data, { raw: { width, height, channels } }).resize(area.width, area.height, {
    fit: 'fill',
    kernel: 'cubic',
  });
  const input = await pipeline.raw().toBuffer();
  return { input, raw: { width: area.width, height: area.height, channels }, left: area.left, top: area.top };
}
