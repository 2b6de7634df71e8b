// Lot, kitchens and frames on one page; and from a flag to the lots of that hour.
import { type Context, Hono } from 'hono';
import { FlagLotsPage } from '../../../views/oversight/join/flag-lots-page.tsx';
import { LotKitchensPage } from '../../../views/oversight/join/lot-kitchens-page.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { idParam } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page } from '../../http/respond.tsx';
import { flagOverseen } from '../../kitchen/flag/flag-store.ts';
import { violationWords } from '../../kitchen/violation/violation-kinds.ts';
import { seesLot } from '../../trace/chain/lot-visibility-store.ts';
import { standsFor } from '../../trace/lot/lot-merge-store.ts';
import { presentLots, stayedKitchens } from './join-data.ts';
import { kitchensJson, lotsJson } from './join-json.ts';
import { looksOfLot } from './look-store.ts';
import { lotsShown } from './lots-shown-store.ts';

export function joinRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/lots/:id/kitchens', (c) => kitchens(c, deps));
  app.get('/flags/:id/lots', (c) => lots(c, deps));
  app.get('/api/lots/:id/kitchens', (c) => kitchensAnswer(c, deps));
  app.get('/api/flags/:id/lots', (c) => lotsAnswer(c, deps));
  return app;
}

/** The lot in the path, when the caller may see it, or oversees a kitchen that had something made of it. */
async function staysOfLot(c: Context<Env>, deps: Deps) {
  const caller = signedInCaller(c);
  const id = standsFor(deps.db, idParam(c, 'id'));
  const lot = lotsShown(deps.db, [id], deps.clock()).get(id);
  if (lot === undefined) throw new Problem('not_found');
  const stays = await stayedKitchens(deps, caller, id);
  if (!seesLot(deps.db, caller, id) && stays.kitchens.every(({ seen }) => seen === null))
    throw new Problem('not_found');
  return { id, lot, stays };
}

async function kitchens(c: Context<Env>, deps: Deps): Promise<Response> {
  const { id, lot, stays } = await staysOfLot(c, deps);
  const view = { words: c.get('words'), here: c.req.path, viewer: c.get('viewer'), lot };
  return page(c, <LotKitchensPage {...view} {...stays} looks={looksOfLot(deps.db, id)} />);
}

async function kitchensAnswer(c: Context<Env>, deps: Deps): Promise<Response> {
  const { id, stays } = await staysOfLot(c, deps);
  return c.json(kitchensJson(id, stays));
}

function overseenFlag(c: Context<Env>, { db }: Deps) {
  const flag = flagOverseen(db, signedInCaller(c), idParam(c, 'id'));
  if (flag === undefined) throw new Problem('not_found');
  return flag;
}

function lotsAnswer(c: Context<Env>, deps: Deps): Response {
  const { id, at, siteId } = overseenFlag(c, deps);
  return c.json(lotsJson({ id, at, siteId }, presentLots(deps, siteId, at)));
}

function lots(c: Context<Env>, deps: Deps): Promise<Response> {
  const flag = overseenFlag(c, deps);
  const { id, at, status, restaurantId, restaurantName: name, restaurantNameEn: nameEn, siteId } = flag;
  const violation = violationWords(flag.violation, c.get('lang'), deps.eye.packs).name;
  return page(
    c,
    <FlagLotsPage
      words={c.get('words')}
      here={c.req.path}
      viewer={c.get('viewer')}
      flag={{ id, violation, at, status, restaurantId, name, nameEn }}
      {...presentLots(deps, siteId, at)}
    />,
  );
}
