// A camera for the browser's tests: a picture held still before it, as the raw video file that Chromium plays.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

const width = 640;
const height = 480;
const frames = 10;

/** Writes a YUV4MPEG2 file of the picture on white, and returns its path. */
export async function cameraHolding(picture: Buffer): Promise<string> {
  const code = await sharp(picture).resize(360, 360, { kernel: 'nearest' }).flatten({ background: '#fff' }).toBuffer();
  const luma = await sharp({ create: { width, height, channels: 3, background: '#fff' } })
    .composite([{ input: code }])
    .greyscale()
    .raw()
    .toBuffer();
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)]);
  const path = join(mkdtempSync(join(tmpdir(), 'bright-kitchen-')), 'camera.y4m');
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(path, Buffer.concat([head, ...Array.from({ length: frames }, () => frame)]));
  return path;
}
