// Whether the server lives, is ready, and how its parts fare.
import { Hono } from 'hono';
import type { Deps, Env } from '../deps.ts';

/** `ready` turns true once everything is wired and false when a stop begins. */
export function healthRoutes({ db, metrics, queue, eye }: Deps, ready: () => boolean): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/healthz', (c) => c.json({ alive: true }));
  app.get('/readyz', (c) => {
    const database = db.sqlite.prepare('SELECT 1').pluck().get() === 1;
    const whole = ready() && database;
    return c.json(
      { ready: whole, database, models: eye.packs.map(({ name, version }) => ({ name, version })) },
      whole ? 200 : 503,
    );
  });
  app.get('/metrics', async (c) => {
    for (const [state, count] of Object.entries(queue.counts())) metrics.queue.set({ state }, count);
    const { queued, running, dropped, crashes } = eye.metrics();
    for (const [state, count] of Object.entries({ queued, running, dropped, crashes }))
      metrics.eye.set({ state }, count);
    return c.body(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType });
  });
  return app;
}
