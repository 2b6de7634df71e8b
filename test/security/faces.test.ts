// Every picture that the program shows, for every role and every state of the frame: where a face should not be seen, our own packs see none.
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../server/accounts/caller.ts';
import { judgeFlag } from '../../server/kitchen/desk/judge-flag.ts';
import { openFlagFrame } from '../../server/kitchen/desk/open-flag-frame.ts';
import { leaseMs } from '../../server/kitchen/flag/decision.ts';
import { answerOrder } from '../../server/kitchen/order/answer-order.ts';
import { pictureLinks } from '../../server/kitchen/picture/picture-link.ts';
import { showKitchenPicture } from '../../server/kitchen/picture/show-kitchen-picture.ts';
import { recordSample } from '../../server/kitchen/sample/record-sample.ts';
import { detailOf, facesOn } from '../support/faces.ts';
import type { Cast } from '../support/kitchen-cast.ts';
import type { TestServer } from '../support/server.ts';
import { faultsOf, openWatchedKitchen, people, still, type WatchedKitchen } from '../support/watched-kitchen.ts';

const elsewhere = still('laojiefang-wash');

let house: WatchedKitchen;
let server: TestServer;
let cast: Cast;
/** The public page of a lot that this kitchen holds. */
let lotPage: string;
let lotId: number;
const frames: WatchedKitchen['frames'] = (jpeg, count) => house.frames(jpeg, count);
const camera = () => house.camera();

beforeAll(async () => {
  house = await openWatchedKitchen();
  ({ server, cast } = house);
  const goods = { origin: '白沙村', batch: 'Q1', product: '青菜', quantity: '3', unit: 'KGM' };
  const lot = await server.call('/api/lots', { as: 'owner', sites: [cast.restaurant.siteId], form: goods });
  const { id, page } = (await lot.json()) as { id: number; page: string };
  [lotId, lotPage] = [id, new URL(page).pathname];
});
afterAll(() => house.close());

const shared = new Map<string, Promise<number>>();

/** The same bytes are looked at once. */
function faces(jpeg: Buffer): Promise<number> {
  const key = jpeg.toString('base64');
  const known = shared.get(key) ?? facesOn(house.detector, jpeg);
  shared.set(key, known);
  return known;
}

type Viewer = { readonly as?: Role; readonly sites?: readonly string[] };

async function bytesAt(href: string, viewer: Viewer): Promise<Buffer | undefined> {
  const answer = await server.call(href.replaceAll('&amp;', '&'), viewer);
  if (answer.status !== 200) return undefined;
  expect(answer.headers.get('content-type')).toBe('image/jpeg');
  return Buffer.from(await answer.arrayBuffer());
}

