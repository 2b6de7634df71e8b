// The list of visits, sorted by risk, nearness or day; and planning one.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { VisitsPage } from '../../../views/oversight/visit/visits-page.tsx';
import { say } from '../../../views/text/say.ts';
import { scopeOf } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { formValues } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { placesToChoose } from '../join/place-choice-store.ts';
import { addPlannedVisit } from './add-planned-visit.ts';
import { visitStates } from './visit.ts';
import { visitLine } from './visit-data.ts';
import { listTasks, orders, positionOf } from './visit-store.ts';

const perPage = 200;
const degrees = (most: number) => z.coerce.number().min(-most).max(most).optional().catch(undefined);
const blank = (value: unknown) => (value === '' ? undefined : value);

export const visitQuery = z.object({
  state: z.enum(visitStates).catch('open'),
  sort: z.enum(orders).catch('risk'),
  who: z.enum(['mine', 'all']).optional().catch(undefined),
  near: z.string().max(200).default(''),
  lat: z.preprocess(blank, degrees(90)),
  lon: z.preprocess(blank, degrees(180)),
});

export function visitListRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/visits', (c) => list(c, deps, { values: {}, faults: [] }));
  app.post('/visits', (c) => plan(c, deps));
  return app;
}

type Typed = { readonly values: Readonly<Record<string, string>>; readonly faults: readonly Fault[] };

function list(c: Context<Env>, { db, clock }: Deps, { values, faults }: Typed): Promise<Response> {
  const words = c.get('words');
  const caller = signedInCaller(c);
  const { state, sort, who, near, lat, lon } = visitQuery.parse(c.req.query());
  const isInspector = caller.role === 'inspector';
  const asked = who ?? (isInspector ? 'mine' : 'all');
  const from = lat !== undefined && lon !== undefined ? { lat, lon } : positionOf(db, near);
  const inspector = isInspector && asked === 'mine' ? caller.id : undefined;
  const tasks = listTasks(db, caller, { state, order: sort, from, inspector, limit: perPage });
  return page(
    c,
    <VisitsPage
      words={words}
      here="/visits"
      viewer={c.get('viewer')}
      visits={tasks.map((task) => visitLine(task, clock()))}
      asked={{ state, sort, who: asked, near, lat: String(lat ?? ''), lon: String(lon ?? '') }}
      isInspector={isInspector}
      mayEditList={caller.role === 'admin'}
      places={placesToChoose(db, scopeOf(caller))}
      merged={c.req.query('merged') === '1' ? 'merged' : undefined}
      values={values}
      faults={faults.map(({ place, code, detail }) => ({
        place,
        detail: words.visit.faults[code] ?? say(words, detail),
      }))}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

async function plan(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await formValues(c);
  const days = /^\d{1,3}$/.test(values['days'] ?? '') ? Number(values['days']) : Number.NaN;
  try {
    if (!(days <= 365))
      throw new Problem('invalid_input', {
        faults: [{ place: '/days', code: 'days', detail: 'A whole number from 0 to 365.' }],
      });
    const { merged } = addPlannedVisit(deps, signedInCaller(c), { siteId: values['site'] ?? '', days });
    return seeOther(c, merged ? '/visits?merged=1' : '/visits');
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return list(c, deps, { values, faults: error.faults });
  }
}
