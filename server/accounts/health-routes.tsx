// The administrator's view of the running system: queue, failed jobs, models, database.
import { Hono } from 'hono';
import { packDigests } from '../../inference/worker-messages.ts';
import { HealthPage } from '../../views/accounts/health-page.tsx';
import type { WorkerView } from '../../views/accounts/workers-card.tsx';
import { countMoved } from '../bucket/moved-picture-store.ts';
import type { Deps, Env } from '../deps.ts';
import { idParam } from '../http/input.ts';
import { Problem } from '../http/problem.ts';
import { page, seeOther } from '../http/respond.tsx';
import type { Carrier } from '../jobs/carrier.ts';
import { countUnwatched, countWrongClocks, lookRates } from '../kitchen/camera/camera-store.ts';
import { activatedBy, activePackSet } from '../kitchen/pack/pack-store.ts';
import { sampleLagMs } from '../kitchen/sample/sample-lag.ts';
import { stretchNow } from '../kitchen/sample/schedule-samples.ts';
import { witnessTroubles } from '../ledger/witness-store.ts';
import { warnFrom } from '../store/room.ts';

const deadShown = 100;

export function systemRoutes(deps: Deps): Hono<Env> {
  const { db, queue, eye, room, clock, config, machines, moving } = deps;
  const app = new Hono<Env>();
  app.get('/health', (c) => {
    const databaseBytes =
      Number(db.sqlite.pragma('page_count', { simple: true })) *
      Number(db.sqlite.pragma('page_size', { simple: true }));
    return page(
      c,
      <HealthPage
        words={c.get('words')}
        here={c.req.path}
        viewer={c.get('viewer')}
        counts={queue.counts()}
        dead={queue.dead(deadShown)}
        eye={eye.metrics()}
        packs={eye.packs}
        packTrouble={packTrouble(db)}
        databaseBytes={databaseBytes}
        cameras={{
          unwatched: countUnwatched(db, clock()),
          wrongClocks: countWrongClocks(db),
          rates: lookRates(db, clock()),
          stretch: stretchNow(deps),
          lagSeconds: Math.round(sampleLagMs({ queue, clock }) / 1000),
          machines: machines && { ...machines.carrier.state(), known: workersOf(machines.carrier, eye.packs, clock()) },
        }}
        bucket={moving && { ...moving.standing(), moved: countMoved(db) }}
        witnesses={witnessTroubles(db, config.witnesses, clock())}
        room={{ freeBytes: room.freeBytes(), isFull: room.state() === 'full', taken: room.takenShare(), warnFrom }}
      />,
    );
  });
  app.post('/health/jobs/:id/revived', (c) => {
    if (!queue.revive(idParam(c, 'id'))) throw new Problem('not_found');
    return seeOther(c, '/health');
  });
  return app;
}

function workersOf(carrier: Carrier, packs: Deps['eye']['packs'], now: number): WorkerView[] {
  const wanted = packDigests(packs).join();
  return carrier.known().map(({ name, eyes, looksPerMinute, dropped, silentMs, isSilent, packs: has }) => {
    const looks = has.join() === wanted ? 'looks' : 'other-packs';
    const state = isSilent ? 'silent' : looks;
    return { name, eyes, looksPerMinute, dropped, state, heardAt: Math.round(now - silentMs) };
  });
}

/** Why other packs look than those that were chosen; undefined when all is as it should be. */
function packTrouble(db: Deps['db']): string | undefined {
  const active = activePackSet(db);
  const step = active === undefined ? undefined : activatedBy(db, active.id);
  return step?.kind === 'fell_back' ? (step.reason ?? '') : undefined;
}
