// The pages and the API of model packs: what an administrator sees and presses, and what nobody else may see.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeenFrame } from '../../../inference/sample.ts';
import { layOutPacks } from '../../../server/kitchen/pack/lay-out-packs.ts';
import { shadowPackSet } from '../../../server/kitchen/pack/pack-store.ts';
import { lookInShadow } from '../../../server/kitchen/shadow/look-in-shadow.ts';
import { frameOf, openCast } from '../../support/kitchen-cast.ts';
import { filesOf, openPackHouse, type PackHouse, reds } from '../../support/pack-house.ts';
import { squares } from '../../support/pictures.ts';
import type { TinyPack } from '../../support/tiny-packs.ts';

let house: PackHouse;

beforeAll(async () => {
  house = await openPackHouse();
});
afterAll(() => house.close());

const html = { accept: 'text/html' };
const get = (path: string, lang = 'en') =>
  house.server.call(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, { as: 'admin', headers: html });
const textOf = async (path: string, lang = 'en') => (await (await get(path, lang)).text()).replaceAll(/\s+/g, ' ');

function upload(path: string, packs: readonly TinyPack[], fields: Readonly<Record<string, string>> = {}) {
  const form = new FormData();
  for (const { name, bytes } of filesOf(...packs)) form.append('files', new File([new Uint8Array(bytes)], name));
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return house.server.call(path, { as: 'admin', method: 'POST', body: form, headers: html });
}

