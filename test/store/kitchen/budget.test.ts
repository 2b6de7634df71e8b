// Sampling by period, by what moved and by budget, through the schedule and the record: nobody goes blind or unflagged by it.
import { describe, expect, it } from 'vitest';
import { addCamera } from '../../../server/kitchen/camera/add-camera.ts';
import { cameraById } from '../../../server/kitchen/camera/camera-store.ts';
import { setCameraWeights } from '../../../server/kitchen/camera/set-camera-weights.ts';
import { changeCameraRules } from '../../../server/kitchen/rule/change-camera-rules.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { scheduleSamples } from '../../../server/kitchen/sample/schedule-samples.ts';
import { scoreAll } from '../../../server/oversight/risk/write-risk-scores.ts';
import { frameOf, openCast, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { openTestServer } from '../../support/server.ts';

function house(looksPerMinute?: number) {
  const environment: Record<string, string> =
    looksPerMinute === undefined ? {} : { LOOKS_PER_MINUTE: String(looksPerMinute) };
  const server = openTestServer({ eye: scriptedEye(), environment });
  const cast = openCast(server.deps);
  const row = (id = cast.camera.id) => cameraById(server.db, id)!;
  const look = async (label?: string) => {
    server.clock.pass(Math.max(0, row().nextDueAt - server.clock.now()));
    scheduleSamples(server.deps);
    const detections = label === undefined ? [] : [seen(label, 0.9)];
    return recordSample(server.deps, await frameOf(cast.camera, { at: server.clock.now(), detections }));
  };
  return { server, cast, row, look };
}

describe('a schedule with a budget', () => {
  it('stretches what does not fit, and nobody counts as not watched because of that', async () => {
    const { server, cast, row, look } = house(1);
    for (let i = 0; i < 3; i++)
      addCamera(server.deps, cast.admin, {
        siteId: cast.restaurant.siteId,
        place: `灶台 ${i}`,
        kind: 'rtsp',
        url: 'rtsp://192.0.2.15/1',
        sampleEverySeconds: 30,
      });
    scheduleSamples(server.deps);
    // Four cameras ask for eight looks a minute, and one can be given.
    expect(row().lookEveryMs).toBe(240_000);
    expect(row().nextDueAt - server.clock.now()).toBeGreaterThan(220_000);
    await look();
    // Three of the intervals it was given, and the time of a look: not three of those it asked for.
    expect(row().watchBy! - server.clock.now()).toBe(3 * 240_000 + 40_000);
  });

  it('still raises a flag on two frames that lie as far apart as the budget lays them', async () => {
    const { look } = house(1);
    expect((await look('no_mask')).flags).toHaveLength(0);
    expect((await look('no_mask')).flags).toHaveLength(1);
  });

  it('gives a kitchen the weight that its risk has, and the half that looks knows no risk', () => {
    const { server, cast, row } = house(1);
    expect(row().weight).toBe(1);
    setCameraWeights(server.db, new Map([[cast.restaurant.siteId, 99]]));
    expect(row().weight).toBe(4);
    scoreAll(server.deps);
    expect(row().weight).toBe(1);
  });
});

describe('a camera that shows something', () => {
  it('is looked at sooner for a while, and then as before', async () => {
    const { server, row, look } = house();
    await look();
    const quiet = row().nextDueAt - server.clock.now();
    expect(quiet).toBeGreaterThan(25_000);
    await look('no_mask');
    expect(row().nextDueAt - server.clock.now()).toBeLessThanOrEqual(15_000);
    await look();
    expect(row().lookEveryMs).toBe(15_000);
    server.clock.pass(4 * 60_000);
    await look();
    expect(row().lookEveryMs).toBe(30_000);
  });
});

describe('a period that does not look for masks', () => {
  it('raises no flag about them while it lasts, and does afterwards', async () => {
    const { server, cast, look } = house();
    // The cast's clock begins at 11:05 in Beijing.
    const periods = [{ kind: 'idle' as const, from: 11 * 60, to: 12 * 60, everySeconds: 60, off: ['no_mask'] }];
    changeCameraRules(server.deps, cast.admin, cast.camera.id, { zones: [], thresholds: {}, off: [], periods });
    for (let i = 0; i < 4; i++) expect((await look('no_mask')).flags).toHaveLength(0);
    server.clock.pass(3_600_000);
    await look('no_mask');
    expect((await look('no_mask')).flags).toHaveLength(1);
  });

  it('is an administrator’s to set, on the page too', async () => {
    const { server, cast, row } = house();
    const sites = [cast.restaurant.siteId];
    const form = {
      action: 'save',
      hits: '',
      of: '',
      from: '',
      to: '',
      'period-night-from': '22:00',
      'period-night-to': '06:00',
      'period-night-every': '600',
      'period-night-off': 'no_mask',
    };
    const path = `/cameras/${cast.camera.id}/rules`;
    await server.call(path, { as: 'owner', sites, form });
    expect(row().rules.periods).toBeUndefined();
    const wrong = await server.call(path, { as: 'admin', form: { ...form, 'period-night-every': '1' } });
    expect([wrong.status, (await wrong.text()).includes('2 到 3600')]).toEqual([400, true]);
    await server.call(path, { as: 'admin', form });
    const night = { kind: 'night', from: 1320, to: 360, everySeconds: 600, off: ['no_mask'] };
    expect(row().rules.periods).toEqual([night]);
    // An owner who draws zones afterwards leaves it as it is.
    const zone = { 'zone-0-name': '窗', 'zone-0-kind': 'ignore', 'zone-0-points': '0 0, 10 0, 10 10' };
    await server.call(path, { as: 'owner', sites, form: { action: 'save', ...zone } });
    expect([row().rules.zones.length, row().rules.periods]).toEqual([1, [night]]);
  });
});
