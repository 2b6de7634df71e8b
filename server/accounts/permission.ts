// The one table of who may call which route; a route without its line here fails the build.
import { type Caller, type Role, roles } from './caller.ts';

export type Policy = { readonly everyone: true } | { readonly everyone: false; readonly roles: readonly Role[] };

const everyone: Policy = { everyone: true };
const signedIn: Policy = { everyone: false, roles };

function allow(...allowed: Role[]): Policy {
  return { everyone: false, roles: allowed };
}

/** `METHOD path` as registered with the router → who may call it. */
export const permissions: Readonly<Record<string, Policy>> = {
  'GET /': everyone,
  'GET /static/*': everyone,
  'GET /healthz': everyone,
  'GET /readyz': everyone,
  'GET /metrics': allow('admin'),
  'GET /api/openapi.json': everyone,
  'GET /sign-in': everyone,
  'POST /sign-in': everyone,
  'GET /set-up/:key': everyone,
  'POST /set-up/:key': everyone,
  'POST /sign-out': signedIn,
  'GET /people': allow('admin'),
  'POST /people': allow('admin'),
  'POST /people/:id/disabled': allow('admin'),
  'GET /health': allow('admin'),
  'POST /health/jobs/:id/revived': allow('admin'),
  'GET /ledger': allow('inspector', 'admin'),
  'GET /api/ledger/checkpoint': everyone,
  'GET /api/ledger/key': everyone,
  'GET /api/ledger/entries/:seq': allow('inspector', 'admin'),
  'GET /api/ledger/consistency': everyone,
  'GET /review': allow('reviewer', 'admin'),
  'GET /review/unsure': allow('reviewer', 'admin'),
  'GET /review/orders': allow('reviewer', 'admin'),
  'GET /review/pace': allow('reviewer', 'admin'),
  'POST /review/undo': allow('reviewer', 'admin'),
  'POST /flags/:id/verdict': allow('reviewer', 'admin'),
  'GET /my': allow('owner'),
  'GET /my/orders': allow('owner'),
  'GET /my/restaurants/new': allow('owner', 'admin'),
  'POST /my/restaurants': allow('owner', 'admin'),
  'GET /my/cameras/new': allow('owner', 'admin'),
  'POST /my/cameras': allow('owner', 'admin'),
  'GET /cameras/:id': allow('owner', 'reviewer', 'inspector', 'admin'),
  'POST /cameras/:id': allow('owner', 'admin'),
  'GET /cameras/:id/change': allow('owner', 'admin'),
  'POST /cameras/:id/test': allow('owner', 'admin'),
  'GET /orders/:id': allow('owner', 'reviewer', 'inspector', 'admin'),
  'POST /orders/:id/answer': allow('owner'),
  'POST /orders/:id/decision': allow('reviewer', 'admin'),
  'POST /orders/:id/appeal': allow('owner'),
  'POST /orders/:id/appeal-decision': allow('reviewer', 'admin'),
  'GET /kitchens': allow('reviewer', 'inspector', 'admin'),
  'GET /kitchens/settings': allow('admin'),
  'POST /kitchens/settings': allow('admin'),
  'GET /kitchens/:id': allow('reviewer', 'inspector', 'admin'),
  'GET /pictures/:hash': everyone,
  'GET /pictures/:hash/original': everyone,
  'POST /pictures/:hash/openings': allow('inspector'),
  'GET /api/restaurants': allow('owner', 'reviewer', 'inspector', 'admin'),
  'POST /api/restaurants': allow('owner', 'admin'),
  'GET /api/cameras': allow('owner', 'reviewer', 'inspector', 'admin'),
  'POST /api/cameras': allow('owner', 'admin'),
  'GET /api/cameras/:id': allow('owner', 'reviewer', 'inspector', 'admin'),
  'POST /api/cameras/:id/test': allow('owner', 'admin'),
  'GET /api/flags': allow('owner', 'reviewer', 'inspector', 'admin'),
  'GET /api/flags/:id': allow('owner', 'reviewer', 'inspector', 'admin'),
  'POST /api/flags/:id/verdict': allow('reviewer', 'admin'),
  'POST /api/classify': signedIn,
  'GET /api/orders': allow('owner', 'reviewer', 'inspector', 'admin'),
  'GET /api/orders/:id': allow('owner', 'reviewer', 'inspector', 'admin'),
  'POST /api/orders/:id/answer': allow('owner'),
  'POST /api/orders/:id/decision': allow('reviewer', 'admin'),
  'POST /api/orders/:id/appeal': allow('owner'),
  'POST /api/orders/:id/appeal-decision': allow('reviewer', 'admin'),
  'GET /01/:gtin/10/:lot': everyone,
  'GET /01/:gtin/10/:lot/qr.svg': everyone,
  'GET /01/:gtin/10/:lot/qr.png': everyone,
  'GET /01/:gtin': everyone,
  'GET /01/*': everyone,
  'OPTIONS /01/*': everyone,
  'GET /00/:sscc': everyone,
  'OPTIONS /00/*': everyone,
  'GET /414/:gln': everyone,
  'GET /414/*': everyone,
  'OPTIONS /414/*': everyone,
  'GET /lot/:slug': everyone,
  'GET /lot/:slug/qr.svg': everyone,
  'GET /lot/:slug/qr.png': everyone,
  'GET /.well-known/gs1resolver': everyone,
  'GET /look-up': everyone,
  'POST /epcis/capture': allow('partner', 'owner', 'inspector', 'admin'),
  'GET /epcis/capture': allow('partner', 'owner', 'inspector', 'admin'),
  'GET /epcis/capture/:id': allow('partner', 'owner', 'inspector', 'admin'),
  'OPTIONS /epcis/capture': everyone,
  'OPTIONS /epcis/capture/:id': everyone,
  'POST /epcis/events': allow('partner', 'owner', 'inspector', 'admin'),
  'GET /api/trace': allow('partner', 'owner', 'reviewer', 'inspector', 'admin'),
  'POST /api/lots': allow('partner', 'owner', 'inspector', 'admin'),
  'GET /api/lots': allow('partner', 'owner', 'reviewer', 'inspector', 'admin'),
  'GET /api/lots/:id': allow('partner', 'owner', 'reviewer', 'inspector', 'admin'),
  'POST /api/lots/:id/held': allow('inspector', 'admin'),
  'POST /api/lots/:id/released': allow('inspector', 'admin'),
  'GET /api/recalls': allow('partner', 'owner', 'reviewer', 'inspector', 'admin'),
  'POST /api/recalls': allow('inspector', 'admin'),
  'GET /api/recalls/:id': allow('partner', 'owner', 'reviewer', 'inspector', 'admin'),
  'POST /api/recalls/:id/answers': allow('partner', 'owner', 'inspector', 'admin'),
  'GET /trace': allow('inspector', 'admin', 'reviewer'),
  'GET /lots': allow('partner', 'owner', 'reviewer', 'inspector', 'admin'),
  'GET /lots/new': allow('partner', 'owner', 'inspector', 'admin'),
  'POST /lots/new': allow('partner', 'owner', 'inspector', 'admin'),
  'GET /lots/:id': allow('partner', 'owner', 'reviewer', 'inspector', 'admin'),
  'POST /lots/:id/held': allow('inspector', 'admin'),
  'POST /lots/:id/released': allow('inspector', 'admin'),
  'GET /lots/:id/labels': allow('partner', 'owner', 'inspector', 'admin'),
  'GET /lots/:id/datamatrix.svg': allow('partner', 'owner', 'inspector', 'admin'),
  'GET /lots/:id/gs1-128.svg': allow('partner', 'owner', 'inspector', 'admin'),
};

/** Whether `caller` may call the route registered as `METHOD path`; undefined when the table has no line for it. */
export function mayCall(route: string, caller: Caller | null): boolean | undefined {
  const policy = permissions[route];
  if (policy === undefined) return undefined;
  return policy.everyone || (caller !== null && policy.roles.includes(caller.role));
}

/** Whether a call without an account is let through. */
export function isPublic(route: string): boolean {
  return permissions[route]?.everyone === true;
}