const api = async (path: string, json?: unknown, method?: string) => {
  const options = {
    as: 'admin' as const,
    ...(json === undefined ? {} : { json }),
    ...(method === undefined ? {} : { method }),
  };
  const answer = await house.server.call(path, options);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

describe('model packs', () => {
  it('the page says what is in use and how the first candidate comes', async () => {
    const english = await textOf('/packs');
    expect(english).toContain('squares-yolox');
    expect(english).toContain('No candidate runs in shadow');
    expect(english).not.toContain('Go back to set');
    expect(await textOf('/packs', 'zh-CN')).toContain('没有候选在影子运行');
  });

  it('a good upload becomes a candidate; a bad one is refused with its reasons, and nothing changes', async () => {
    const added = await upload('/packs', [reds({ threshold: 0.3 })], { note: 'softer' });
    expect([added.status, added.headers.get('location')]).toEqual([303, '/packs?added=2']);
    expect(await textOf('/packs?added=2')).toContain('Set 2 passed every check');
    const [pack] = [reds({ version: '3' })];
    const bad = await upload('/packs', [{ ...pack!, model: Buffer.from('not a model') }]);
    expect(bad.status).toBe(400);
    expect(await bad.text()).toContain('has the SHA-256');
    expect((await upload('/packs', [reds({ threshold: 0.3 })])).status).toBe(409);
    const refused = await upload('/api/packs', [{ ...pack!, model: Buffer.from('not a model') }]);
    expect([refused.status, ((await refused.json()) as { faults: { code: string }[] }).faults[0]?.code]).toEqual([
      400,
      'pack',
    ]);
    expect((await api('/api/packs', {}, 'POST')).status).toBe(415);
    expect(((await api('/api/packs')).body['sets'] as unknown[]).length).toBe(2);
  });

  it('other thresholds become a candidate by a form; the thresholds of now do not', async () => {
    const send = (threshold: string) =>
      house.server.call('/packs/thresholds', { as: 'admin', form: { 'squares-yolox red': threshold }, headers: html });
    expect((await send('0.6')).status).toBe(400);
    expect((await send('2')).status).toBe(400);
    expect((await send('0.75')).headers.get('location')).toBe('/packs?added=3');
    const again = await api('/api/packs/thresholds', { thresholds: { 'squares-yolox red': 0.8 } });
    expect([again.status, again.body['state']]).toEqual([201, 'candidate']);
  });
});

describe('a comparison', () => {
  it('says how to begin while nothing ran, and that there is nothing to compare the first set with', async () => {
    expect(await textOf('/packs/2')).toContain('Nothing to compare yet');
    expect(await textOf('/packs/2')).toContain('red Threshold 0.6 → 0.3');
    expect(await textOf('/packs/1')).toContain('There is no other set to compare with');
    expect((await api('/api/packs/1/comparison')).status).toBe(409);
    expect((await get('/packs/99')).status).toBe(404);
    expect((await get('/packs/2/disagreements')).status).toBe(404);
  });

  it('shows a disagreement as a picture with the boxes of both, blurred in the list and when opened', async () => {
    const { deps, server } = house;
    const { camera } = openCast(deps);
    const started = await server.call('/packs/2/shadow', { as: 'admin', form: { percent: '50' }, headers: html });
    expect(started.headers.get('location')).toBe('/packs/2');
    const set = shadowPackSet(deps.db)!;
    const folder = layOutPacks(deps, set);
    const image = await squares(640, 384, [{ x: 128, y: 64, side: 128, colour: '#690000' }]);
    const plain = await frameOf(camera, { at: server.clock.now() });
    const { packs } = await deps.eye.classify(image);
    const sample = { ...plain, reading: { ...plain.reading, packs, detections: [] } };
    const seen: SeenFrame = { camera: { id: String(camera.id), kind: 'snapshot', allow: [] }, image, sample };
    await lookInShadow(deps, { set, folder, packs: await deps.apart.check(folder) }, seen);
    const list = await textOf('/packs/2');
    expect(list).toContain('1 place');
    expect(list).toContain('Nobody judged this yet');
    expect(list).toContain('Too little evidence');
    expect(list).toMatch(/<g class="of-new">.*<rect class="edge"/);
    expect(list).not.toContain('/original?');
    const one = await textOf('/packs/2/disagreements?n=1');
    expect(one).toMatch(/\/pictures\/[0-9a-f]{64}\?expires/);
    expect(one).not.toContain('/original?');
    expect(one).toContain('red: Candidate flags it, in use not');
    expect((await get('/packs/2/disagreements?n=2')).status).toBe(404);
    expect(await textOf('/packs/2?by=old')).toContain('No picture fits the filter');
    expect((await get('/packs/2?by=elsewhere')).status).toBe(400);
    const told = (await api('/api/packs/2/comparison')).body;
    expect(told).toMatchObject({
      old: 1,
      new: 2,
      disagreementsInAll: 1,
      load: { frames: 1, old: { hits: 0 }, new: { hits: 1 } },
    });
  });

  it('of a candidate is nobody else’s: no reviewer’s queue, no owner’s page, no public answer knows of it', async () => {
    const { call } = house.server;
    expect(await (await call('/api/flags', { as: 'reviewer' })).json()).toMatchObject({ flags: [] });
    for (const role of ['reviewer', 'owner', 'inspector', 'partner'] as const) {
      expect((await call('/packs/2', { as: role })).status).toBe(403);
      expect((await call('/api/packs/2/comparison', { as: role })).status).toBe(403);
    }
    expect(house.deps.db.sqlite.prepare('SELECT count(*) FROM flag').pluck().get()).toBe(0);
  });
});

describe('putting a set in use', () => {
  it('asks why on a page that shows the differences again, and refuses silence', async () => {
    const asked = await textOf('/packs/2/promotion');
    expect(asked).toContain('Put set 2 in use?');
    expect(asked).toContain('There is not enough evidence');
    expect(asked).toContain('0.6 → 0.3');
    const silent = await house.server.call('/packs/2/promotion', { as: 'admin', form: { reason: ' ' }, headers: html });
    expect(silent.status).toBe(400);
    expect(house.deps.eye.packs.some(({ version }) => version === '2.0.0')).toBe(false);
  });

  it('gives the eye the new packs at once; one press brings the old ones back', async () => {
    const { call } = house.server;
    const promoted = await call('/packs/2/promotion', {
      as: 'admin',
      form: { reason: 'half the misses' },
      headers: html,
    });
    expect(promoted.headers.get('location')).toBe('/packs?promoted=2');
    expect(house.deps.eye.packs.map(({ version }) => version)).toEqual(['1.0.0', '2.0.0']);
    const listed = await textOf('/packs?promoted=2');
    expect(listed).toContain('Set 2 is in use');
    expect(listed).toContain('half the misses');
    expect(listed).toContain('Go back to set 1');
    expect((await get('/packs/2/promotion')).status).toBe(409);
    const models = (await (await call('/readyz')).json()) as { models: { version: string }[] };
    expect(models.models.map(({ version }) => version)).toEqual(['1.0.0', '2.0.0']);
    const back = await call('/packs/rollback', { as: 'admin', method: 'POST', headers: html });
    expect(back.headers.get('location')).toBe('/packs?back=1');
    expect(house.deps.eye.packs.map(({ version }) => version)).toEqual(['1.0.0', '1.0.0']);
    expect((await api('/api/packs/rollback', {})).status).toBe(409);
  });

  it('over the API does the same, and a set that has gone bad is refused while the old one looks on', async () => {
    expect((await api('/api/packs/3/shadow', { share: 0.5 })).body).toMatchObject({
      state: 'shadow',
      shadow: { share: 0.5 },
    });
    expect((await api('/api/packs/3/shadow', { share: 7 })).status).toBe(400);
    expect((await api('/api/packs/3/shadow', undefined, 'DELETE')).body).toMatchObject({ state: 'candidate' });
    const { deps } = house;
    const { body } = await api('/api/packs/3');
    const broken = (body['packs'] as { name: string; manifestSha256: string }[]).find(
      ({ name }) => name === 'squares-yolox',
    );
    deps.blobs.remove(broken!.manifestSha256);
    const refused = await api('/api/packs/3/promotion', { reason: 'looked good' });
    expect([refused.status, refused.body['detail']]).toEqual([
      409,
      expect.stringContaining('gone from the data directory'),
    ]);
    expect(deps.eye.packs.map(({ version }) => version)).toEqual(['1.0.0', '1.0.0']);
    expect(await textOf('/packs')).toContain('The one before took over by itself');
    expect(await textOf('/health')).toContain('The one before took over by itself');
    const { steps } = (await api('/api/packs')).body as { steps: { kind: string; setId: number }[] };
    expect(steps[0]).toMatchObject({ kind: 'fell_back', setId: 1 });
  });
});
