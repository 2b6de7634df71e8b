// Whether the server lives, is ready, and how its parts fare.
import { Hono } from 'hono';
import type { Deps, Env } from '../deps.ts';

/**
 * `ready` turns true once everything is wired and false when a stop begins; `scrape` reads the gauges just before they are told.
 */
export function healthRoutes(
  { db, metrics, eye, machines, room }: Deps,
  ready: () => boolean,
  scrape: () => void,
  unwatched: () => number,
): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/healthz', (c) => c.json({ alive: true }));
  app.get('/readyz', (c) => {
    const database = db.sqlite.prepare('SELECT 1').pluck().get() === 1;
    const whole = ready() && database;
    const models = eye.packs.map(({ name, version }) => ({ name, version }));
    // A Redis that is away makes cameras wait; everything else is served as before.
    const looking = machines === undefined ? 'here' : machines.carrier.state();
    // A full disk serves everything that was kept: taken out of the proxy, it would keep a recall from those who ask for it.
    return c.json(
      { ready: whole, unwatched: unwatched(), database, storage: room.state(), models, looking },
      whole ? 200 : 503,
    );
  });
  app.get('/metrics', async (c) => {
    scrape();
    return c.body(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType });
  });
  return app;
}
