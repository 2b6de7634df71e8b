// The daily list over HTTP: the officer's page and presses, the list of shops, and the day for programs.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { DayPage, type PeriodView } from '../../../views/oversight/day/day-page.tsx';
import { DaysPage } from '../../../views/oversight/day/days-page.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, formValues, readBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { here, page, seeOther } from '../../http/respond.tsx';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import { askedShop, dayFaults } from './asked-shop.ts';
import { gapsOf } from './check-days.ts';
import { dayAfter, dayInputSchema, dayItemNames, daySchema, periodOf, reportKinds } from './day.ts';
import { morningsOf, officesOf, schoolOf, shopDay, staffOf } from './day-store.ts';
import { ownDays, shopDays, shopsPerPage } from './days-store.ts';
import { mealRoutes } from './meal-routes.tsx';
import { reportRoutes } from './report-routes.tsx';
import { signedReport } from './report-store.ts';
import { shopSettingRoutes } from './shop-setting-routes.tsx';
import { addException, closeDay, writeDay } from './write-day.ts';

const exceptionSchema = z.object({ item: z.enum(dayItemNames), words: z.string().trim().min(2).max(500) });
const listQuery = z.object({ from: z.coerce.number().int().min(0).max(1_000_000).default(0).catch(0) });
const dayQuery = z.object({ day: daySchema.optional() });

export function dayRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/my/day', (c) => chooseShop(c, deps));
  app.get('/days', (c) => listShops(c, deps));
  app.get('/api/day/:siteId', (c) => dayJson(c, deps));
  app.get('/my/day/:siteId', (c) => showDay(c, deps, { values: {} }));
  app.post('/my/day/:siteId', (c) => takeDay(c, deps));
  app.post('/my/day/:siteId/closed', (c) => {
    const { site, caller } = askedShop(c, deps);
    closeDay(deps, site.id, caller);
    return seeOther(c, `/my/day/${encodeURIComponent(site.id)}`);
  });
  app.post('/my/day/:siteId/lines', (c) => takeException(c, deps));
  app.route('/', shopSettingRoutes(deps));
  app.route('/', mealRoutes(deps));
  app.route('/', reportRoutes(deps));
  return app;
}

/** Whoever has one shop goes straight to its list. */
function chooseShop(c: Context<Env>, { db, clock }: Deps): Response | Promise<Response> {
  const caller = signedInCaller(c);
  const [only, ...others] = caller.sites;
  if (only !== undefined && others.length === 0) return seeOther(c, `/my/day/${encodeURIComponent(only)}`);
  const shops = ownDays(db, caller, clock());
  return page(
    c,
    <DaysPage words={c.get('words')} here="/my/day" viewer={c.get('viewer')} whose="mine" shops={shops} next={null} />,
  );
}

function listShops(c: Context<Env>, { db, clock }: Deps): Promise<Response> {
  const { from } = listQuery.parse(c.req.query());
  const shops = shopDays(db, signedInCaller(c), clock(), from);
  const next = shops.length < shopsPerPage ? null : `/days?from=${from + shopsPerPage}`;
  return page(
    c,
    <DaysPage words={c.get('words')} here={here(c)} viewer={c.get('viewer')} whose="all" shops={shops} next={next} />,
  );
}

type Typed = { readonly values: Readonly<Record<string, string>>; readonly problem?: Problem };

function showDay(c: Context<Env>, deps: Deps, { values, problem }: Typed): Promise<Response> {
  const { db, clock } = deps;
  const { site, caller } = askedShop(c, deps);
  const now = clock();
  const { check: done, items, lines, day } = shopDay(db, site.id, beijingDay(now), now);
  const officer = officesOf(db, site.id).get('officer') ?? null;
  return page(
    c,
    <DayPage
      words={c.get('words')}
      here={`/my/day/${encodeURIComponent(site.id)}`}
      viewer={c.get('viewer')}
      site={site}
      day={day}
      items={items}
      lines={lines}
      done={done ?? null}
      may={officer === null ? 'nobody' : officer.accountId === caller.id ? 'do' : 'officer'}
      officer={officer}
      isSchool={schoolOf(db, site.id) !== undefined}
      missed={gapsOf(db, site.id, now).days.length}
      periods={periodsOf(deps, site.id, day)}
      staff={staffOf(db, site.id)}
      mornings={done === undefined ? [] : morningsOf(db, done.id)}
      values={values}
      faults={problem === undefined ? [] : dayFaults(c, problem)}
    />,
    problem === undefined ? 200 : 400,
  );
}

/** This week and month, and those before. */
function periodsOf({ db }: Deps, siteId: string, today: string): PeriodView[] {
  return reportKinds.flatMap((kind) => {
    const now = periodOf(kind, today);
    const before = periodOf(kind, dayAfter(now.from, -1));
    return [now, before].map(({ from, until }): PeriodView => {
      const isSigned = signedReport(db, siteId, kind, from) !== undefined;
      return { kind, from, until, state: isSigned ? 'signed' : until >= today ? 'notOver' : 'unsigned' };
    });
  });
}

async function takeDay(c: Context<Env>, deps: Deps): Promise<Response> {
  const { site, caller } = askedShop(c, deps);
  const isForm = !(c.req.header('content-type') ?? '').includes('json');
  const values = isForm ? await formValues(c) : {};
  try {
    const input = isForm ? check(dayInputSchema, inputOf(values)) : await readBody(c, dayInputSchema);
    writeDay(deps, site.id, input, caller);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0 || !isForm) throw error;
    return showDay(c, deps, { values, problem: error });
  }
  return seeOther(c, `/my/day/${encodeURIComponent(site.id)}`);
}

function inputOf(values: Readonly<Record<string, string>>) {
  const answers = dayItemNames.flatMap((item) => {
    const [answer, words] = [values[`answer-${item}`], values[`words-${item}`]];
    return answer === undefined && words === undefined ? [] : [[item, { answer, words }] as const];
  });
  const staff = Object.entries(values).flatMap(([name, state]) => {
    const id = /^staff-(\d+)$/.exec(name)?.[1];
    return id === undefined ? [] : [[id, state] as const];
  });
  return { all: values['all'] === '1', answers: Object.fromEntries(answers), staff: Object.fromEntries(staff) };
}

async function takeException(c: Context<Env>, deps: Deps): Promise<Response> {
  const { site, caller } = askedShop(c, deps);
  try {
    addException(deps, site.id, await readBody(c, exceptionSchema), caller);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return showDay(c, deps, { values: {}, problem: error });
  }
  return seeOther(c, `/my/day/${encodeURIComponent(site.id)}`);
}

function dayJson(c: Context<Env>, deps: Deps): Response {
  const { db, clock } = deps;
  const { site } = askedShop(c, deps);
  const now = clock();
  const { day = beijingDay(now) } = check(dayQuery, c.req.query());
  const { check: done, items, lines } = shopDay(db, site.id, day, now);
  const gaps = gapsOf(db, site.id, now);
  return c.json({
    site: site.id,
    day,
    state: done?.state ?? 'open',
    doneAt: done === undefined ? null : new Date(done.at).toISOString(),
    doneBy: done?.by ?? null,
    items:
      done === undefined
        ? items
        : lines.map(({ item, answer, words, values }) => ({ item, state: answer, words, values })),
    missed: gaps.days,
    lateReports: { week: gaps.weeks, month: gaps.months },
  });
}
