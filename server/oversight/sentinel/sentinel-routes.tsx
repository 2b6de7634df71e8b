// Alerts with their reason and picture, and the form by which somebody explains one.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { type AlertShown, SentinelPage } from '../../../views/oversight/sentinel/sentinel-page.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import { allDistricts } from '../../accounts/person/district.ts';
import type { Deps, Env } from '../../deps.ts';
import { idParam, readBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { restaurantBySite } from '../../kitchen/restaurant/restaurant-store.ts';
import { violationWords } from '../../kitchen/violation/violation-kinds.ts';
import { placesOf } from '../../trace/place/place-store.ts';
import { type Alert, alertsOf } from './alert-store.ts';
import { falseAlarmEveryDays, seriesDays } from './control-chart.ts';
import { explainAlert } from './explain-alert.ts';
import { dayNumber, dayText } from './series-store.ts';

const explainedShown = 20;
const reasonSchema = z.object({ reason: z.string().trim().max(500).default('') });

export function sentinelRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/sentinel', (c) => show(c, deps, undefined));
  app.post('/sentinel/:id/explanation', async (c) => {
    const { reason } = await readBody(c, reasonSchema);
    const id = idParam(c, 'id');
    try {
      explainAlert(deps, { id, reason }, signedInCaller(c));
    } catch (error) {
      if (!(error instanceof Problem) || error.faults.length === 0) throw error;
      return show(c, deps, id);
    }
    return seeOther(c, '/sentinel');
  });
  return app;
}

/** `unsaid`: the alert that was sent without a reason. */
function show(c: Context<Env>, deps: Deps, unsaid: number | undefined): Promise<Response> {
  const caller = signedInCaller(c);
  const shown = (alert: Alert) => alertShown(c, deps, alert);
  return page(
    c,
    <SentinelPage
      words={c.get('words')}
      here="/sentinel"
      viewer={c.get('viewer')}
      open={alertsOf(deps.db, caller, 'open').map(shown)}
      explained={alertsOf(deps.db, caller, 'explained').slice(0, explainedShown).map(shown)}
      everyDays={falseAlarmEveryDays}
      unsaid={unsaid}
    />,
    unsaid === undefined ? 200 : 400,
  );
}

function alertShown(c: Context<Env>, { db, eye }: Deps, alert: Alert): AlertShown {
  const { id, kind, scope, subject, window, count, expected, limit, chance, counts, reason, explainedAt } = alert;
  const last = dayNumber(Date.parse(`${alert.day}T00:00:00+08:00`));
  const days = counts.map((value, index) => ({ label: dayText(last - seriesDays + 1 + index), value }));
  const name = alert.class;
  const said = c.get('words').complaints.kinds as Readonly<Record<string, string>>;
  const of =
    kind === 'flag' && name !== '' ? violationWords(name, c.get('lang'), eye.packs).name : (said[name] ?? name);
  const numbers = { window: window as 1 | 7, count, expected, limit, chance, days };
  return { id, kind, of, ...whereOf(db, { scope, subject }), ...numbers, reason, explainedAt, day: alert.day };
}

function whereOf(db: Deps['db'], { scope, subject }: Pick<Alert, 'scope' | 'subject'>) {
  if (scope === 'city') return { scope, name: null, nameEn: null, href: null };
  if (scope === 'district') {
    const found = allDistricts(db).find((each) => String(each.id) === subject);
    return { scope, name: found?.name ?? subject, nameEn: found?.nameEn ?? null, href: null };
  }
  const restaurant = restaurantBySite(db, subject);
  const place = restaurant ?? placesOf(db, [subject]).get(subject);
  const href = restaurant === undefined ? null : `/kitchens/${restaurant.id}`;
  return { scope, name: place?.name ?? subject, nameEn: place?.nameEn ?? null, href };
}
