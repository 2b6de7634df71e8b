// The administrator's view of the running system: queue, failed jobs, models, database.
import { Hono } from 'hono';
import { HealthPage } from '../../views/accounts/health-page.tsx';
import type { Deps, Env } from '../deps.ts';
import { idParam } from '../http/input.ts';
import { Problem } from '../http/problem.ts';
import { page, seeOther } from '../http/respond.tsx';

const deadShown = 100;

export function systemRoutes({ db, queue, eye }: Deps): Hono<Env> {
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
        databaseBytes={databaseBytes}
      />,
    );
  });
  app.post('/health/jobs/:id/revived', (c) => {
    if (!queue.revive(idParam(c, 'id'))) throw new Problem('not_found');
    return seeOther(c, '/health');
  });
  return app;
}
