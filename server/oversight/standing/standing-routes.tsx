// The page on which a kitchen is renamed, closed and opened again, by its owner or an inspector.
import { type Context, Hono } from 'hono';
import { StandingPage } from '../../../views/oversight/standing/standing-page.tsx';
import { say } from '../../../views/text/say.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, formValues, idParam } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import { visibleRestaurant } from '../../kitchen/restaurant/restaurant-store.ts';
import { closingOf, formerNames } from '../../kitchen/restaurant/standing-store.ts';
import { closeKitchen } from './close-kitchen.ts';
import { renameKitchen } from './rename-kitchen.ts';
import { reopenKitchen } from './reopen-kitchen.ts';
import { closingSchema, mayReopen, nameSchema } from './standing.ts';

export function standingRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/kitchens/:id/standing', (c) => show(c, deps));
  app.post('/kitchens/:id/name', (c) =>
    take(c, deps, (form, id) => renameKitchen(deps, signedInCaller(c), id, check(nameSchema, form))),
  );
  app.post('/kitchens/:id/closing', (c) =>
    take(c, deps, (form, id) => closeKitchen(deps, signedInCaller(c), id, check(closingSchema, form))),
  );
  app.post('/kitchens/:id/reopening', (c) => take(c, deps, (_form, id) => reopenKitchen(deps, signedInCaller(c), id)));
  return app;
}

type Form = Readonly<Record<string, string>>;

async function take(c: Context<Env>, deps: Deps, act: (form: Form, id: number) => void): Promise<Response> {
  const id = idParam(c, 'id');
  // Whose it is comes before what was typed.
  kitchenOf(c, deps);
  const form = await formValues(c);
  try {
    act(form, id);
    return seeOther(c, `/kitchens/${id}/standing`);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return show(c, deps, { form, problem: error });
  }
}

function kitchenOf(c: Context<Env>, { db }: Pick<Deps, 'db'>) {
  const kitchen = visibleRestaurant(db, signedInCaller(c), idParam(c, 'id'));
  if (kitchen === undefined) throw new Problem('not_found');
  return kitchen;
}

function show(c: Context<Env>, deps: Deps, refused?: { readonly form: Form; readonly problem: Problem }) {
  const { db, clock } = deps;
  const [kitchen, caller, words, now] = [kitchenOf(c, deps), signedInCaller(c), c.get('words'), clock()];
  const closing = closingOf(db, kitchen.id);
  return page(
    c,
    <StandingPage
      words={words}
      here={`/kitchens/${kitchen.id}/standing`}
      viewer={c.get('viewer')}
      kitchen={{ id: kitchen.id, name: kitchen.name, nameEn: kitchen.nameEn, licence: kitchen.licence }}
      back={caller.role === 'owner' ? `/my?site=${encodeURIComponent(kitchen.siteId)}` : `/kitchens/${kitchen.id}`}
      names={formerNames(db, kitchen.id)}
      closing={closing === undefined ? undefined : { ...closing, mayReopen: mayReopen(caller, closing, now) }}
      today={beijingDay(now)}
      values={refused?.form ?? {}}
      faults={
        refused === undefined
          ? []
          : refused.problem.faults.map(({ place, detail }) => ({
              place: place.replace('/', ''),
              detail: say(words, detail),
            }))
      }
    />,
    refused === undefined ? 200 : 400,
  );
}