/** Every picture address on a page or in an answer. */
async function picturesOn(path: string, viewer: Viewer): Promise<string[]> {
  const answer = await server.call(path, { ...viewer, headers: { accept: 'text/html, application/json' } });
  const text = await answer.text();
  return [
    ...new Set(text.match(/\/(?:pictures|flags)\/[0-9a-f]+(?:\/pictures\/\d+|\/original)?\?expires=[^"'\\ ]+/g) ?? []),
  ];
}

const viewers = (): [string, Viewer][] => [
  ['nobody', {}],
  ['the owner', { as: 'owner', sites: [cast.restaurant.siteId] }],
  ['another owner', { as: 'owner', sites: ['local:elsewhere'] }],
  ['a partner', { as: 'partner', sites: ['local:elsewhere'] }],
  ['a worker', { as: 'worker' }],
  ['a reviewer', { as: 'reviewer' }],
  ['an inspector', { as: 'inspector' }],
  ['an administrator', { as: 'admin' }],
];

const pages = () => [
  '/review',
  '/review/lens',
  '/review/unsure',
  '/review/orders',
  '/my',
  '/my/orders',
  '/kitchens',
  `/kitchens/${cast.restaurant.id}`,
  `/cameras/${cast.camera.id}`,
  `/cameras/${cast.camera.id}/rules`,
  '/orders/1',
  '/api/flags',
  '/api/flags/1',
  '/records',
  `/records/${encodeURIComponent(cast.restaurant.siteId)}`,
  lotPage,
  `/lots/${lotId}/kitchens`,
];

/** Addresses of pictures that these eyes can reach, with what is at each. */
async function everythingSeen(viewer: Viewer): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const last = camera().lastFrameHash ?? '';
  const hrefs = [pictureLinks(server.deps).shown(last), `/pictures/${last}`, `/pictures/${last}/original`];
  for (const path of pages()) hrefs.push(...(await picturesOn(path, viewer)));
  for (const href of new Set(hrefs)) {
    const bytes = await bytesAt(href, viewer);
    if (bytes !== undefined) found.set(href.split('?')[0] ?? '', bytes);
  }
  return found;
}

/** What anybody sees that should not: a face anywhere but on a flag's own frame before whoever judges it. */
async function facesShown(): Promise<string[]> {
  const wrong: string[] = [];
  for (const [name, viewer] of viewers()) {
    for (const [path, jpeg] of await everythingSeen(viewer)) {
      const own = /^\/flags\/\d+\/pictures\/\d+$/.test(path) && (viewer.as === 'reviewer' || viewer.as === 'admin');
      if (!own && (await faces(jpeg)) > 0) wrong.push(`${name} sees a face at ${path}`);
    }
  }
  return wrong;
}

const dark = (jpeg: Buffer) => sharp(jpeg).linear(0.09, 0).jpeg().toBuffer();

const coveredHalf = (jpeg: Buffer) =>
  sharp(jpeg)
    .composite([
      { input: { create: { width: 850, height: 720, channels: 3, background: '#6b675f' } }, left: 0, top: 0 },
    ])
    .jpeg()
    .toBuffer();

describe('a picture is shown without faces', { timeout: 120_000 }, () => {
  it('the stills that this test shows do hold faces, and the second opinion finds them', async () => {
    expect(await faces(people)).toBeGreaterThan(0);
    expect(await faces(elsewhere)).toBeGreaterThan(0);
  });

  it('of a camera in order, whose frame was judged by the models', async () => {
    const sample = await frames(people, 2);
    expect(faultsOf(sample)).toEqual([]);
    expect(sample.looked).toBe(true);
    expect(await facesShown()).toEqual([]);
  });

  it.each([
    ['moved', () => Promise.resolve(elsewhere), 6],
    ['covered', () => coveredHalf(people), 4],
    ['black', () => dark(people), 4],
  ] as const)('of a camera whose check says %s, though no model judged it', async (kind, picture, count) => {
    await frames(people, 2);
    const sample = await frames(await picture(), count);
    expect(faultsOf(sample)).toContain(kind);
    expect(sample.looked).toBe(false);
    expect(sample.reading.heads).toBeDefined();
    expect(await facesShown()).toEqual([]);
  });

  it('on the public page of a lot, where anybody sees the kitchen, and beside it for an inspector', async () => {
    await frames(people, 2);
    const [href, ...others] = await picturesOn(lotPage, {});
    expect(others).toEqual([]);
    expect(await faces((await bytesAt(href!, {}))!)).toBe(0);
    expect((await picturesOn(`/lots/${lotId}/kitchens`, { as: 'inspector' })).length).toBeGreaterThan(0);
  });

  it('of a camera that is away since: its last picture stays, and stays blurred', async () => {
    await frames(people);
    server.clock.pass(30_000);
    const fault = { code: 'timeout', detail: 'No answer.' } as const;
    recordSample(server.deps, { ok: false, cameraId: String(cast.camera.id), at: server.clock.now(), fault });
    expect(await facesShown()).toEqual([]);
  });

  it('that nobody ever looked at: nothing but colours is left of it, also while the eye is away', async () => {
    await frames(await sharp(people).flop().jpeg({ quality: 90 }).toBuffer());
    const hash = camera().lastFrameHash!;
    server.db.sqlite.prepare("UPDATE stored_picture SET look = NULL, heads = '[]' WHERE hash = ?").run(hash);
    house.now.blind = true;
    try {
      expect(await facesShown()).toEqual([]);
      const jpeg = await bytesAt(`/pictures/${hash}`, { as: 'owner', sites: [cast.restaurant.siteId] });
      expect(await detailOf(jpeg!)).toBeLessThan((await detailOf(people)) / 10);
    } finally {
      house.now.blind = false;
    }
  });

  it('of a test that an owner made, on the page and through the API', async () => {
    house.now.jpeg = people;
    const owner = { as: 'owner', sites: [cast.restaurant.siteId] } as const;
    server.clock.pass(30_000);
    const tested = await server.call(`/api/cameras/${cast.camera.id}/test`, { ...owner, method: 'POST' });
    const { picture } = (await tested.json()) as { picture: string };
    expect(await faces((await bytesAt(picture, owner))!)).toBe(0);
    expect(await faces((await bytesAt(picture, {}))!)).toBe(0);
  });

  it('also when the packs know no heads: then it is blurred whole', async () => {
    await frames(await sharp(people).flop().jpeg({ quality: 83 }).toBuffer());
    const hash = camera().lastFrameHash!;
    server.db.sqlite.prepare("UPDATE stored_picture SET look = NULL, heads = '[]' WHERE hash = ?").run(hash);
    const blindToHeads = { ...server.deps.eye, heads: () => Promise.resolve(undefined) };
    const picture = await showKitchenPicture({ ...server.deps, eye: blindToHeads }, hash, {
      role: 'owner',
      purpose: 'page',
    });
    expect(picture?.sight).toBe('whole');
  });

  it('of an answer to an order, also before the reviewer who closes it', async () => {
    // Whoever looked at pages before holds flags no longer.
    server.clock.pass(leaseMs);
    await frames(people);
    const flag = server.db.sqlite.prepare("SELECT max(id) FROM flag WHERE status = 'open'").pluck().get() as number;
    const orderId = judgeFlag(server.deps, cast.reviewer, { flagId: flag, decision: 'confirmed' }).orderId!;
    await answerOrder(server.deps, cast.owner, { orderId, text: '已戴好', photo: elsewhere });
    for (const viewer of viewers().map(([, each]) => each)) {
      const hrefs = await picturesOn(`/orders/${orderId}`, viewer);
      for (const href of hrefs) expect(await faces((await bytesAt(href, viewer))!)).toBe(0);
      if (viewer.as === 'reviewer') expect(hrefs.length).toBeGreaterThan(1);
    }
    expect(await facesShown()).toEqual([]);
  });

  it('in a data set that is to be blurred, and as seen only with a reason', async () => {
    const flag = server.db.sqlite.prepare("SELECT picture_hash FROM flag WHERE violation = 'no_mask'").pluck().get();
    const deps = server.deps;
    const shown = await showKitchenPicture(deps, String(flag), { role: 'admin', purpose: 'export' });
    expect(await faces(shown!.jpeg)).toBe(0);
    const seen = await showKitchenPicture(deps, String(flag), { role: 'admin', purpose: 'training' });
    expect(await faces(seen!.jpeg)).toBeGreaterThan(0);
  });
});

describe('a face is shown', { timeout: 120_000 }, () => {
  // Whoever looked at pages before holds flags no longer.
  beforeEach(() => house.server.clock.pass(leaseMs));

  it('to the reviewer of a flag on its own frame, and the verdict says since when', async () => {
    await frames(people);
    const flagId = server.db.sqlite.prepare("SELECT max(id) FROM flag WHERE status = 'open'").pluck().get() as number;
    const href = pictureLinks(server.deps).judging(flagId, cast.reviewer.id);
    const since = server.clock.now();
    const picture = await openFlagFrame(server.deps, cast.reviewer, flagId);
    expect(href).toContain(`/flags/${flagId}/pictures/${cast.reviewer.id}?`);
    expect(await faces(picture!.jpeg)).toBeGreaterThan(0);
    server.clock.pass(4_000);
    judgeFlag(server.deps, cast.reviewer, { flagId, decision: 'confirmed' });
    const entry = server.db.sqlite
      .prepare("SELECT body FROM ledger_entry WHERE kind = 'verdict' AND subject = ? ORDER BY seq DESC")
      .pluck()
      .get(`flag/${flagId}`);
    expect(JSON.parse(String(entry))).toMatchObject({ sight: { since } });
  });

  it('to no reviewer of their own shop', async () => {
    const own = { ...cast.reviewer, sites: [cast.restaurant.siteId] };
    await expect(openFlagFrame(server.deps, own, 1)).rejects.toThrow();
  });

  it('to an inspector who writes down why, for five minutes', async () => {
    await frames(people);
    const hash = camera().lastFrameHash!;
    const form = { reason: '核实投诉 12315-90' };
    const opened = await server.call(`/pictures/${hash}/openings`, { as: 'inspector', form });
    const href = opened.headers.get('location')!;
    expect(await faces((await bytesAt(href, { as: 'inspector' }))!)).toBeGreaterThan(0);
    for (const viewer of viewers()
      .map(([, each]) => each)
      .filter(({ as }) => as !== 'inspector'))
      expect(await bytesAt(href, viewer)).toBeUndefined();
    server.clock.pass(300_001);
    expect(await bytesAt(href, { as: 'inspector' })).toBeUndefined();
  });
});
