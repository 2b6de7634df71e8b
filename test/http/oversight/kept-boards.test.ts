// The boards of a large house: what takes long is worked out by night and kept, what is so at this moment never is.
import { beforeEach, describe, expect, it } from 'vitest';
import { addDistrict } from '../../../server/accounts/person/district.ts';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../../server/kitchen/setting/change-setting.ts';
import { keepBoards } from '../../../server/oversight/board/keep-boards.ts';
import { type Cast, frameOf, openCast, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { signedIn } from '../../support/people.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

const hour = 3600_000;
let server: TestServer;
let cast: Cast;
let districtId: number;

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
  changeSettings(server.deps, cast.admin, { frames: { hits: 1, of: 1 } });
  districtId = addDistrict(server.db, { name: '东区' }, cast.admin, server.clock.now());
});

function grow(kitchens: number): void {
  const add = server.db.sqlite.prepare(
    `INSERT INTO restaurant (site_id, name, licence, address, opens_at_minute, closes_at_minute, score, created_at)
     VALUES (?, ?, 'L', '路', 0, 0, 100, 0)`,
  );
  server.db.sqlite.transaction(() => {
    for (let at = 0; at < kitchens; at++) add.run(`local:many-${at}`, `店 ${at}`);
  })();
}

async function judged(): Promise<void> {
  server.clock.pass(2 * hour);
  const frame = await frameOf(cast.camera, { at: server.clock.now(), detections: [seen('no_mask', 0.9)] });
  for (const flagId of recordSample(server.deps, frame).flags)
    judgeFlag(server.deps, cast.reviewer, { flagId, decision: 'confirmed', visibleMs: 2000 });
}

function keepAll(): number {
  let parts = 0;
  while (keepBoards(server.deps) === 'kept') parts++;
  return parts;
}

const sheet = async (path: string) =>
  (await server.call(path, { as: 'inspector', headers: { 'accept-language': 'en' } })).text();
const page = (path: string) => sheet(path);
/** Decisions of each day that has any. */
const decided = async () =>
  [...(await sheet('/kitchens/board.csv')).matchAll(/^decisions,Decided,([\d-]+),([1-9]\d*),/gm)].map(
    ([, day, count]) => `${day} ${count}`,
  );

describe('the boards of a large house', () => {
  it('keep their history once a night, for the city and for each district, and say so', async () => {
    grow(2_000);
    await judged();
    expect(await page('/board')).not.toContain('as of');
    expect([keepAll(), keepAll()]).toEqual([2, 0]);
    for (const path of ['/board', '/kitchens/board']) expect(await page(path)).toContain('as of 22 Nov, 13:05');
    const bound = await signedIn(server, { login: 'inspector-east', role: 'inspector', districtId });
    expect(await bound.text('/kitchens/board?lang=en')).toContain('as of 22 Nov');
    expect(await bound.text('/kitchens/board.csv?lang=en')).not.toContain('reviewer-lin');
    server.clock.pass(20 * hour);
    expect(keepAll()).toBe(2);
  });

  it('count today as it is now, though the night before is kept', async () => {
    grow(2_000);
    await judged();
    keepAll();
    await judged();
    expect(await decided()).toEqual(['2026-11-22 2']);
    server.clock.pass(16 * hour);
    await judged();
    expect(await decided()).toEqual(['2026-11-22 2', '2026-11-23 1']);
  });

  it('tell what is overdue at this moment', async () => {
    grow(2_000);
    await judged();
    keepAll();
    expect(await page('/board')).toContain('href="/board/rows/overdue">0<');
    server.clock.pass(25 * hour);
    expect(await page('/board')).toContain('href="/board/rows/overdue">1<');
    expect(await sheet('/kitchens/board.csv')).toContain('overdue,,Dingxiang kitchen 2,1');
  });

  it('are worked out anew when no night has kept them for more than a day', async () => {
    grow(2_000);
    keepAll();
    server.clock.pass(31 * hour);
    expect(await page('/board')).not.toContain('as of');
  });
});

it('a small house keeps nothing: its boards are of this moment', async () => {
  grow(500);
  await judged();
  expect(keepAll()).toBe(0);
  expect(await page('/kitchens/board')).not.toContain('as of');
});
