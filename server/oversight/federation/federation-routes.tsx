// The servers of districts over HTTP: the administrator's page, where their deliveries come in, and how they stand, for programs.
import { type Context, Hono } from 'hono';
import { FederationPage } from '../../../views/oversight/federation/federation-page.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, formValues, idParam } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { addServer, removeServer } from './add-server.ts';
import { newServerSchema, placeSchema } from './federation.ts';
import { disputes, federatedServers, sumsOfServer } from './federation-store.ts';
import { settlePlace } from './settle-place.ts';
import { takeDelivery } from './take-delivery.ts';

export function federationRoutes(deps: Deps): Hono<Env> {
  const { db } = deps;
  const app = new Hono<Env>();
  app.get('/federation', (c) => show(c, deps, { values: {}, faults: [] }));
  app.post('/federation', (c) => add(c, deps));
  app.post('/federation/places', async (c) => {
    settlePlace(deps, check(placeSchema, await formValues(c)), signedInCaller(c));
    return seeOther(c, '/federation');
  });
  app.post('/federation/:id/removed', (c) => {
    removeServer(deps, idParam(c, 'id'), signedInCaller(c));
    return seeOther(c, '/federation');
  });
  app.post('/federation/inbox/:inbox', async (c) => {
    const taken = takeDelivery(deps, c.req.param('inbox'), {
      signature: c.req.header('GS1-Signature') ?? '',
      deliveryId: (c.req.header('Bright-Kitchen-Delivery') ?? '').slice(0, 100),
      body: await c.req.text(),
    });
    return taken === 'gone' ? c.body(null, 410) : c.json(taken);
  });
  app.get('/api/federation', (c) => {
    const servers = federatedServers(db).map(({ id, name, address, heardAt, answeredAt, fault, faultDetail }) => ({
      ...{ id, name, address, fault, faultDetail },
      ...{ heardAt: iso(heardAt), answeredAt: iso(answeredAt) },
      ...sumsOfServer(db, id),
    }));
    const twice = disputes(db).map(({ siteId: site, owner, serverId: besides, events, firstAt, lastAt }) => ({
      ...{ site, owner, besides, events },
      ...{ firstAt: iso(firstAt), lastAt: iso(lastAt) },
    }));
    return c.json({ servers, toldTwice: twice });
  });
  return app;
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

type Shown = { readonly values: Readonly<Record<string, string>>; readonly faults: readonly Fault[] };

function show(c: Context<Env>, { db, clock }: Deps, { values, faults }: Shown): Promise<Response> {
  const words = c.get('words');
  return page(
    c,
    <FederationPage
      words={words}
      here="/federation"
      viewer={c.get('viewer')}
      now={clock()}
      servers={federatedServers(db).map((server) => ({ ...server, ...sumsOfServer(db, server.id) }))}
      disputes={disputes(db)}
      values={{ ...values, token: '' }}
      faults={faults.map(({ place, code, detail }) => ({ place, detail: words.federation.faults[code] ?? detail }))}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

async function add(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await formValues(c);
  try {
    await addServer(deps, check(newServerSchema, values), signedInCaller(c));
    return seeOther(c, '/federation');
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return show(c, deps, { values, faults: error.faults });
  }
}
