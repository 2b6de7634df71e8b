// The short look at a JPEG's header says what the decoder would say, or nothing at all.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readJpegHeader } from '../../../inference/jpeg-header.ts';

const picture = () => sharp({ create: { width: 90, height: 50, channels: 3, background: '#aa3020' } });

describe("a JPEG's header", () => {
  it('gives the size as stored and how the camera was held, plain or progressive', async () => {
    for (const progressive of [false, true]) {
      const plain = await picture().jpeg({ progressive }).toBuffer();
      expect(readJpegHeader(plain)).toEqual({ width: 90, height: 50, orientation: 1 });
    }
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const turned = await picture().withMetadata({ orientation }).jpeg().toBuffer();
      const known = await sharp(turned).metadata();
      expect(readJpegHeader(turned)).toEqual({ width: known.width, height: known.height, orientation });
    }
  });

  it('reads an orientation written by a big-endian camera', async () => {
    const plain = await picture().jpeg().toBuffer();
    const tiff = Buffer.from('4d4d002a00000008000101120003000000010006000000000000', 'hex');
    const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
    const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, body.length + 2]);
    const written = Buffer.concat([head, body, plain.subarray(2)]);
    expect((await sharp(written).metadata()).orientation).toBe(6);
    expect(readJpegHeader(written)).toEqual({ width: 90, height: 50, orientation: 6 });
  });

  it('that is cut off, twisted or no JPEG at all gives nothing, and the decoder is asked', async () => {
    const whole = await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const frame = whole.indexOf(Buffer.from([0xff, 0xc0]));
    for (let length = 0; length < frame + 9; length++)
      expect(readJpegHeader(whole.subarray(0, length))).toBeUndefined();
    const noHeight = Buffer.from(whole);
    noHeight.writeUInt16BE(0, frame + 5);
    const odd = Buffer.from(whole);
    odd.writeUInt16BE(9, whole.indexOf(Buffer.from('II')) + 18);
    for (const bytes of [noHeight, odd, await picture().png().toBuffer(), Buffer.alloc(64, 0xff)])
      expect(readJpegHeader(bytes)).toBeUndefined();
  });
});
