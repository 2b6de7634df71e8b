// Who answers for an event, which declarations wait for it, and which claims are open: what authority is decided on.
import { type Caller, isRegulator } from '../../accounts/caller.ts';
import { type Db, prepared } from '../../store/db.ts';
import { edgeRoles } from '../event/chain-links.ts';
import { hashBytes } from '../event/event-hash-bytes.ts';
import type { Author } from './authority.ts';
import type { SoundEvent } from './capture-document.ts';

/** An event that a declaration is about. */
export type Target = Author & { readonly id: number; readonly siteId: string | null };
/** A declaration that came before its event. */
export type Waiting = Author & { readonly id: number };

export type AuthorityStore = ReturnType<typeof prepare>;
export const authorityStore = prepared(prepare);

function prepare({ sqlite }: Db) {
  const targets = sqlite.prepare(targetSql);
  const waiting = sqlite.prepare(waitingSql);
  const openClaim = sqlite.prepare(openClaimSql).pluck();
  const insertClaim = sqlite.prepare('INSERT INTO event_claim (event_id, site_key) VALUES (?, ?)');
  const decide = sqlite.prepare(
    `UPDATE event_claim SET decision = @decision, decided_by = @by, decided_organisation = @organisation, decided_at = @at
     WHERE event_id = @id`,
  );
  return {
    /** Live events that a declaration is about: the same hash (which leaves the declaration out), or the same eventID and time. */
    targetsOf: (read: SoundEvent) => targets.all(likeness(read)) as Target[],
    /** Declarations that an event finds waiting, the oldest first. */
    waitingFor: (read: SoundEvent) => waiting.all(likeness(read)) as Waiting[],
    /** The id of the same event where it is kept as an open claim. */
    openClaim: (read: SoundEvent) => openClaim.get(likeness(read)) as number | undefined,
    insertClaim: (eventId: number, siteKey: number) => void insertClaim.run(eventId, siteKey),
    decide: (row: Decided) => void decide.run(row),
  };
}

/**
 * Whether others told that they made a lot: what is known of it is theirs to say. Never for the program and for who
 * may speak for all places.
 */
export function toldByOthers({ sqlite }: Db, caller: Caller | null, lotId: number): boolean {
  if (caller === null || isRegulator(caller) || caller.speaks === 'everywhere') return false;
  const row = sqlite
    .prepare(madeByOthersSql)
    .get({ lotId, accountId: caller.id, organisationId: caller.organisationId ?? null });
  return row !== undefined;
}

// The document of the very capture that asks is written after its events: a missing one is the asker's own.
export const madeByOthersSql = `SELECT 1 FROM holding h CROSS JOIN edge_out x ON x.holding_id = h.id AND x.voided_by IS NULL
    AND x.role = ${edgeRoles.made} CROSS JOIN event e ON e.id = x.event_id CROSS JOIN event_document d ON d.id = e.document_id
  WHERE h.lot_id = @lotId AND d.account_id IS NOT @accountId AND coalesce(d.organisation_id <> @organisationId, 1) LIMIT 1`;

export type Decided = {
  readonly id: number;
  readonly decision: 'confirmed' | 'accepted' | 'denied';
  readonly by: number | null;
  readonly organisation: number | null;
  readonly at: number;
};

function likeness({ draft, hash }: SoundEvent): { uri: string | null; at: number; hash: Buffer } {
  return { uri: draft.uri, at: draft.at, hash: hashBytes(hash) };
}

// Whoever confirmed a claim answers for it from then on: its first teller may not take it back any more.
const answersFor = (column: string, decided: string) =>
  `CASE WHEN k.decision IN ('confirmed', 'accepted') THEN k.${decided} ELSE d.${column} END`;

const targetSql = `SELECT e.id, s.id AS siteId, d.author_role AS role,
    ${answersFor('account_id', 'decided_by')} AS accountId,
    ${answersFor('organisation_id', 'decided_organisation')} AS organisationId
  FROM (SELECT id FROM event WHERE uri = @uri AND at = @at UNION SELECT id FROM event WHERE at = @at AND hash = @hash) t
    CROSS JOIN event e ON e.id = t.id LEFT JOIN event_document d ON d.id = e.document_id
    LEFT JOIN event_claim k ON k.event_id = e.id
    LEFT JOIN site s ON s.key = coalesce(e.biz_location_key, e.read_point_key)
  WHERE e.declared_at = 0 AND e.voided_by IS NULL`;

const waitingSql = `SELECT w.id, d.account_id AS accountId, d.organisation_id AS organisationId, d.author_role AS role
  FROM (SELECT id FROM event INDEXED BY event_at WHERE at = @at AND hash = @hash AND declared_at > 0
    UNION SELECT id FROM event INDEXED BY event_declaration WHERE declared_at > 0 AND uri = @uri AND at = @at) w
    CROSS JOIN event e ON e.id = w.id LEFT JOIN event_document d ON d.id = e.document_id ORDER BY w.id`;

const openClaimSql = `SELECT e.id FROM event e CROSS JOIN event_claim k ON k.event_id = e.id
  WHERE e.at = @at AND e.hash = @hash AND e.declared_at = 0 AND e.voided_by IS NULL AND k.decision IS NULL`;
