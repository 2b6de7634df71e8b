// The public addresses behind every code: a lot, a product, a box, a place, and what is no sound link but may still be known.
import { type Context, Hono } from 'hono';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Deps, Env } from '../../deps.ts';
import type { DigitalLink } from '../code/digital-link.ts';
import { asGtin } from '../code/gs1.ts';
import { keyUri } from '../code/gs1-key.ts';
import { lotCodeFromGtinAndBatch } from '../code/lot-code-kinds.ts';
import { isGs1Lot, lotPath, readLotSlug } from '../lot/lot-address.ts';
import { lotByCode, lotById, searchLot, wholeLot } from '../lot/lot-store.ts';
import { resolverDescription } from './linkset.ts';
import { badCode, type CodeFault, decoded, type Shown, shownOrUnknown } from './public-answer.tsx';
import { readPublicCode } from './public-code.ts';
import { type DinerJoin, lotShown } from './public-lot.tsx';
import { containerShown, placeShown, productShown } from './public-thing.tsx';

// Only misses are counted: a shop full of diners reads pages, a search for codes finds nothing, often.
const missesPerMinute = 120;

export function consumerRoutes(deps: Deps, join: DinerJoin): Hono<Env> {
  const app = new Hono<Env>();
  const misses = new RateLimiterMemory({ points: missesPerMinute, duration: 60 });
  const answer = async (c: Context<Env>) => {
    allowOthers(c);
    const url = new URL(c.req.url);
    const code = readPublicCode(url.pathname, url.search.slice(1));
    if (code.found === 'elsewhere') return c.redirect(code.path + url.search, 301);
    if (code.found === 'fault') return strangeCode(c, deps, join, misses, code);
    return shownOrUnknown(c, misses, elementsSaid(code.link), () => linkShown(c, deps, join, code.link));
  };
  for (const path of ['/01/:gtin/10/:lot', '/01/:gtin', '/01/*', '/00/:sscc', '/414/:gln', '/414/*'])
    app.get(path, answer);
  for (const path of ['/01/*', '/00/*', '/414/*']) app.options(path, (c) => offered(c));
  app.get('/lot/:slug', (c) => {
    const lotId = readLotSlug(c.req.param('slug'), deps.secrets.linkKey);
    const lot = lotId === undefined ? undefined : lotById(deps.db, lotId);
    return shownOrUnknown(c, misses, c.req.param('slug').slice(0, 40), () =>
      lot === undefined ? undefined : lotShown(c, deps, join, wholeLot(deps.db, lot), { as: lot }),
    );
  });
  app.get('/.well-known/gs1resolver', (c) => {
    allowOthers(c);
    return c.json(resolverDescription(deps.config.publicUrl));
  });
  return app;
}

function allowOthers(c: Context<Env>): void {
  c.header('Access-Control-Allow-Origin', '*');
  c.header('Access-Control-Expose-Headers', 'Link');
}

function offered(c: Context<Env>): Response {
  allowOthers(c);
  c.header('Access-Control-Allow-Methods', 'GET, HEAD, OPTIONS');
  c.header('Access-Control-Allow-Headers', 'Accept, Accept-Language');
  c.header('Allow', 'GET, HEAD, OPTIONS');
  return c.body(null, 204);
}

function linkShown(c: Context<Env>, deps: Deps, join: DinerJoin, link: DigitalLink): Shown | undefined {
  const of = (ai: string) => link.qualifiers.find((element) => element.ai === ai)?.value;
  if (link.key.ai === '00') return containerShown(c, deps, link.key.value);
  if (link.key.ai === '414') return placeShown(c, deps, join, link.key.value);
  const gtin = asGtin(link.key.value);
  if (gtin === undefined) return undefined;
  const [batch, serial] = [of('10'), of('21')];
  if (batch === undefined && serial === undefined) return productShown(c, deps, gtin);
  const lot =
    (batch === undefined ? undefined : lotByCode(deps.db, lotCodeFromGtinAndBatch(gtin, batch))) ??
    (serial === undefined
      ? undefined
      : lotByCode(deps.db, keyUri({ key: { ai: '01', value: gtin }, qualifier: { ai: '21', value: serial } })));
  return lot === undefined ? undefined : lotShown(c, deps, join, wholeLot(deps.db, lot), { serial, as: lot });
}

/** What is no sound Digital Link may still be what a partner captured: a batch in Chinese, a GTIN with a wrong digit, a serial before its lot. */
function strangeCode(
  c: Context<Env>,
  deps: Deps,
  join: DinerJoin,
  misses: RateLimiterMemory,
  fault: CodeFault,
): Response | Promise<Response> {
  const { pathname } = new URL(c.req.url);
  const search = searchLot(deps.db, `https://id.gs1.org${pathname}`);
  if (search.found === 'unreadable' || search.found === 'several') return badCode(c, pathname, fault);
  if (search.found === 'one' && isGs1Lot(search.lot)) return c.redirect(lotPath(search.lot, deps.secrets.linkKey), 303);
  return shownOrUnknown(c, misses, decoded(pathname), () =>
    search.found === 'one' ? lotShown(c, deps, join, search.lot, {}) : undefined,
  );
}

function elementsSaid(link: DigitalLink): string {
  return [link.key, ...link.qualifiers].map(({ ai, value }) => `(${ai})${value}`).join('');
}
