// The list of visits, sorted by risk, nearness or day; and planning one.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { type VisitLine, visitColumns } from '../../../views/oversight/visit/visit-table.tsx';
import { VisitsPage } from '../../../views/oversight/visit/visits-page.tsx';
import { listed, rowsNeeded, searchAsked } from '../../../views/parts/listing.tsx';
import { say } from '../../../views/text/say.ts';
import { scopeOf } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { formValues } from '../../http/input.ts';
import { listFile, mostHeld, mostInFile } from '../../http/list-file.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { here, page, seeOther } from '../../http/respond.tsx';
import { placesToChoose } from '../join/place-choice-store.ts';
import { addPlannedVisit } from './add-planned-visit.ts';
import { visitStates } from './visit.ts';
import { visitLine } from './visit-data.ts';
import { listTasks, orders, positionOf } from './visit-store.ts';

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
  app.get('/visits.csv', (c) =>
    listFile(c, 'visits', visitColumns(c.get('words')), linesAsked(c, deps, mostInFile + 1)),
  );
  app.post('/visits', (c) => plan(c, deps));
  return app;
}

type Typed = { readonly values: Readonly<Record<string, string>>; readonly faults: readonly Fault[] };

function whoAsked(c: Context<Env>): 'mine' | 'all' {
  return visitQuery.parse(c.req.query()).who ?? (signedInCaller(c).role === 'inspector' ? 'mine' : 'all');
}

/** As the address asks, at most so many. */
function linesAsked(c: Context<Env>, { db, clock }: Deps, limit: number): VisitLine[] {
  const caller = signedInCaller(c);
  const { state, sort, near, lat, lon } = visitQuery.parse(c.req.query());
  const from = lat !== undefined && lon !== undefined ? { lat, lon } : positionOf(db, near);
  const inspector = caller.role === 'inspector' && whoAsked(c) === 'mine' ? caller.id : undefined;
  const now = clock();
  return listTasks(db, caller, { state, order: sort, from, inspector, limit }).map((task) => visitLine(task, now));
}

function list(c: Context<Env>, deps: Deps, { values, faults }: Typed): Promise<Response> {
  const { db } = deps;
  const words = c.get('words');
  const caller = signedInCaller(c);
  const { state, sort, near, lat, lon } = visitQuery.parse(c.req.query());
  const at = c.req.method === 'GET' ? here(c) : '/visits';
  const lines = linesAsked(c, deps, rowsNeeded(at, visitColumns(words), mostHeld));
  return page(
    c,
    <VisitsPage
      words={words}
      here={at}
      viewer={c.get('viewer')}
      visits={listed(words, at, visitColumns(words), lines)}
      cut={lines.length === mostHeld ? 'cut' : 'whole'}
      asked={{
        state,
        sort,
        who: whoAsked(c),
        q: searchAsked(at).q,
        near,
        lat: String(lat ?? ''),
        lon: String(lon ?? ''),
      }}
      isInspector={caller.role === 'inspector'}
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
