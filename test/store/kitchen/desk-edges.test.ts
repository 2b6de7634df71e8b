// The desk at its edges: a key used twice, a lease that ran out, what the page says it took.
import { beforeEach, describe, expect, it } from 'vitest';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { takeFlag } from '../../../server/kitchen/desk/take-flag.ts';
import { leaseMs } from '../../../server/kitchen/flag/decision.ts';
import { flagById } from '../../../server/kitchen/flag/flag-store.ts';
import { plainView } from '../../../server/kitchen/flag/queue.ts';
import { countWaiting } from '../../../server/kitchen/flag/queue-store.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../../server/kitchen/setting/change-setting.ts';
import { waitingFor } from '../../../server/oversight/board/waiting-store.ts';
import { type Cast, frameOf, openCast, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { signedIn } from '../../support/people.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
});

/** A flag of this violation, raised by two frames. */
async function flagOf(label: string): Promise<number> {
  const raised: number[] = [];
  for (let frame = 0; frame < 2; frame++) {
    server.clock.pass(30_000);
    const sample = await frameOf(cast.camera, { at: server.clock.now(), detections: [seen(label, 0.9)] });
    raised.push(...recordSample(server.deps, sample).flags);
  }
  expect(raised).toHaveLength(1);
  return raised[0]!;
}

const verdicts = () =>
  server.db.sqlite
    .prepare('SELECT flag_id AS flag, decision, visible_ms AS visibleMs, idle, seen FROM verdict ORDER BY id')
    .all() as { flag: number; decision: string; visibleMs: number | null; idle: number; seen: number }[];

describe('a key of one’s own for a request', () => {
  it('gives the first answer again for the same verdict, and is refused for any other', async () => {
    const [mask, smoke] = [await flagOf('no_mask'), await flagOf('cigarette')];
    const judge = (flagId: number, decision: 'confirmed' | 'cleared', key: string) =>
      judgeFlag(server.deps, cast.reviewer, { flagId, decision, key });
    const first = judge(mask, 'confirmed', 'k1');
    expect(judge(mask, 'confirmed', 'k1')).toMatchObject({ verdictId: first.verdictId, status: 'confirmed' });
    expect(() => judge(smoke, 'confirmed', 'k1')).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect(() => judge(mask, 'cleared', 'k1')).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect(flagById(server.db, smoke)?.status).toBe('open');
    expect(verdicts()).toHaveLength(1);
    expect(judge(smoke, 'cleared', 'k2').status).toBe('cleared');
  });

  it('is one’s own: another reviewer’s same key is another key', async () => {
    const [mask, smoke] = [await flagOf('no_mask'), await flagOf('cigarette')];
    judgeFlag(server.deps, cast.reviewer, { flagId: mask, decision: 'confirmed', key: 'k1' });
    const other = judgeFlag(server.deps, cast.secondReviewer, { flagId: smoke, decision: 'cleared', key: 'k1' });
    expect(other).toMatchObject({ flagId: smoke, status: 'cleared' });
  });
});

describe('a lease', () => {
  it('is renewed when one asks again, and its clock goes on from the first time', async () => {
    const id = await flagOf('no_mask');
    const taken = takeFlag(server.deps, cast.reviewer, plainView('desk'))!;
    const since = server.clock.now();
    expect(taken.flag).toMatchObject({ id, leasedTo: cast.reviewer.id, leasedAt: since, leaseUntil: since + leaseMs });
    server.clock.pass(60_000);
    const again = takeFlag(server.deps, cast.reviewer, plainView('desk'))!;
    expect(again.flag).toMatchObject({ id, leasedAt: since, leaseUntil: since + 60_000 + leaseMs });
  });

  it('that ran out is begun anew, by its holder as by anybody', async () => {
    const id = await flagOf('no_mask');
    takeFlag(server.deps, cast.reviewer, plainView('desk'));
    server.clock.pass(leaseMs);
    expect(takeFlag(server.deps, cast.reviewer, plainView('desk'))!.flag).toMatchObject({
      id,
      leasedAt: server.clock.now(),
    });
    server.clock.pass(leaseMs);
    expect(takeFlag(server.deps, cast.secondReviewer, plainView('desk'))!.flag).toMatchObject({
      id,
      leasedTo: cast.secondReviewer.id,
    });
  });

  it('keeps another from judging until it is over, and from taking the same flag', async () => {
    const id = await flagOf('no_mask');
    takeFlag(server.deps, cast.reviewer, plainView('desk'));
    const judge = () => judgeFlag(server.deps, cast.secondReviewer, { flagId: id, decision: 'cleared' });
    expect(takeFlag(server.deps, cast.secondReviewer, plainView('desk'))).toBeUndefined();
    expect(judge).toThrow(expect.objectContaining({ code: 'conflict' }));
    server.clock.pass(leaseMs);
    expect(judge().status).toBe('cleared');
    expect(flagById(server.db, id)).toMatchObject({ leasedTo: null, leaseUntil: null, leasedAt: null });
  });
});

