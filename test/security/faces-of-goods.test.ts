// Pictures that come with goods: on the page a diner scans, of a diner's complaint, of an answer to a recall. Our own packs see no face on any.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDetector } from '../../inference/detector.ts';
import { sampleCamera } from '../../inference/sample.ts';
import type { Detector, Pool } from '../../inference/types.ts';
import { witness } from '../../inference/witness.ts';
import { addCamera } from '../../server/kitchen/camera/add-camera.ts';
import { cameraById, cameraSpec } from '../../server/kitchen/camera/camera-store.ts';
import { recordSample } from '../../server/kitchen/sample/record-sample.ts';
import { registerRestaurant } from '../../server/kitchen/shop/register-restaurant.ts';
import { readForCapture } from '../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../server/trace/capture/capture-events.ts';
import { lotByCode } from '../../server/trace/lot/lot-store.ts';
import { startRecall } from '../../server/trace/recall/start-recall.ts';
import { documentOf, events, lotUri, places, products } from '../support/cast.ts';
import { facesOn } from '../support/faces.ts';
import { person } from '../support/kitchen-cast.ts';
import { blindEye, openTestServer, type TestServer } from '../support/server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const still = (name: string) => readFileSync(join(root, 'samples/stills', `${name}.jpg`));
/** One masked and one bare face, both turned to the camera. */
const people: Buffer = still('sanwei-serving');
const elsewhere: Buffer = still('laojiefang-wash');
const code = lotUri(products.belly, 'A07');
const lotPage = `/01/${products.belly}/10/A07`;

let detector: Detector;
let server: TestServer;
let cast: ReturnType<typeof openShop>;
let sent: Buffer = people as Buffer;
beforeAll(async () => {
  detector = await openDetector({ modelsDir: join(root, 'models'), threads: 1 });
  const parts = {
    now: () => server.clock.now(),
    streams: { take: () => Promise.resolve({ jpeg: sent, at: server.clock.now() }) },
    witness: (image: Buffer, options: Parameters<typeof witness>[2]) => witness(detector, image, options),
  };
  const eye: Pool = {
    ...blindEye,
    packs: detector.packs,
    classify: (image, options) => detector.classify(image, options),
    heads: (image, look) => detector.heads(image, look),
    sample: (camera) => sampleCamera(camera, parts),
  };
  server = openTestServer({ eye });
  cast = openShop(server);
  const goods = events.commission(server.clock.now(), cast.restaurant.siteId, [[code, 10, 'KGM']]);
  captureDocument(server.deps, readForCapture(documentOf([goods]), 'application/ld+json'), null, {
    onError: 'rollback',
  });
}, 60_000);
afterAll(() => detector.close());

/** A kitchen that goods can be sent to, with one camera. */
function openShop({ deps }: TestServer) {
  const admin = person(deps, 'admin', 'admin-he');
  const standing = { licence: 'JY23309020041826', address: '荷塘路 18 号', opensAt: '00:00', closesAt: '00:00' };
  const restaurant = registerRestaurant(deps, admin, { name: '鼎香小馆', gln: places.dingxiang, ...standing });
  const seen = { place: '切配区', kind: 'rtsp', url: 'rtsp://192.0.2.14/stream1', sampleEverySeconds: 30 } as const;
  return { restaurant, camera: addCamera(deps, admin, { siteId: restaurant.siteId, ...seen }) };
}

const viewers = () =>
  [
    {},
    { as: 'owner', sites: [cast.restaurant.siteId] },
    { as: 'owner', sites: ['local:elsewhere'] },
    { as: 'partner', sites: ['local:elsewhere'] },
    { as: 'reviewer' },
    { as: 'inspector' },
    { as: 'admin' },
  ] as const;
type Viewer = ReturnType<typeof viewers>[number];

async function frames(jpeg: Buffer, count: number): Promise<void> {
  sent = jpeg;
  for (let index = 0; index < count; index++) {
    server.clock.pass(30_000);
    const camera = cameraById(server.db, cast.camera.id)!;
    recordSample(server.deps, await server.deps.eye.sample({ ...cameraSpec(server.deps, camera), always: true }));
  }
}

