// A camera's rules over HTTP: zones by owners, thresholds by administrators, proposals taken and taken back.
import { beforeEach, describe, expect, it } from 'vitest';
import { cameraById } from '../../../server/kitchen/camera/camera-store.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { type JudgedCast, judgedFrame, openJudgedCast } from '../../support/judged-cast.ts';
import { frameOf, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: JudgedCast;

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openJudgedCast(server);
});

const html = { accept: 'text/html', 'accept-language': 'en' };
const rules = () => cameraById(server.db, cast.camera.id)!.rules;
const path = () => `/cameras/${cast.camera.id}/rules`;
const asOwner = () => ({ as: 'owner', sites: [cast.restaurant.siteId] }) as const;
const window = { 'zone-0-name': 'Window', 'zone-0-kind': 'ignore', 'zone-0-points': '0 0, 30 0, 30 30, 0 30' };
const ledger = (kind: string) =>
  server.db.sqlite.prepare('SELECT body FROM ledger_entry WHERE kind = ? ORDER BY seq').pluck().all(kind) as string[];

async function frameShows(detections: ReturnType<typeof seen>[]): Promise<number> {
  server.clock.pass(2 * 3600_000);
  return recordSample(server.deps, await frameOf(cast.camera, { at: server.clock.now(), detections })).flags.length;
}

describe('zones', () => {
  it('what an owner leaves out raises no flag from the next frame on, and what is beside it still does', async () => {
    expect((await server.call(path(), { ...asOwner(), form: window })).status).toBe(303);
    expect(await frameShows([seen('no_mask', 0.9, [0.1, 0.1, 0.05, 0.05])])).toBe(0);
    expect(await frameShows([seen('no_mask', 0.9, [0.6, 0.6, 0.05, 0.05])])).toBe(1);
    expect(ledger('camera-rules')).toHaveLength(1);
  });

  it('an owner cannot leave out most of the picture, nor touch thresholds; an administrator can', async () => {
    const wide = { ...window, 'zone-0-points': '0 0, 100 0, 100 80, 0 80' };
    const refused = await server.call(path(), { ...asOwner(), form: wide, headers: html });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('less than half the picture');
    await server.call(path(), { ...asOwner(), form: { ...window, 'threshold-no_mask': '99', off: 'smoking' } });
    expect(rules()).toMatchObject({ thresholds: {}, off: [], zones: [{ name: 'Window' }] });
    const json = { ...rules(), thresholds: { no_mask: 0.99 } };
    expect((await server.call(`/api${path()}`, { ...asOwner(), method: 'PUT', json })).status).toBe(400);
    expect(
      (await server.call(path(), { as: 'admin', form: { ...wide, 'threshold-no_mask': '90', off: 'smoking' } })).status,
    ).toBe(303);
    expect(rules()).toMatchObject({ thresholds: { no_mask: 0.9 }, off: ['smoking'] });
  });

  it('a camera of another shop is nobody else’s to change', async () => {
    for (const method of ['GET', 'POST'] as const) {
      const answer = await server.call(path(), {
        as: 'owner',
        sites: ['local:other'],
        method,
        ...(method === 'POST' ? { form: window } : {}),
      });
      expect(answer.status).toBe(404);
    }
    expect((await server.call(path(), { as: 'reviewer', form: window })).status).toBe(403);
  });

  it('every fault of a form is named at its field, and what was typed is still there', async () => {
    const form = {
      'zone-0-name': '',
      'zone-0-kind': 'watch',
      'zone-0-points': '10 10, 20 300',
      hits: '4',
      of: '3',
      from: '09:00',
      to: 'late',
      'threshold-no_mask': '400',
    };
    const answer = await server.call(path(), { as: 'admin', form, headers: html });
    expect(answer.status).toBe(400);
    const text = await answer.text();
    for (const place of ['zone-0-name', 'zone-0-points', 'hits', 'to', 'threshold-no_mask'])
      expect(text, place).toContain(`href="#f-${place.replaceAll('_', '-')}"`);
    expect(text).toContain('10 10, 20 300');
    expect(rules()).toEqual({ zones: [], thresholds: {}, off: [] });
  });

  it('a form that cannot be read is refused, not a fault of ours', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    for (const to of [path(), `${path()}/undo`, '/datasets'])
      expect((await server.call(to, { as: 'admin', method: 'POST', body: 'no boundary', headers })).status, to).toBe(
        400,
      );
    expect(
      (await server.call(`/api${path()}`, { as: 'admin', method: 'PUT', json: { zones: [{ name: 'x' }] } })).status,
    ).toBe(400);
    expect(
      (
        await server.call(`/cameras/${cast.camera.id}/thresholds/nothing`, {
          as: 'admin',
          form: { decision: 'taken', proposed: '0.5' },
        })
      ).status,
    ).toBe(404);
  });

  it('a change is taken back by who made it, once, and the history says so', async () => {
    await server.call(path(), { as: 'admin', form: window });
    const shown = await (await server.call(path(), { as: 'admin', headers: html })).text();
    const change = /name="change" value="(\d+)"/.exec(shown)?.[1] ?? '';
    expect((await server.call(`${path()}/undo`, { as: 'admin', form: { change } })).status).toBe(303);
    expect(rules().zones).toEqual([]);
    expect((await server.call(`${path()}/undo`, { as: 'admin', form: { change } })).status).toBe(409);
    expect(ledger('camera-rules')).toHaveLength(2);
  });

  it('trying rules shows what they would have shown on judged frames, and writes nothing', async () => {
    await judgedFrame(server, cast, {
      camera: cast.camera,
      decision: 'cleared',
      detections: [seen('no_mask', 0.8, [0.1, 0.1, 0.05, 0.05])],
    });
    await judgedFrame(server, cast, { camera: cast.camera, decision: 'confirmed' });
    const answer = await server.call(path(), { as: 'admin', form: { ...window, action: 'try' }, headers: html });
    const text = (await answer.text()).replace(/\s+/g, ' ');
    expect(text).toContain('last 2 judged frames');
    expect(text).toMatch(/No mask<\/th><td class="right">1 → 1<\/td><td class="right">1 → 0/);
    expect(rules().zones).toEqual([]);
  });

  it('hours of its own count instead of the opening hours, and smoking counts around the clock', async () => {
    // The fake clock stands at 11:05 in Beijing; frames come every two hours.
    await server.call(path(), { as: 'admin', form: { from: '08:00', to: '09:00' } });
    expect(await frameShows([seen('no_mask', 0.9)])).toBe(0);
    expect(await frameShows([seen('cigarette', 0.9)])).toBe(1);
  });
});

