// Every kind of bad picture through each door: the command line, POST /api/classify, and a camera made of an upload. Each
// gets a clear answer of its own, and none ends the server.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classifyFile } from '../../inference/classify-file.ts';
import { openPool } from '../../inference/pool.ts';
import type { Box, Pool } from '../../inference/types.ts';
import { openCast } from '../support/kitchen-cast.ts';
import { squares } from '../support/pictures.ts';
import { openTestServer, type TestServer } from '../support/server.ts';
import { writePacks, yoloxPack } from '../support/tiny-packs.ts';

const red = { x: 256, y: 128, side: 256, colour: '#ff0000' };
const seen: Box = [0.2, 128 / 720, 0.2, 256 / 720];

let modelsDir: string;
let folder: string;
let pool: Pool;
let server: TestServer;
let site: string;
let frame: Buffer;

beforeAll(async () => {
  modelsDir = await writePacks(yoloxPack());
  folder = await mkdtemp(path.join(tmpdir(), 'bad-pictures-'));
  pool = await openPool({ modelsDir, workers: 1 });
  server = openTestServer({ eye: pool });
  site = openCast(server.deps).restaurant.siteId;
  frame = await squares(1280, 720, [red]);
});
afterAll(async () => {
  await pool.close();
  for (const each of [modelsDir, folder]) await rm(each, { recursive: true });
});

const plain = (width = 200, height = 120): Sharp =>
  sharp({ create: { width, height, channels: 3, background: '#aa3322' } });

async function animated(kind: 'gif' | 'webp'): Promise<Buffer> {
  const pages = await Promise.all([plain(64, 64), plain(64, 64).negate()].map((page) => page.png().toBuffer()));
  const both = sharp(pages, { join: { animated: true } });
  return kind === 'gif' ? both.gif().toBuffer() : both.webp().toBuffer();
}

/** 400 million pixels in 400 KB. */
function bomb(): Promise<Buffer> {
  return sharp({ create: { width: 16_000, height: 16_000, channels: 3, background: '#fff' }, limitInputPixels: false })
    .png({ compressionLevel: 9, palette: true, colours: 2 })
    .toBuffer();
}

async function badPictures(): Promise<[name: string, bytes: Buffer, code: string][]> {
  return [
    ['empty.jpg', Buffer.alloc(0), 'empty'],
    ['text.jpg', Buffer.from('a note to the inspector'), 'not_a_picture'],
    ['program.jpg', Buffer.from('7f454c4602010100', 'hex'), 'not_a_picture'],
    ['cut.jpg', frame.subarray(0, Math.floor(frame.length / 3)), 'damaged'],
    ['bomb.png', await bomb(), 'too_large'],
    ['animated.gif', await animated('gif'), 'unsupported_type'],
    ['animated.webp', await animated('webp'), 'animated'],
    ['dot.png', await plain(1, 1).png().toBuffer(), 'too_small'],
    ['heavy.jpg', Buffer.concat([frame, Buffer.alloc(20 * 1024 * 1024)]), 'too_large'],
  ];
}

const post = (bytes: Buffer): Promise<Response> =>
  server.call('/api/classify', {
    as: 'worker',
    method: 'POST',
    body: new Uint8Array(bytes),
    headers: { 'content-type': 'application/octet-stream' },
  });

async function upload(bytes: Buffer, name: string): Promise<Response> {
  const form = new FormData();
  for (const [field, value] of Object.entries({ siteId: site, place: '切配区', kind: 'picture' }))
    form.set(field, value);
  form.set('file', new File([new Uint8Array(bytes)], name));
  return server.call('/api/cameras', { as: 'owner', sites: [site], method: 'POST', body: form });
}

describe('a picture that cannot be looked at', { timeout: 120_000 }, () => {
  it('is refused by name at the command line, and a folder or a missing file too', async () => {
    const found: string[][] = [];
    const bad = await badPictures();
    for (const [name, bytes] of bad) {
      await writeFile(path.join(folder, name), bytes);
      const answer = await classifyFile(pool, path.join(folder, name));
      found.push([name, 'fault' in answer ? answer.fault.code : 'read']);
    }
    expect(found).toEqual(bad.map(([name, , code]) => [name, code]));
    for (const name of ['.', 'nowhere.jpg'])
      expect(await classifyFile(pool, path.join(folder, name))).toMatchObject({ fault: { code: 'unreadable' } });
  });

  it('is a 4xx with its reason at POST /api/classify and as a camera, and nothing of it is kept', async () => {
    const cameras = () => server.db.sqlite.prepare('SELECT count(*) FROM camera').pluck().get();
    const before = cameras();
    for (const [name, bytes, code] of await badPictures()) {
      const classified = await post(bytes);
      expect([name, classified.status >= 400 && classified.status < 500]).toEqual([name, true]);
      expect(await classified.text()).toContain(code);
      const added = await upload(bytes, name);
      expect([name, added.status >= 400 && added.status < 500]).toEqual([name, true]);
    }
    expect(cameras()).toBe(before);
    expect((await post(frame)).status).toBe(200);
  });
});

describe('an odd but honest picture', () => {
  it('is looked at, and its boxes lie where a person sees them', async () => {
    const upright = await sharp(frame).png().toBuffer();
    const odd: [string, Buffer][] = [
      ['CMYK', await sharp(upright).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer()],
      ['16 bits', await sharp(upright).toColourspace('rgb16').png().toBuffer()],
      ['WebP', await sharp(upright).webp({ quality: 95 }).toBuffer()],
      ['held upside down', await sharp(upright).rotate(180).withMetadata({ orientation: 3 }).jpeg().toBuffer()],
      ['held to the left', await sharp(upright).rotate(-90).withMetadata({ orientation: 6 }).jpeg().toBuffer()],
      ['held to the right', await sharp(upright).rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer()],
    ];
    for (const [name, bytes] of odd) {
      const { width, height, detections } = await pool.classify(bytes);
      expect([name, width, height]).toEqual([name, 1280, 720]);
      const best = detections.toSorted((a, b) => b.score - a.score)[0]!.box;
      const centre = [best[0] + best[2] / 2, best[1] + best[3] / 2] as const;
      expect([name, centre[0] > seen[0] && centre[0] < seen[0] + seen[2]]).toEqual([name, true]);
      expect([name, centre[1] > seen[1] && centre[1] < seen[1] + seen[3]]).toEqual([name, true]);
    }
  });
});
