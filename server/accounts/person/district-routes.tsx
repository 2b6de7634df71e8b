// The administrator's page of districts: which there are, and which places lie in each.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { DistrictsPage } from '../../../views/accounts/districts-page.tsx';
import type { Deps, Env } from '../../deps.ts';
import { idParam } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { repeatedFields } from '../../http/upload-form.ts';
import { localAccountFaults } from '../account-text.ts';
import { signedInCaller } from '../guard.ts';
import { addDistrict, allDistricts, districtsOfSites, setSitesOfDistrict } from './district.ts';
import { type PlacesToChoose, readPersonForm } from './person-form.ts';
import { everybody, type Person } from './person-store.ts';
import { hasDistrict } from './standing.ts';

const newDistrict = z.object({ name: z.string().max(200).default(''), nameEn: z.string().max(200).default('') });

export function districtRoutes(deps: Deps, places: PlacesToChoose): Hono<Env> {
  const { db, clock } = deps;
  const app = new Hono<Env>();
  app.get('/districts', (c) => show(c, deps, places));
  app.post('/districts', async (c) => {
    try {
      addDistrict(db, newDistrict.parse(await repeatedFields(c)), signedInCaller(c), clock());
      return seeOther(c, '/districts?done=district');
    } catch (error) {
      if (!(error instanceof Problem) || error.faults.length === 0) throw error;
      return show(c, deps, places, error);
    }
  });
  app.post('/districts/:id/sites', async (c) => {
    const { sites } = readPersonForm(await repeatedFields(c));
    const shown = places().map(({ id }) => id);
    setSitesOfDistrict(db, idParam(c, 'id'), { sites, shown }, signedInCaller(c), clock());
    return seeOther(c, '/districts?done=district');
  });
  return app;
}

function show(c: Context<Env>, { db }: Deps, places: PlacesToChoose, problem?: Problem): Promise<Response> {
  const words = c.get('words');
  return page(
    c,
    <DistrictsPage
      words={words}
      here="/districts"
      viewer={c.get('viewer')}
      districts={allDistricts(db)}
      covering={everybody(db).filter(coversCity)}
      places={places()}
      districtOf={districtsOfSites(db)}
      done={c.req.query('done') === 'district' ? 'district' : null}
      faults={localAccountFaults(words, problem)}
    />,
    problem === undefined ? 200 : (problem.status as 400),
  );
}

/** Who is asked about what lies in no district, and about the whole city. */
function coversCity({ role, districtId, disabledAt }: Person): boolean {
  return disabledAt === null && districtId === null && (hasDistrict(role) || role === 'admin');
}
