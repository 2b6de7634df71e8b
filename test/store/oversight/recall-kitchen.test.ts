// A recall looks back at the kitchens that held the lot.
import { beforeEach, describe, expect, it } from 'vitest';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { lookAtKitchens } from '../../../server/oversight/join/look-at-kitchens.ts';
import { type Cast, frameOf, openCast, scriptedEye } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;
beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
});

/** A recall whose scope is one holding at the restaurant since `reachedAt`. */
function recallAt(siteId: string, reachedAt: number): number {
  const { sqlite } = server.db;
  sqlite.prepare('INSERT INTO site (id) VALUES (?)').run(siteId);
  const site = sqlite.prepare('SELECT key FROM site WHERE id = ?').pluck().get(siteId);
  sqlite
    .prepare("INSERT INTO lot (id, code, kind) VALUES (7, 'https://id.gs1.org/01/06912345002028/10/A07', 'lot')")
    .run();
  sqlite.prepare('INSERT INTO holding (id, lot_id, site_key) VALUES (9, 7, ?)').run(site);
  sqlite
    .prepare(
      "INSERT INTO recall (id, public_id, lot_id, reason, state, started_at, due_at, issues, truncated) VALUES (3, 'p', 7, 'x', 'open', 1, 2, 1, 0)",
    )
    .run();
  sqlite
    .prepare(
      "INSERT INTO recall_scope (recall_id, holding_id, issue, lot_id, site_key, scope, depth, reached_at) VALUES (3, 9, 1, 7, ?, 'definite', 0, ?)",
    )
    .run(site, reachedAt);
  return 3;
}

const openFlags = () => server.db.sqlite.prepare("SELECT count(*) FROM flag WHERE status = 'open'").pluck().get();

describe('a recall of a lot that a kitchen held', () => {
  it('puts that kitchen’s kept frames of those hours before a reviewer, once', async () => {
    const at = server.clock.now();
    recordSample(server.deps, await frameOf(cast.camera, { at }));
    const recallId = recallAt(cast.restaurant.siteId, at - 1_000);
    await lookAtKitchens(server.deps, { recallId });
    expect(openFlags()).toBe(1);
    await lookAtKitchens(server.deps, { recallId });
    expect(openFlags()).toBe(1);
  });

  it('leaves alone what was seen before the lot came', async () => {
    const at = server.clock.now();
    recordSample(server.deps, await frameOf(cast.camera, { at }));
    await lookAtKitchens(server.deps, { recallId: recallAt(cast.restaurant.siteId, at + 1_000) });
    expect(openFlags()).toBe(0);
  });
});