/** The pictures that a page shows to these eyes. */
async function picturesOn(path: string, viewer: Viewer): Promise<Buffer[]> {
  const text = await (await server.call(path, { ...viewer, headers: { accept: 'text/html' } })).text();
  const hrefs =
    text.match(/(?<=(?:src|href)=")\/(?:pictures|(?:complaints|recalls)\/[^"/]+\/photos)\/[0-9a-f]{64}[^"/]*(?=")/g) ??
    [];
  const found: Buffer[] = [];
  for (const href of new Set(hrefs)) {
    const answer = await server.call(href.replaceAll('&amp;', '&'), viewer);
    expect([href, answer.status, answer.headers.get('content-type')]).toEqual([href, 200, 'image/jpeg']);
    found.push(Buffer.from(await answer.arrayBuffer()));
  }
  return found;
}

/** How many pictures all these eyes together see on a page; each of them without a face. */
async function shown(path: string): Promise<number> {
  let count = 0;
  const known = new Set<string>();
  for (const viewer of viewers())
    for (const jpeg of await picturesOn(path, viewer)) {
      count += 1;
      const bytes = jpeg.toString('base64');
      if (!known.has(bytes)) expect(await facesOn(detector, jpeg), `${JSON.stringify(viewer)} at ${path}`).toBe(0);
      known.add(bytes);
    }
  return count;
}

async function withPhoto(path: string, viewer: Viewer, fields: Record<string, string>): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  body.set('photo', new File([new Uint8Array(people)], 'photo.jpg', { type: 'image/jpeg' }));
  return server.call(path, { ...viewer, method: 'POST', body, headers: { accept: 'text/html' } });
}

describe('no face is seen', { timeout: 120_000 }, () => {
  it('on the page of a lot that anybody may scan, whatever state the camera is in', async () => {
    expect(await facesOn(detector, people), 'there is one to be seen').toBeGreaterThan(0);
    await frames(people, 2);
    expect(await shown(lotPage)).toBe(viewers().length);
    const dark = await sharp(people).linear(0.09, 0).jpeg().toBuffer();
    for (const [jpeg, count] of [
      [elsewhere, 6],
      [dark, 4],
    ] as const) {
      await frames(jpeg, count);
      await shown(lotPage);
    }
  });

  it('on the photo of a complaint, before the inspector who works on it and the shop it is shown to', async () => {
    const asked = await server.call(`/reports/new?code=${encodeURIComponent(lotPage)}`, {
      headers: { accept: 'text/html' },
    });
    const ticket = /name="ticket" value="([^"]+)"/.exec(await asked.text())?.[1] ?? '';
    server.clock.pass(20_000);
    const fields = {
      code: lotPage,
      at: '',
      kind: 'spoiled',
      words: '有酸味，孩子吃后呕吐。',
      when: '2026-11-21',
      ticket,
    };
    expect((await withPhoto('/reports', {}, fields)).status).toBe(303);
    expect(await shown('/complaints/1')).toBeGreaterThan(0);
    await shown('/my/complaints');
  });

  it('on the photo of an answer to a recall, before its inspector and the holder', async () => {
    const lotId = lotByCode(server.db, code)?.id ?? 0;
    const { publicId } = startRecall(server.deps, { lotId, reason: '抽检不合格' }, null);
    const owner = { as: 'owner', sites: [cast.restaurant.siteId] } as const;
    const fields = { site: cast.restaurant.siteId, action: 'quarantined', quantity: '1', unit: 'KGM' };
    const answered = await withPhoto(`/my/recalls/${publicId}/answers`, owner, fields);
    expect(answered.status, await answered.clone().text()).toBe(303);
    expect((await shown(`/recalls/${publicId}`)) + (await shown('/my/recalls'))).toBeGreaterThan(0);
  });
});