describe('how long somebody looked', () => {
  const looked = async (visibleMs: number | undefined, seenMs: number | undefined, more: { seen?: boolean } = {}) => {
    const id = await flagOf('no_mask');
    if (seenMs !== undefined) {
      takeFlag(server.deps, cast.reviewer, plainView('desk'));
      server.clock.pass(seenMs);
    }
    judgeFlag(server.deps, cast.reviewer, { flagId: id, decision: 'cleared', visibleMs, ...more });
    return verdicts().at(-1);
  };

  it('is what the page measured, never more than since the lease', async () => {
    expect(await looked(4_000, 9_000)).toMatchObject({ visibleMs: 4_000, idle: 0, seen: 1 });
  });
  it('is cut at the time since the lease', async () => {
    expect(await looked(90_000, 9_000)).toMatchObject({ visibleMs: 9_000, idle: 0 });
  });
  it('is the time since the lease where no page measured', async () => {
    expect(await looked(undefined, 31_000)).toMatchObject({ visibleMs: 31_000, idle: 1 });
  });
  it('is what the page says where there was no lease, and unknown without either', async () => {
    expect(await looked(5_000, undefined)).toMatchObject({ visibleMs: 5_000 });
  });
  it('is unknown without page and lease', async () => {
    expect(await looked(undefined, undefined)).toMatchObject({ visibleMs: null, idle: 0 });
  });
  it('is not asked of one that was cleared unseen with others like it', async () => {
    expect(await looked(5_000, 9_000, { seen: false })).toMatchObject({ visibleMs: null, seen: 0, idle: 0 });
  });
});

/** Flags like this one, a millisecond apart. */
function copies(id: number, count: number): void {
  server.db.sqlite
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO flag (camera_id, restaurant_id, violation, score, threshold, box, at, picture_hash, picture_width,
           picture_height, pack_name, pack_sha256, status, audit, second)
         SELECT camera_id, restaurant_id, violation, score, threshold, box, at - i, picture_hash, picture_width,
           picture_height, pack_name, pack_sha256, status, audit, second FROM n, flag WHERE flag.id = ?`,
    )
    .run(count, id);
}

describe('five reviewers at once', () => {
  it('judge no flag twice and leave none, and what one takes back is exactly their own last', async () => {
    copies(await flagOf('no_mask'), 59);
    const logins = ['r-one', 'r-two', 'r-three', 'r-four', 'r-five'];
    const people = await Promise.all(logins.map((login) => signedIn(server, { login, role: 'reviewer' })));
    const judged = new Map(people.map(({ id }) => [id, [] as number[]]));
    await Promise.all(
      people.map(async (person) => {
        for (let page = await person.text('/review'); ; ) {
          const id = Number(/action="\/flags\/(\d+)\/verdict"/.exec(page)?.[1]);
          if (Number.isNaN(id)) return;
          const answer = await person.go(`/flags/${id}/verdict`, { verdict: 'cleared', key: `k-${person.id}-${id}` });
          expect(answer.status).toBe(303);
          judged.get(person.id)?.push(id);
          page = await person.text('/review');
        }
      }),
    );
    const all = [...judged.values()].flat();
    expect([all.length, new Set(all).size]).toEqual([60, 60]);
    expect([...judged.values()].every((own) => own.length > 1)).toBe(true);
    const open = () => server.db.sqlite.prepare("SELECT id FROM flag WHERE status = 'open'").pluck().all();
    expect(open()).toEqual([]);
    const [first] = people;
    for (let step = 0; step < 2; step++) await first!.go('/review/undo', { view: '/review' });
    expect(open()).toEqual((judged.get(first!.id) ?? []).slice(-2).sort((a, b) => a - b));
    expect(verdicts().filter(({ decision }) => decision === 'undone')).toHaveLength(2);
  });
});

describe('what waits', () => {
  const bar = (caller = cast.reviewer) => waitingFor(server.deps, caller)['/review'];

  it('is counted flag by flag, also beyond 1,000, the same in the bar and on the desk', async () => {
    const id = await flagOf('no_mask');
    copies(id, 1233);
    const onDesk = () => countWaiting(server.db, cast.reviewer, plainView('desk'), server.clock.now());
    expect([bar(), onDesk()]).toEqual([1234, 1234]);
    judgeFlag(server.deps, cast.reviewer, { flagId: id, decision: 'cleared' });
    expect([bar(), onDesk()]).toEqual([1233, 1233]);
  });

  it('is what this reviewer may judge: not one’s own shop, not another district, and a blind second look once', async () => {
    changeSettings(server.deps, cast.admin, { secondShare: 1 });
    const id = await flagOf('no_mask');
    const district = (sites: string[]) => ({ id: 1, name: 'x', nameEn: null, sites });
    expect(bar({ ...cast.reviewer, sites: [cast.restaurant.siteId] })).toBe(0);
    expect(bar({ ...cast.reviewer, district: district([]) })).toBe(0);
    expect(bar({ ...cast.reviewer, district: district([cast.restaurant.siteId]) })).toBe(1);
    judgeFlag(server.deps, cast.reviewer, { flagId: id, decision: 'confirmed' });
    expect([bar(), bar(cast.secondReviewer)]).toEqual([0, 1]);
  });
});
