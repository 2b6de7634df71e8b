// Accepts a JPEG that lacks its last bytes, when nothing of the picture is missing with them.

import { openPicture, pictureLimits } from './image.ts';
import { sharp } from './libvips.ts';
import { PictureRefusal } from './picture-refusal.ts';

const endOfImage = Buffer.from([0xff, 0xd9]);
/** What the decoder puts where nothing came. */
const missingGrey = { from: 126, to: 130 } as const;
/** One row of its blocks. */
const mostMissingRows = 16;

/** The picture with its end put back. Throws PictureRefusal('damaged') when a visible part of it never came. */
export async function mendJpeg(jpeg: Buffer): Promise<Buffer> {
  const mended = Buffer.concat([jpeg, endOfImage]);
  await openPicture(mended);
  const { data, info } = await sharp(mended, { limitInputPixels: pictureLimits.maxPixels, failOn: 'none' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(() => {
      throw new PictureRefusal('damaged', 'The picture is damaged: it cannot be decoded.');
    });
  const row = info.width * info.channels;
  let missing = 0;
  while (
    missing < info.height &&
    isMissing(data.subarray(data.length - (missing + 1) * row, data.length - missing * row))
  )
    missing++;
  if (missing > mostMissingRows && missing < info.height)
    throw new PictureRefusal('damaged', `The picture is damaged: its last ${missing} rows never came.`);
  return mended;
}

function isMissing(row: Buffer): boolean {
  return row.every((value) => value >= missingGrey.from && value <= missingGrey.to);
}
