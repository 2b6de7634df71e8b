// A shop's settings of the day over HTTP: offices, health certificates, the school's page.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { ShopSettingsPage } from '../../../views/oversight/day/shop-settings-page.tsx';
import { qrImage } from '../../accounts/factor/qr.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, formValues, idParam, readBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import { askedShop, dayFaults } from './asked-shop.ts';
import { addStaff, changeSchool, nameOfficer, removeStaff, staffSchema } from './change-shop.ts';
import { offices } from './day.ts';
import { officesOf, peopleOfSite, schoolOf, staffOf } from './day-store.ts';

const officeSchema = z.object({ office: z.enum(offices), account: z.coerce.number().int().positive() });
const schoolSchema = z.object({ step: z.enum(['begin', 'end']) });

export function shopSettingRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/my/day/:siteId/settings', (c) => show(c, deps, { values: {} }));
  app.post('/my/day/:siteId/offices', (c) =>
    change(c, deps, async ({ site, caller }) => {
      const { office, account } = await readBody(c, officeSchema);
      nameOfficer(deps, site.id, office, account, caller);
    }),
  );
  app.post('/my/day/:siteId/staff', async (c) => {
    const values = await formValues(c);
    return change(
      c,
      deps,
      async ({ site, caller }) => addStaff(deps, site.id, check(staffSchema, values), caller),
      values,
    );
  });
  app.post('/my/day/:siteId/staff/:id/left', (c) =>
    change(c, deps, async ({ site, caller }) => removeStaff(deps, site.id, idParam(c, 'id'), caller)),
  );
  app.post('/my/day/:siteId/school', (c) =>
    change(c, deps, async ({ site, caller }) => {
      const { step } = await readBody(c, schoolSchema);
      changeSchool(deps, site.id, step, caller);
    }),
  );
  return app;
}

type Asked = ReturnType<typeof askedShop>;
type Typed = { readonly values: Readonly<Record<string, string>>; readonly problem?: Problem };

async function change(
  c: Context<Env>,
  deps: Deps,
  act: (asked: Asked) => Promise<void>,
  values: Typed['values'] = {},
): Promise<Response> {
  const asked = askedShop(c, deps);
  try {
    await act(asked);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return show(c, deps, { values, problem: error });
  }
  return seeOther(c, `/my/day/${encodeURIComponent(asked.site.id)}/settings`);
}

async function show(c: Context<Env>, deps: Deps, { values, problem }: Typed): Promise<Response> {
  const { db, config, clock } = deps;
  const { site } = askedShop(c, deps);
  const code = schoolOf(db, site.id);
  const parents = `${config.publicUrl}/schools/${code}`;
  return page(
    c,
    <ShopSettingsPage
      words={c.get('words')}
      here={`/my/day/${encodeURIComponent(site.id)}/settings`}
      viewer={c.get('viewer')}
      site={site}
      today={beijingDay(clock())}
      named={Object.fromEntries(officesOf(db, site.id))}
      people={peopleOfSite(db, site.id)}
      staff={staffOf(db, site.id)}
      school={code === undefined ? null : { href: `/schools/${code}`, qr: await qrImage(parents) }}
      faults={problem === undefined ? [] : dayFaults(c, problem)}
      values={values}
    />,
    problem === undefined ? 200 : 400,
  );
}
