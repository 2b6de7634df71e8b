// Claims about a caller's places that wait for a word, and what became of those a caller made.
import { type Caller, isRegulator, seesAllSites, sitesSeen } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import type { claimDecisions } from '../event/event-tables.ts';

export type Claim = {
  /** The id of the event it is. */
  readonly eventId: number;
  readonly at: number;
  readonly recordedAt: number;
  readonly kind: string;
  readonly bizStep: string | null;
  readonly action: string | null;
  /** The place whose word is missing. */
  readonly siteId: string;
  readonly accountId: number | null;
  readonly decision: (typeof claimDecisions)[number] | null;
  readonly decidedAt: number | null;
  readonly voided: 'voided' | 'valid';
  readonly hash: Buffer;
  /** The event as it came, and the context to read it in. */
  readonly json: string;
  readonly context: string;
};

const mostShown = 200;

/** Open claims about places the caller answers for, newest first. */
export function openClaims(db: Db, caller: Caller): Claim[] {
  return rowsOf(
    db.sqlite
      .prepare(
        `${claimSql} WHERE k.decision IS NULL AND e.voided_by IS NULL AND ${aboutSql} ORDER BY k.event_id DESC LIMIT ${mostShown}`,
      )
      .all(reachOf(caller)),
  );
}

/** What the caller said of others' places, newest first. */
export function claimsMadeBy(db: Db, caller: Caller): Claim[] {
  return rowsOf(
    db.sqlite.prepare(`${claimSql} WHERE d.account_id = ? ORDER BY k.event_id DESC LIMIT ${mostShown}`).all(caller.id),
  );
}

export function claimOfEvent(db: Db, eventId: number): Claim | undefined {
  return rowsOf(db.sqlite.prepare(`${claimSql} WHERE k.event_id = ?`).all(eventId))[0];
}

/** `wide`: places that stand for more than themselves, as owners and partners have few of. */
function reachOf(caller: Caller) {
  const wide = isRegulator(caller) ? [] : [...caller.sites, ...(caller.grants ?? [])];
  const exact = isRegulator(caller) ? sitesSeen(caller) : wide;
  return { all: seesAllSites(caller) ? 1 : 0, exact: JSON.stringify(exact), wide: JSON.stringify(wide) };
}

// A place by its id, its rooms (GLN with extension), or all GLNs under a prefix of 4–12 digits.
const aboutSql = `(@all OR s.id IN (SELECT value FROM json_each(@exact))
  OR EXISTS (SELECT 1 FROM json_each(@wide) p WHERE s.id GLOB 'https://id.gs1.org/414/' || p.value || '/*'
    OR (length(p.value) < 13 AND p.value NOT GLOB '*[^0-9]*' AND length(s.id) = 13 AND s.id GLOB p.value || '*')))`;

const claimSql = `SELECT k.event_id AS eventId, e.at, e.recorded_at AS recordedAt, e.kind, e.biz_step AS bizStep, e.action,
    s.id AS siteId, d.account_id AS accountId, k.decision, k.decided_at AS decidedAt, e.voided_by AS voidedBy, e.hash, e.json,
    c.json AS context
  FROM event_claim k CROSS JOIN event e ON e.id = k.event_id CROSS JOIN site s ON s.key = k.site_key
    CROSS JOIN event_context c ON c.id = e.context_id LEFT JOIN event_document d ON d.id = e.document_id`;

function rowsOf(rows: unknown[]): Claim[] {
  return (rows as (Omit<Claim, 'voided'> & { voidedBy: number | null })[]).map(({ voidedBy, ...row }) => ({
    ...row,
    voided: voidedBy === null ? 'valid' : 'voided',
  }));
}
