// What strangers send instead of a picture: each kind gets its own clear answer, and the odd but honest ones are read.

import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePixels, encodeEvidence, openPicture, pictureLimits } from '../../../inference/image.ts';
import { PictureRefusal } from '../../../inference/picture-refusal.ts';
import { squares } from '../../support/pictures.ts';

const red = { r: 200, g: 30, b: 30 };

function plain(width = 200, height = 100): Sharp {
  return sharp({ create: { width, height, channels: 3, background: red } });
}

async function refusal(bytes: Buffer): Promise<string> {
  try {
    await decodePixels(await openPicture(bytes));
    return 'read';
  } catch (cause) {
    if (!(cause instanceof PictureRefusal)) throw cause;
    return cause.code;
  }
}

async function centre(bytes: Buffer): Promise<number[]> {
  const { data, width, height } = await decodePixels(await openPicture(bytes));
  const at = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 3;
  return [...data.subarray(at, at + 3)];
}

/** A PNG header that claims a size, with hardly any data behind it. */
function pngClaiming(width: number, height: number): Buffer {
  const chunk = (type: string, body: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(body.length, 0);
    frame.writeUInt32BE(crc32(named), 4);
    return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

async function animatedWebp(): Promise<Buffer> {
  const frames = await Promise.all(
    ['#f00', '#0f0', '#00f'].map((background) =>
      sharp({ create: { width: 64, height: 64, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  return sharp(frames, { join: { animated: true } })
    .webp({ loop: 0, delay: [100, 100, 100] })
    .toBuffer();
}

/** An ordinary PNG with the animation chunk right after its header. */
async function animatedPng(): Promise<Buffer> {
  const png = await plain().png().toBuffer();
  const body = Buffer.concat([Buffer.from('acTL', 'latin1'), Buffer.from('0000000200000000', 'hex')]);
  const length = Buffer.from('00000008', 'hex');
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([png.subarray(0, 33), length, body, check, png.subarray(33)]);
}

/** What a phone writes first: the box that names the kind of file. */
const heif = (brand: string) =>
  Buffer.concat([Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0mif1${brand}`, 'latin1'), Buffer.alloc(400)]);

describe('a file that is no picture we read', () => {
  it('is refused by what it is, not by what it is called', async () => {
    const jpeg = await squares(640, 360, []);
    const cases: [string, Buffer, string][] = [
      ['nothing', Buffer.alloc(0), 'empty'],
      ['text', Buffer.from('a note to the inspector'), 'not_a_picture'],
      [
        'SVG',
        Buffer.from(
          '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><image href="file:///etc/passwd"/></svg>',
        ),
        'not_a_picture',
      ],
      ['PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n'), 'not_a_picture'],
      ['zip', Buffer.from('504b0304140000000000', 'hex'), 'not_a_picture'],
      ['GIF', await plain().gif().toBuffer(), 'unsupported_type'],
      ['TIFF', await plain().tiff().toBuffer(), 'unsupported_type'],
      ['AVIF', await plain().avif().toBuffer(), 'unsupported_type'],
      ['HEIC of a phone', heif('heic'), 'heic'],
      ['HEIF of another phone', heif('mif1'), 'heic'],
      ['animated WebP', await animatedWebp(), 'animated'],
      ['animated PNG', await animatedPng(), 'animated'],
      ['1 × 1', await plain(1, 1).png().toBuffer(), 'too_small'],
      ['first half of a JPEG', jpeg.subarray(0, jpeg.length / 2), 'damaged'],
      ['JPEG header alone', jpeg.subarray(0, 200), 'damaged'],
      ['60,000 × 60,000 claimed', pngClaiming(60_000, 60_000), 'too_large'],
      ['16,000 × 16,000 claimed', pngClaiming(16_000, 16_000), 'too_large'],
      ['4,000 × 4,000 claimed, nothing there', pngClaiming(4_000, 4_000), 'damaged'],
      ['too many bytes', Buffer.concat([jpeg, Buffer.alloc(pictureLimits.maxBytes)]), 'too_large'],
    ];
    const found = await Promise.all(cases.map(async ([name, bytes]) => [name, await refusal(bytes)]));
    expect(found).toEqual(cases.map(([name, , code]) => [name, code]));
  });

  it('does not get memory for the size it claims', async () => {
    const before = process.memoryUsage.rss();
    for (let round = 0; round < 20; round++) await refusal(pngClaiming(16_000, 16_000));
    expect(process.memoryUsage.rss() - before).toBeLessThan(100e6);
  });

  it('made of random damage never brings anything but a reading or a refusal', async () => {
    const jpeg = await squares(320, 200, []);
    const png = await plain().png().toBuffer();
    const found = new Set<string>();
    for (let round = 0; round < 150; round++) {
      const bytes = Buffer.from(round % 2 === 0 ? jpeg : png);
      for (let hit = 0; hit < 6; hit++)
        bytes[(round * 7919 + hit * 104_729) % bytes.length] = (round * 31 + hit * 17) & 255;
      found.add(await refusal(bytes));
    }
    for (const code of found)
      expect(['read', 'damaged', 'not_a_picture', 'too_large', 'too_small', 'unsupported_type']).toContain(code);
    expect(found.has('read')).toBe(true);
    expect(found.has('damaged')).toBe(true);
  });
});

describe('an odd but honest picture', () => {
  it('in CMYK, 16 bits, grey, a palette or with transparency is read as plain colour', async () => {
    const near = (found: number[], wanted: number[], by: number): void => {
      for (const [index, value] of found.entries()) expect(Math.abs(value - wanted[index]!)).toBeLessThanOrEqual(by);
    };
    near(await centre(await plain().toColourspace('cmyk').jpeg().toBuffer()), [200, 30, 30], 40);
    near(await centre(await plain().toColourspace('rgb16').png().toBuffer()), [200, 30, 30], 2);
    near(await centre(await plain().png({ palette: true }).toBuffer()), [200, 30, 30], 2);
    near(await centre(await plain().webp().toBuffer()), [200, 30, 30], 6);
    const grey = await centre(await plain().greyscale().jpeg().toBuffer());
    expect(new Set(grey).size).toBe(1);
    const clear = sharp({ create: { width: 50, height: 50, channels: 4, background: { ...red, alpha: 0 } } });
    near(await centre(await clear.png().toBuffer()), [128, 128, 128], 1);
  });

  it('lying on its side stands up, in its pixels and in the evidence, which keeps no metadata', async () => {
    const lying = await plain(400, 200)
      .withExif({ IFD0: { Artist: '鼎香 kitchen 2' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const picture = await openPicture(lying);
    const pixels = await decodePixels(picture);
    expect([picture.width, picture.height, pixels.width, pixels.height]).toEqual([200, 400, 200, 400]);
    const evidence = await encodeEvidence(picture);
    expect([evidence.width, evidence.height]).toEqual([200, 400]);
    expect((await sharp(evidence.jpeg).metadata()).exif).toBeUndefined();
  });

  it('larger than we look at is decoded smaller, and its evidence is at most 1280 wide', async () => {
    const picture = await openPicture(await plain(4000, 3000).jpeg().toBuffer());
    const pixels = await decodePixels(picture);
    expect([pixels.width, pixels.height]).toEqual([1920, 1440]);
    expect((await encodeEvidence(picture)).width).toBe(1280);
  });
});