describe('proposed thresholds', () => {
  const thresholds = () => `/cameras/${cast.camera.id}/thresholds`;

  /** Cleared low, confirmed high. */
  async function judgeEnough(): Promise<void> {
    for (let i = 0; i < 36; i++) {
      const real = i % 2 === 0;
      const detections = [seen('no_mask', real ? 0.9 : 0.65)];
      await judgedFrame(server, cast, { camera: cast.camera, decision: real ? 'confirmed' : 'cleared', detections });
    }
  }

  it('with few verdicts the page says what is missing and offers nothing', async () => {
    await judgedFrame(server, cast, { camera: cast.camera, decision: 'confirmed' });
    const text = await (await server.call(thresholds(), { as: 'admin', headers: html })).text();
    expect(text).toContain('1 decided at this camera; 10 are needed');
    expect(text).not.toContain('value="taken"');
  });

  it('is shown with its effect, taken, used by the next frame, and taken back', async () => {
    await judgeEnough();
    const list = await (await server.call('/thresholds', { as: 'admin', headers: html })).text();
    expect(list).toContain(thresholds());
    const text = await (await server.call(thresholds(), { as: 'admin', headers: html })).text();
    const proposed = /name="proposed" value="([\d.]+)"/.exec(text)?.[1] ?? '';
    expect(Number(proposed)).toBeGreaterThan(0.65);
    expect(text).toContain('<svg class="chart threshold-chart"');
    expect(await frameShows([seen('no_mask', 0.65)])).toBe(1);
    const decide = (decision: string) =>
      server.call(`${thresholds()}/no_mask`, { as: 'admin', form: { decision, proposed } });
    expect((await decide('taken')).status).toBe(303);
    expect(rules().thresholds).toEqual({ no_mask: Number(proposed) });
    expect(await frameShows([seen('no_mask', 0.65)])).toBe(0);
    expect((await decide('undone')).status).toBe(303);
    expect(rules().thresholds).toEqual({});
    expect((await decide('undone')).status).toBe(409);
    expect(ledger('threshold').map((body) => (JSON.parse(body) as { decision: string }).decision)).toEqual([
      'taken',
      'undone',
    ]);
  });

  it('once dismissed it is not asked again, and another figure than the one shown is not taken', async () => {
    await judgeEnough();
    const json = (await (await server.call(`/api${thresholds()}`, { as: 'admin' })).json()) as {
      thresholds: { violation: string; proposed: number }[];
    };
    const { proposed } = json.thresholds.find(({ violation }) => violation === 'no_mask')!;
    const decide = (body: object) => server.call(`/api${thresholds()}/no_mask`, { as: 'admin', json: body });
    expect((await decide({ decision: 'taken', proposed: proposed - 0.1 })).status).toBe(409);
    expect(await (await decide({ decision: 'dismissed', proposed })).json()).toMatchObject({ dismissed: true });
    expect(await (await server.call('/thresholds', { as: 'admin', headers: html })).text()).toContain(
      'Nothing is proposed now',
    );
    expect(rules().thresholds).toEqual({});
  });

  it('is for administrators alone', async () => {
    for (const role of ['owner', 'reviewer', 'inspector'] as const)
      expect((await server.call(thresholds(), { as: role, sites: [cast.restaurant.siteId] })).status).toBe(403);
  });
});
