// The page of a camera's lookouts: an owner draws one and takes it away again; what an administrator set stays.
import { beforeEach, describe, expect, it } from 'vitest';
import { cameraById } from '../../../server/kitchen/camera/camera-store.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { type Cast, frameOf, openCast, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
});

const html = { accept: 'text/html', 'accept-language': 'en' };
const path = () => `/cameras/${cast.camera.id}/lookouts`;
const asOwner = () => ({ as: 'owner', sites: [cast.restaurant.siteId] }) as const;
const lookouts = () => cameraById(server.db, cast.camera.id)!.rules.lookouts ?? [];
const store = {
  'lookout-0-id': '',
  'lookout-0-rule': 'person',
  'lookout-0-name': '冷库',
  'lookout-0-points': '0 0, 50 0, 50 100, 0 100',
  'lookout-0-when': 'always',
  'lookout-0-hold': '0',
};

describe("an owner's lookout", () => {
  it('is drawn, watches from the next picture on, and is taken away by emptying it', async () => {
    expect((await server.call(path(), { ...asOwner(), form: store })).status).toBe(303);
    expect(lookouts()).toMatchObject([{ id: 'l1', name: '冷库', leastPx: 32, againMinutes: 10, setBy: 'shop' }]);
    server.clock.pass(30_000);
    const detections = [{ ...seen('person', 0.8, [0.1, 0.2, 0.2, 0.6]), sizePx: 80 }];
    const frame = await frameOf(cast.camera, { at: server.clock.now(), detections });
    expect(recordSample(server.deps, frame).flags).toHaveLength(1);
    const shown = await (await server.call(path(), { ...asOwner(), headers: html })).text();
    expect(shown).toContain('Something is there now');
    const emptied = { 'lookout-0-id': 'l1', 'lookout-0-name': '', 'lookout-0-points': '' };
    await server.call(path(), { ...asOwner(), form: emptied });
    expect(lookouts()).toEqual([]);
  });

  it('with faults is shown again as it was typed, each fault at its field', async () => {
    const wrong = { ...store, 'lookout-0-points': '1 1', 'lookout-0-hold': '-5', 'lookout-0-when': 'between' };
    const answer = await server.call(path(), { ...asOwner(), form: wrong, headers: html });
    const text = await answer.text();
    expect(answer.status).toBe(400);
    for (const told of ['Three corners or more', 'from 0 to 3600', 'Two different times', 'value="冷库"'])
      expect(text).toContain(told);
    expect(lookouts()).toEqual([]);
  });

  it('cannot take the place of one that an administrator set, nor take it away', async () => {
    await server.call(path(), { as: 'admin', form: store });
    expect(lookouts()).toMatchObject([{ setBy: 'house' }]);
    const second = Object.entries(store).map(([name, value]) => [name.replace('-0-', '-1-'), value]);
    await server.call(path(), { ...asOwner(), form: Object.fromEntries(second) });
    expect(lookouts()).toMatchObject([
      { id: 'l1', setBy: 'house' },
      { id: 'l2', setBy: 'shop' },
    ]);
    const json = { ...cameraById(server.db, cast.camera.id)!.rules, lookouts: [] };
    const rules = `/api/cameras/${cast.camera.id}/rules`;
    expect((await server.call(rules, { ...asOwner(), method: 'PUT', json })).status).toBe(400);
    expect(lookouts()).toHaveLength(2);
  });

  it('stays when zones and thresholds are saved', async () => {
    await server.call(path(), { ...asOwner(), form: store });
    await server.call(`/cameras/${cast.camera.id}/rules`, { as: 'admin', form: { 'threshold-no_mask': '90' } });
    expect(lookouts()).toHaveLength(1);
  });
});

it('what a lookout decided from is put before the reviewer as stills to be played, blurred but for its own', async () => {
  await server.call(path(), { ...asOwner(), form: { ...store, 'lookout-0-hold': '60' } });
  const detections = [{ ...seen('person', 0.8, [0.1, 0.2, 0.2, 0.6]), sizePx: 80 }];
  const raised: number[] = [];
  for (let i = 0; i < 5; i++) {
    server.clock.pass(15_000);
    const frame = await frameOf(cast.camera, { at: server.clock.now(), detections });
    raised.push(...recordSample(server.deps, frame).flags);
  }
  expect(raised).toHaveLength(1);
  const desk = await (await server.call('/review', { as: 'reviewer', headers: html })).text();
  expect(desk).toContain('It held for 60 seconds');
  expect(desk.match(/data-held="yes"/g)).toHaveLength(5);
  expect(desk).toContain('data-play');
  const [still] = desk.match(/data-picture="[^"]+"[^>]*class="held"|class="held"[^>]*data-picture="[^"]+"/) ?? [];
  // A picture anybody signed in may see is blurred; the sharp one is under the flag and its reviewer alone.
  expect(still).toContain('/pictures/');
  expect(still).not.toContain('/flags/');
});

