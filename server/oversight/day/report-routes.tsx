// Weekly reports and monthly notes over HTTP: read, signed by the named person, printed.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { ReportPage } from '../../../views/oversight/day/report-page.tsx';
import type { Deps, Env } from '../../deps.ts';
import { readBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { here, page, seeOther } from '../../http/respond.tsx';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import { askedShop } from './asked-shop.ts';
import { daySchema, officeFor, type ReportKind, reportKinds } from './day.ts';
import { officesOf } from './day-store.ts';
import { draftReport, type ReportBody, signedReport } from './report-store.ts';
import { signReport } from './sign-report.ts';

const signSchema = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) });

export function reportRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const kind of reportKinds) {
    app.get(`/my/day/:siteId/${kind}/:day`, (c) => show(c, deps, kind));
    app.post(`/my/day/:siteId/${kind}/:day`, async (c) => {
      const { site, caller } = askedShop(c, deps);
      const { hash } = await readBody(c, signSchema);
      signReport(deps, { siteId: site.id, kind, day: askedDay(c), hash }, caller);
      return seeOther(c, c.req.path);
    });
  }
  return app;
}

function askedDay(c: Context<Env>): string {
  const day = daySchema.safeParse(c.req.param('day'));
  if (!day.success) throw new Problem('not_found');
  return day.data;
}

function show(c: Context<Env>, deps: Deps, kind: ReportKind): Promise<Response> {
  const { db, clock } = deps;
  const { site, caller } = askedShop(c, deps);
  const draft = draftReport(db, site.id, kind, askedDay(c), clock());
  const kept = signedReport(db, site.id, kind, draft.body.from);
  const named = officesOf(db, site.id);
  const office = kept?.office ?? officeFor(kind, new Set(named.keys()));
  const signer = named.get(office) ?? null;
  const isOver = draft.body.until < beijingDay(clock());
  return page(
    c,
    <ReportPage
      words={c.get('words')}
      here={here(c)}
      viewer={c.get('viewer')}
      site={site}
      body={kept === undefined ? draft.body : (JSON.parse(kept.body) as ReportBody)}
      hash={kept?.hash ?? draft.hash}
      office={office}
      signed={kept === undefined ? null : { name: kept.by, nameEn: kept.byEn, at: kept.at }}
      signer={signer}
      may={signer?.accountId !== caller.id ? 'no' : isOver ? 'sign' : 'wait'}
    />,
  );
}
