// How much waits behind each link of the bar, for the one who is signed in; each count reads an index.
import { type Caller, scopeOf } from '../../accounts/caller.ts';
import type { Waiting } from '../../accounts/viewer.ts';
import type { Deps } from '../../deps.ts';
import { waitingCounts } from '../../kitchen/flag/queue-store.ts';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import { witnessTroubles } from '../../ledger/witness-store.ts';
import type { Db } from '../../store/db.ts';
import { seesLot } from '../../trace/chain/lot-visibility-store.ts';
import { proposedRecalls } from '../../trace/lot/lab-test-store.ts';
import { dayAfter, periodOf, startOf } from '../day/day.ts';
import { unreadNotices } from '../notice/notice-store.ts';

const mostCounted = 100_000;
const mostProposals = 1_000;

type WaitDeps = Pick<Deps, 'db' | 'clock' | 'config'>;

/** By address. */
export function waitingFor(deps: WaitDeps, caller: Caller): Waiting {
  const unread = unreadNotices(deps.db, caller.id, mostCounted);
  return { ...waitingAtRole(deps, caller), ...(unread === 0 ? {} : { '/notices': unread }) };
}

function waitingAtRole(deps: WaitDeps, caller: Caller): Waiting {
  const { db } = deps;
  const count = counter(db);
  if (caller.role === 'reviewer') return waitingForReviewers(deps, caller);
  if (caller.role === 'owner' || caller.role === 'partner') return waitingForSites(count, caller, deps.clock());
  if (caller.role === 'inspector')
    return waitingForInspectors(count, { ...scopeOf(caller), now: deps.clock() }, proposalsFor(db, caller));
  if (caller.role === 'admin') return waitingForAdministrators(count, deps);
  return {};
}

type Count = (sql: string, parameters?: Readonly<Record<string, unknown>>) => number;

function counter(db: Db): Count {
  return (sql, parameters = {}) =>
    db.sqlite.prepare(`SELECT count(*) FROM (${sql} LIMIT ${mostCounted})`).pluck().get(parameters) as number;
}

function waitingForAdministrators(count: Count, { db, clock, config }: WaitDeps): Waiting {
  const stuck = count(
    "SELECT 1 FROM job WHERE state = 'dead' UNION ALL SELECT 1 FROM camera WHERE state = 'unwatched' AND removed_at IS NULL",
  );
  return { '/health': stuck + witnessTroubles(db, config.witnesses, clock()).length };
}

type Overseen = ReturnType<typeof scopeOf> & { readonly now: number };
/** Rows of the caller's part of the city, by the place in `siteId`. */
const overseen = (siteId: string) => `(@all OR ${siteId} IN (SELECT value FROM json_each(@seen)))`;

/** What this reviewer may judge, every flag counted. */
function waitingForReviewers({ db, clock }: WaitDeps, caller: Caller): Waiting {
  const { desk, lens, unsure } = waitingCounts(db, caller, clock());
  return {
    '/review': desk,
    '/review/lens': lens,
    '/review/unsure': unsure,
    '/review/orders': counter(db)(
      `SELECT 1 FROM rectification_order x WHERE x.state = 'answered' AND (@all OR EXISTS (
         SELECT 1 FROM restaurant r WHERE r.id = x.restaurant_id AND ${overseen('r.site_id')}))`,
      scopeOf(caller),
    ),
  };
}

/** Recalls that a failed test proposes, of lots the caller sees. */
function proposalsFor(db: Db, caller: Caller): number {
  return proposedRecalls(db, mostProposals).filter(({ lotId }) => seesLot(db, caller, lotId)).length;
}

