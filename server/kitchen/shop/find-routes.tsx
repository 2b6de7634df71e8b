// Looking for cameras in the opened networks, as a page for administrators.
import { type Context, Hono } from 'hono';
import { FindPage } from '../../../views/kitchen/shop/find-page.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { page } from '../../http/respond.tsx';
import { findCameras } from '../camera/onvif-camera.ts';
import { openPatience } from '../camera/patience.ts';
import { readSettings } from '../setting/setting-store.ts';

export function findRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  const patience = openPatience(deps);
  const base = (c: Context<Env>) => ({
    words: c.get('words'),
    here: '/cameras/find',
    site: c.req.query('site'),
    viewer: c.get('viewer'),
    networks: readSettings(deps.db).allowedNetworks.map(({ network }) => network),
  });
  app.get('/cameras/find', (c) => page(c, <FindPage {...base(c)} />));
  app.post('/cameras/find', async (c) => {
    await patience.take(signedInCaller(c));
    const { found, asked, cut } = await findCameras(deps);
    return page(c, <FindPage {...base(c)} result={{ found, asked, cut }} />);
  });
  return app;
}
