// The miss rate that is shown, against what was planted in a simulated quarter.
import { describe, expect, it } from 'vitest';
import { missEvidence } from '../../../server/kitchen/quality/miss-evidence-store.ts';
import { missRates } from '../../../server/kitchen/quality/miss-rate.ts';
import { openCast, person } from '../../support/kitchen-cast.ts';
import { liveQuarter, type Planted, plantedKinds, quarterFrom, type World } from '../../support/quarter.ts';
import { openTestServer } from '../../support/server.ts';

const soak = process.env['SOAK'] === 'on';
const seeds = soak ? 100 : 3;
const least = soak ? 93 : 3;
const days = 90;

type Outcome = { kind: Planted; truth: number; share: number; low: number; high: number };

function openHouse() {
  const server = openTestServer();
  const cast = openCast(server.deps);
  const copy = server.db.sqlite.prepare(
    `INSERT INTO camera (restaurant_id, place, kind, sample_every_ms, rules, state, state_since, next_due_at, created_at)
       SELECT restaurant_id, 'place ' || @n, kind, 600000, rules, state, state_since, next_due_at, created_at FROM camera WHERE id = @id`,
  );
  const cameras = [1, 2, 3, 4, 5, 6].map((n) => Number(copy.run({ n, id: cast.camera.id }).lastInsertRowid));
  const world: World = { cameras, days, share: 0.02 };
  const people = [cast.reviewer.id, cast.secondReviewer.id, person(server.deps, 'reviewer', 'reviewer-wu').id] as const;
  return { db: server.db, admin: cast.admin, world, people };
}

function quarterOf({ db, admin, world, people }: ReturnType<typeof openHouse>, seed: number): Outcome[] {
  const truth = liveQuarter(db, world, people, seed);
  const span = { from: quarterFrom(seed), to: quarterFrom(seed) + days * 24 * 3600_000 };
  const { findings, caught } = missEvidence(db, admin, span);
  const rates = missRates(findings, counted(caught));
  return plantedKinds.map((kind) => {
    const rate = rates.find(({ violation }) => violation === kind)?.rate;
    if (rate === undefined) throw new Error(`No rate is shown for ${kind}.`);
    return { kind, truth: truth[kind].missed / truth[kind].present, ...rate };
  });
}

function counted(caught: readonly { violation: string }[]) {
  return [...new Set(caught.map(({ violation }) => violation))].map((violation) => ({
    violation,
    caught: caught.filter((flag) => flag.violation === violation).length,
  }));
}

describe('the miss rate of a simulated quarter', () => {
  it(
    'its interval holds what was planted, for each violation, whatever the reviewers get wrong',
    () => {
      const house = openHouse();
      const outcomes = Array.from({ length: seeds }, (_, seed) => quarterOf(house, seed + 1)).flat();
      const held = plantedKinds.map((kind) => {
        const own = outcomes.filter((outcome) => outcome.kind === kind);
        const covered = own.filter(({ truth, low, high }) => low <= truth && truth <= high).length;
        const mean = (of: (outcome: Outcome) => number) => own.reduce((sum, each) => sum + of(each), 0) / own.length;
        return {
          kind,
          covered,
          truth: mean((o) => o.truth),
          shown: mean((o) => o.share),
          width: mean((o) => o.high - o.low),
        };
      });
      expect(held.filter(({ covered }) => covered < least)).toEqual([]);
      // Not held by being wide: the middle of it is near, and it says something.
      expect(held.filter(({ truth, shown }) => Math.abs(truth - shown) > 0.1)).toEqual([]);
      expect(held.filter(({ kind, width }) => kind !== 'smoking' && width > 0.4)).toEqual([]);
    },
    soak ? 600_000 : 60_000,
  );
});