function waitingForInspectors(count: Count, scope: Overseen, proposals: number): Waiting {
  return {
    '/recalls':
      count(
        `SELECT 1 FROM recall c WHERE c.state = 'open' AND (@all OR EXISTS (
           SELECT 1 FROM recall_notice n JOIN site s ON s.key = n.site_key WHERE n.recall_id = c.id AND ${overseen('s.id')}))`,
        scope,
      ) + proposals,
    '/orders/raised': count(
      `SELECT 1 FROM rectification_order o JOIN restaurant r ON r.id = o.restaurant_id
       WHERE o.state IN ('issued', 'answered') AND ${overseen('r.site_id')}
       AND EXISTS (SELECT 1 FROM order_step s WHERE s.order_id = o.id AND s.kind = 'raised')`,
      scope,
    ),
    // New ones, and settlements in which what was awaited has not come in time.
    '/complaints': count(
      `SELECT 1 FROM complaint c LEFT JOIN mediation m ON m.complaint_id = c.id
       WHERE ((c.state = 'new' AND m.complaint_id IS NULL) OR (c.state <> 'closed' AND (m.stage = 'mediator' OR m.due_at < @now)))
         AND ${overseen('c.site_id')}`,
      scope,
    ),
    '/sentinel': count(
      `SELECT 1 FROM sentinel_alert a WHERE a.state = 'open' AND (@all OR (a.scope = 'kitchen' AND ${overseen('a.subject')})
         OR (a.scope = 'district' AND EXISTS (SELECT 1 FROM site_district d WHERE a.subject = CAST(d.district_id AS TEXT) AND ${overseen('d.site_id')})))`,
      scope,
    ),
    '/findings': count(
      `SELECT 1 FROM finding f WHERE f.closed_at IS NULL
         AND (@all OR f.site_key IN (SELECT s.key FROM json_each(@seen) e JOIN site s ON s.id = e.value))`,
      scope,
    ),
  };
}

/** Days and weeks of a shop that wait for this person, who is named for them. */
function daysOf(count: Count, { id, sites }: Caller, now: number): number {
  const today = beijingDay(now);
  const { from, until } = periodOf('week', dayAfter(periodOf('week', today).from, -1));
  const isOpen = 'NOT EXISTS (SELECT 1 FROM restaurant r WHERE r.site_id = w.value AND r.closed_on IS NOT NULL)';
  const holds = (office: string) =>
    `(SELECT o.account_id FROM day_office o WHERE o.site_id = w.value AND o.office = '${office}' ORDER BY o.id DESC LIMIT 1)`;
  return count(
    `SELECT 1 FROM json_each(@sites) w WHERE ${holds('officer')} = @id AND ${isOpen}
       AND NOT EXISTS (SELECT 1 FROM day_check c WHERE c.site_id = w.value AND c.day = @today)
     UNION ALL SELECT 1 FROM json_each(@sites) w WHERE coalesce(${holds('director')}, ${holds('officer')}) = @id AND ${isOpen}
       AND NOT EXISTS (SELECT 1 FROM day_report d WHERE d.site_id = w.value AND d.kind = 'week' AND d.from_day = @from)
       AND EXISTS (SELECT 1 FROM day_office o WHERE o.site_id = w.value AND o.office = 'officer' AND o.at < @ended)`,
    { id, sites: JSON.stringify(sites), today, from, ended: startOf(dayAfter(until, 1)) },
  );
}

function waitingForSites(count: Count, caller: Caller, now: number): Waiting {
  const ofSites = { sites: JSON.stringify(caller.sites) };
  return {
    '/my/day': daysOf(count, caller, now),
    // What came in to be sent, and what is on its way here.
    '/my/sales': count(
      `SELECT 1 FROM purchase_order p WHERE p.state = 'placed' AND p.supplier IN (SELECT value FROM json_each(@sites))`,
      ofSites,
    ),
    '/my/trade': count(
      `SELECT 1 FROM purchase_order p WHERE p.state = 'sent' AND p.buyer IN (SELECT value FROM json_each(@sites))`,
      ofSites,
    ),
    '/my': count(
      `SELECT 1 FROM rectification_order o JOIN restaurant r ON r.id = o.restaurant_id
       WHERE o.state = 'issued' AND r.site_id IN (SELECT value FROM json_each(@sites))`,
      ofSites,
    ),
    '/my/complaints': count(
      `SELECT 1 FROM mediation m JOIN complaint c ON c.id = m.complaint_id
       WHERE (m.stage = 'shop' OR (m.stage = 'offer' AND m.shop_signed = 0)) AND c.site_id IN (SELECT value FROM json_each(@sites))`,
      ofSites,
    ),
    '/my/visit-orders': count(
      `SELECT 1 FROM visit_order o WHERE o.state = 'issued' AND o.site_id IN (SELECT value FROM json_each(@sites))`,
      ofSites,
    ),
    '/my/findings': count(
      `SELECT 1 FROM finding f JOIN site s ON s.key = f.site_key
       WHERE f.closed_at IS NULL AND s.id IN (SELECT value FROM json_each(@sites))`,
      ofSites,
    ),
    '/my/recalls': count(
      `SELECT 1 FROM recall_notice n JOIN recall c ON c.id = n.recall_id JOIN site s ON s.key = n.site_key
       WHERE n.state <> 'answered' AND c.state = 'open' AND s.id IN (SELECT value FROM json_each(@sites))`,
      ofSites,
    ),
  };
}
