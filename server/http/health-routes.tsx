// Whether the server lives, is ready, and how its parts fare.
import { Hono } from 'hono';
import type { Deps, Env } from '../deps.ts';

export type Asked = {
  /** True once everything is wired, and false when a stop begins. */
  readonly ready: () => boolean;
  /** Reads the gauges just before they are told. */
  readonly scrape: () => void;
  readonly unwatched: () => number;
  readonly witnesses: () => string;
};

export function healthRoutes({ db, metrics, eye, machines, moving, room }: Deps, asked: Asked): Hono<Env> {
  const { ready, scrape, unwatched, witnesses } = asked;
  const app = new Hono<Env>();
  app.get('/healthz', (c) => c.json({ alive: true }));
  app.get('/readyz', (c) => {
    const database = db.sqlite.prepare('SELECT 1').pluck().get() === 1;
    const whole = ready() && database;
    const models = eye.packs.map(({ name, version }) => ({ name, version }));
    // While the models load, or Redis is away, cameras wait; everything else is served as before.
    const here = eye.opening === true ? 'opening' : 'here';
    const looking = machines === undefined ? here : machines.carrier.state();
    // A full disk serves everything that was kept: taken out of the proxy, it would keep a recall from those who ask for it.
    // So does one whose witness is away or refuses: what it says is looked into by a person, and diners are served meanwhile.
    // While the store of pictures is away, new ones stay in the folder, and the rest of the house needs none of it.
    const pictures = moving?.standing().state ?? 'folder';
    const standing = { storage: room.state(), pictures, models, looking, witnesses: witnesses() };
    return c.json({ ready: whole, unwatched: unwatched(), database, ...standing }, whole ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    scrape();
    return c.body(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType });
  });
  return app;
}
