// Alerts as they stand: of a series, those that wait for somebody, and those that were explained.
import { and, desc, eq } from 'drizzle-orm';
import { type Caller, seesAllSites, sitesSeen } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { sentinelAlerts } from './sentinel-tables.ts';
import type { SeriesName } from './series-store.ts';

export type Alert = typeof sentinelAlerts.$inferSelect;

const mostAlerts = 100;

/** The newest of a series. */
export function lastAlertOf(db: Db, { kind, scope, subject, class: name }: SeriesName): Alert | undefined {
  const { kind: k, scope: s, subject: u, class: c } = sentinelAlerts;
  return db.orm
    .select()
    .from(sentinelAlerts)
    .where(and(eq(k, kind), eq(s, scope), eq(u, subject), eq(c, name)))
    .orderBy(desc(sentinelAlerts.id))
    .limit(1)
    .get();
}

export function alertById(db: Db, caller: Caller, id: number): Alert | undefined {
  const found = db.orm.select().from(sentinelAlerts).where(eq(sentinelAlerts.id, id)).get();
  return found !== undefined && seesAlert(caller, found) ? found : undefined;
}

/** Of the caller's part of the city, the newest first. */
export function alertsOf(db: Db, caller: Caller, state: Alert['state']): Alert[] {
  return db.orm
    .select()
    .from(sentinelAlerts)
    .where(eq(sentinelAlerts.state, state))
    .orderBy(desc(sentinelAlerts.id))
    .limit(mostAlerts)
    .all()
    .filter((alert) => seesAlert(caller, alert));
}

function seesAlert(caller: Caller, { scope, subject }: Alert): boolean {
  if (seesAllSites(caller)) return true;
  return scope === 'kitchen'
    ? sitesSeen(caller).includes(subject)
    : scope === 'district' && subject === String(caller.district?.id);
}
