// How much waits behind each link of the bar, for the one who is signed in; each count reads an index and stops at a bound.
import type { Caller } from '../accounts/caller.ts';
import type { Waiting } from '../accounts/viewer.ts';
import type { Db } from '../store/db.ts';
import { proposedRecalls } from '../trace/lot/lab-test-store.ts';

const mostCounted = 1_000;

/** By address; a count of 1,000 means "or more". */
export function waitingFor(db: Db, caller: Caller): Waiting {
  const count = counter(db);
  if (caller.role === 'reviewer') return waitingForReviewers(count);
  if (caller.role === 'owner' || caller.role === 'partner') return waitingForSites(count, caller.sites);
  if (caller.role === 'inspector') return waitingForInspectors(count, proposedRecalls(db, mostCounted).length);
  if (caller.role === 'admin')
    return {
      '/health': count(
        "SELECT 1 FROM job WHERE state = 'dead' UNION ALL SELECT 1 FROM camera WHERE state = 'unwatched' AND removed_at IS NULL",
      ),
    };
  return {};
}

type Count = (sql: string, parameters?: Readonly<Record<string, unknown>>) => number;

function counter(db: Db): Count {
  return (sql, parameters = {}) =>
    db.sqlite.prepare(`SELECT count(*) FROM (${sql} LIMIT ${mostCounted})`).pluck().get(parameters) as number;
}

function waitingForReviewers(count: Count): Waiting {
  return {
    '/review': count("SELECT 1 FROM flag WHERE status = 'open' AND violation <> 'camera_fault'"),
    '/review/lens': count("SELECT 1 FROM flag WHERE status = 'open' AND violation = 'camera_fault'"),
    '/review/unsure': count("SELECT 1 FROM flag WHERE status = 'unsure'"),
    '/review/orders': count("SELECT 1 FROM rectification_order WHERE state = 'answered'"),
  };
}

function waitingForInspectors(count: Count, proposals: number): Waiting {
  return {
    '/recalls': count("SELECT 1 FROM recall WHERE state = 'open'") + proposals,
    '/orders/raised': count(
      `SELECT 1 FROM rectification_order o WHERE o.state IN ('issued', 'answered')
       AND EXISTS (SELECT 1 FROM order_step s WHERE s.order_id = o.id AND s.kind = 'raised')`,
    ),
    '/complaints': count("SELECT 1 FROM complaint WHERE state = 'new'"),
    '/findings': count('SELECT 1 FROM finding WHERE closed_at IS NULL'),
  };
}

function waitingForSites(count: Count, sites: readonly string[]): Waiting {
  const ofSites = { sites: JSON.stringify(sites) };
  return {
    '/my': count(
      `SELECT 1 FROM rectification_order o JOIN restaurant r ON r.id = o.restaurant_id
       WHERE o.state = 'issued' AND r.site_id IN (SELECT value FROM json_each(@sites))`,
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
