// Which of some events are claims: words about a place by somebody who does not speak for it, and what became of them.
import type { Db } from '../../store/db.ts';
import { hashBytes } from '../event/event-hash-bytes.ts';
import { idsOfHash } from '../event/event-hash-store.ts';
import type { claimDecisions } from '../event/event-tables.ts';

/** Those of these events that had no effect at `at`, as hash URIs: undecided then, or denied by then. */
export function claimsAmong(db: Db, ids: readonly number[], at: number): string[] {
  return db.sqlite
    .prepare(
      `SELECT ${hashUri} FROM event_claim k CROSS JOIN event e ON e.id = k.event_id
       WHERE k.event_id IN (SELECT value FROM json_each(@ids))
         AND (k.decision IS NULL OR k.decision = 'denied' OR k.decided_at > @at) ORDER BY k.event_id`,
    )
    .pluck()
    .all({ ids: JSON.stringify(ids), at }) as string[];
}

export type ClaimState = {
  readonly event: string;
  readonly state: (typeof claimDecisions)[number] | 'open' | 'withdrawn';
};

/** How claims stand, named by their hash URIs; what is no claim is left out. */
export function statesOfClaims(db: Db, hashes: readonly string[]): ClaimState[] {
  const ask = db.sqlite.prepare(
    `SELECT @event AS event, CASE WHEN e.voided_by IS NOT NULL THEN 'withdrawn' ELSE coalesce(k.decision, 'open') END AS state
     FROM event e CROSS JOIN event_claim k ON k.event_id = e.id
     WHERE e.id IN (${idsOfHash('@hash')}) AND e.declared_at = 0 ORDER BY e.id`,
  );
  return hashes.flatMap((event) => ask.all({ event, hash: hashBytes(event) }) as ClaimState[]);
}

const hashUri = `'ni:///sha-256;' || lower(hex(e.hash)) || '?ver=CBV2.0'`;