describe('a lookout that compares', () => {
  const floor = { ...store, 'lookout-0-rule': 'floor', 'lookout-0-hold': '60' };

  it('waits to be shown how all should be, and says so; another zone has to be shown anew', async () => {
    const text = async () => (await server.call(path(), { ...asOwner(), headers: html })).text();
    await server.call(path(), { ...asOwner(), form: floor });
    expect(lookouts()[0]?.shown).toEqual([]);
    expect(await text()).toContain('does not know yet how it should look');
    const known = { ...floor, 'lookout-0-id': 'l1' };
    await server.call(path(), { ...asOwner(), form: { ...known, 'lookout-0-show': 'now' } });
    expect(lookouts()[0]?.shown).toEqual([server.clock.now()]);
    expect(await text()).not.toContain('does not know yet how it should look');
    await server.call(path(), { ...asOwner(), form: known });
    expect(lookouts()[0]?.shown).toHaveLength(1);
    await server.call(path(), { ...asOwner(), form: { ...known, 'lookout-0-points': '0 0, 60 0, 60 90, 0 100' } });
    expect(lookouts()[0]?.shown).toEqual([]);
  });
});

describe('a lookout for clothes', () => {
  const clothes = { ...store, 'lookout-0-rule': 'clothes' };
  const evenly = (cells: number, colour: readonly number[]) => ({
    cells,
    rgb: Buffer.from(Array.from({ length: cells * cells }, () => colour).flat()).toString('base64'),
  });
  const personIn = (colour: readonly number[]) => ({
    detections: [{ ...seen('person', 0.9, [0.1, 0.2, 0.2, 0.6]), sizePx: 120 }],
    measured: {
      zones: [{ id: 'whole', ...evenly(32, [200, 200, 200]) }],
      torsos: [{ of: 0, ...evenly(8, colour) }],
    },
  });
  const [white, red] = [personIn([205, 204, 200]), personIn([180, 50, 55])];
  const nobody = { detections: [], measured: { zones: [], torsos: [] } };

  /** Pictures as the eye would read them, one after another. */
  async function send(readings: readonly (typeof white | typeof nobody)[], more: Record<string, string> = {}) {
    const left = [...readings];
    const { eye } = server.deps;
    const usual = eye.classify;
    eye.classify = async (image, options) => ({ ...(await usual(image, options)), ...left.shift() });
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...clothes, ...more })) body.append(name, value);
    for (const _ of readings) body.append('lookout-0-pictures', new File([new Uint8Array([1])], 'right.jpg'));
    const answer = await server.call(path(), { ...asOwner(), method: 'POST', body, headers: html });
    return { status: answer.status, text: await answer.text() };
  }

  it('asks which colours this kitchen wears, and keeps them', async () => {
    const refused = await server.call(path(), { ...asOwner(), form: clothes, headers: html });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('Tick one colour at least')]);
    await server.call(path(), { ...asOwner(), form: { ...clothes, 'lookout-0-colours': 'white' } });
    expect(lookouts()).toMatchObject([{ rule: 'clothes', colours: ['white'] }]);
  });

  it('learns them from three pictures, shows what it learnt, and saves nothing until its owner does', async () => {
    const shown = await send([white, white, white], { 'lookout-0-colours': 'blue' });
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('The three pictures agree');
    expect(shown.text).toMatch(/value="white" checked/);
    expect(shown.text).not.toMatch(/value="blue" checked/);
    expect(lookouts()).toEqual([]);
    await server.call(path(), { ...asOwner(), form: { ...clothes, 'lookout-0-colours': 'white' } });
    expect(lookouts()).toMatchObject([{ colours: ['white'] }]);
  });

  it('asks where the pictures disagree, and where one shows nobody', async () => {
    const differ = await send([white, red, red], { 'lookout-0-colours': 'blue' });
    expect(differ.text).toContain('show different colours');
    expect(differ.text).toMatch(/value="blue" checked/);
    expect((await send([white, nobody, white])).text).toContain('Nobody large enough was found');
    expect((await send([white, white])).text).toContain('Choose three pictures at once');
    expect(lookouts()).toEqual([]);
  });
});
