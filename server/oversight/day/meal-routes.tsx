// A school's meals over HTTP: the canteen's page, and the parents' page by its code.
import { type Context, Hono } from 'hono';
import { MealsPage, ParentsPage } from '../../../views/oversight/day/meals-page.tsx';
import type { Deps, Env } from '../../deps.ts';
import { check, formValues, idParam } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import { placesOf } from '../../trace/place/place-store.ts';
import { kitchenRecords } from '../record/kitchen-record-store.ts';
import { askedShop, dayFaults } from './asked-shop.ts';
import { dayAfter, startOf } from './day.ts';
import { shopDay, staffOf } from './day-store.ts';
import { discardSample, keepMeal, mealSchema } from './keep-meal.ts';
import { lotsToCook, mealsSince, siteOfCode } from './meal-store.ts';

const daysShown = 3;

export function mealRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/my/day/:siteId/meals', (c) => show(c, deps, { values: {} }));
  app.post('/my/day/:siteId/meals', (c) => take(c, deps));
  app.post('/my/day/:siteId/meals/:id/discarded', (c) => {
    const { site, caller } = askedShop(c, deps);
    discardSample(deps, site.id, idParam(c, 'id'), caller);
    return seeOther(c, `/my/day/${encodeURIComponent(site.id)}/meals`);
  });
  app.get('/schools/:code', (c) => showParents(c, deps));
  return app;
}

type Typed = { readonly values: Readonly<Record<string, string>>; readonly problem?: Problem };

function mealsOf({ db, clock, secrets }: Deps, siteId: string) {
  const now = clock();
  const since = startOf(dayAfter(beijingDay(now), 1 - daysShown));
  return mealsSince(db, siteId, since, secrets.linkKey, now);
}

function show(c: Context<Env>, deps: Deps, { values, problem }: Typed): Promise<Response> {
  const { site } = askedShop(c, deps);
  return page(
    c,
    <MealsPage
      words={c.get('words')}
      here={`/my/day/${encodeURIComponent(site.id)}/meals`}
      viewer={c.get('viewer')}
      site={site}
      meals={mealsOf(deps, site.id)}
      lots={lotsToCook(deps.db, site.id)}
      values={values}
      faults={problem === undefined ? [] : dayFaults(c, problem)}
    />,
    problem === undefined ? 200 : 400,
  );
}

async function take(c: Context<Env>, deps: Deps): Promise<Response> {
  const { site, caller } = askedShop(c, deps);
  const form = await c.req.parseBody({ all: true });
  try {
    keepMeal(deps, site.id, check(mealSchema, { ...form, lots: [form['lots'] ?? []].flat() }), caller);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return show(c, deps, { values: await formValues(c), problem: error });
  }
  return seeOther(c, `/my/day/${encodeURIComponent(site.id)}/meals`);
}

/** For whoever has the code: no name of a person, no picture that is not blurred. */
function showParents(c: Context<Env>, deps: Deps): Promise<Response> {
  const { db, clock } = deps;
  const siteId = siteOfCode(db, c.req.param('code') ?? '');
  const site = siteId === undefined ? undefined : placesOf(db, [siteId]).get(siteId);
  if (site === undefined) throw new Problem('not_found');
  const now = clock();
  const today = beijingDay(now);
  const staff = staffOf(db, site.id);
  const [record] = kitchenRecords(deps, [site.id]);
  c.header('x-robots-tag', 'noindex');
  return page(
    c,
    <ParentsPage
      words={c.get('words')}
      here={c.req.path}
      viewer={c.get('viewer')}
      site={site}
      today={today}
      meals={mealsOf(deps, site.id)}
      check={shopDay(db, site.id, today, now).check?.state === 'done' ? 'done' : 'open'}
      staff={{ all: staff.length, valid: staff.filter(({ expiresOn }) => expiresOn >= today).length }}
      picture={record?.picture ?? null}
    />,
  );
}
