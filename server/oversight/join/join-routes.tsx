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
import { visibleLot } from '../../trace/lot/visible-lot.ts';
import { presentLots, stayedKitchens } from './join-data.ts';
import { looksOfLot } from './look-store.ts';
import { lotsShown } from './lots-shown-store.ts';

export function joinRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/lots/:id/kitchens', (c) => kitchens(c, deps));
  app.get('/flags/:id/lots', (c) => lots(c, deps));
  return app;
}

function kitchens(c: Context<Env>, deps: Deps): Promise<Response> {
  const { id } = visibleLot(c, deps);
  const lot = lotsShown(deps.db, [id], deps.clock()).get(id);
  if (lot === undefined) throw new Problem('not_found');
  const view = { words: c.get('words'), here: c.req.path, viewer: c.get('viewer'), lot };
  const stays = stayedKitchens(deps, signedInCaller(c), id);
  return page(c, <LotKitchensPage {...view} {...stays} looks={looksOfLot(deps.db, id)} />);
}

function lots(c: Context<Env>, deps: Deps): Promise<Response> {
  const flag = flagOverseen(deps.db, signedInCaller(c), idParam(c, 'id'));
  if (flag === undefined) throw new Problem('not_found');
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
