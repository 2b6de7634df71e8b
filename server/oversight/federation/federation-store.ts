// Asks for servers of districts: one, by its inbox, all with how they stand, whose a place is, and recalls carried.

import { callerOfAccount } from '../../accounts/account-store.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import type { Db } from '../../store/db.ts';
import { unseal } from '../../store/seal.ts';
import type { carryStates } from './federation-tables.ts';

export type FederatedServer = {
  readonly id: number;
  readonly name: string;
  readonly nameEn: string | null;
  readonly address: string;
  readonly inbox: string;
  readonly accountId: number;
  readonly sealedToken: string;
  readonly sealedKey: string;
  readonly subscription: string | null;
  /** 1: its history is asked for once more. */
  readonly again: 0 | 1;
  readonly heardAt: number | null;
  readonly answeredAt: number | null;
  readonly fault: string | null;
  readonly faultDetail: string | null;
  readonly faultAt: number | null;
};

const columns = `s.id, s.name, s.name_en AS nameEn, s.address, s.inbox, s.account_id AS accountId, s.sealed_token AS sealedToken,
  s.sealed_key AS sealedKey, c.subscription, coalesce(c.again, 0) AS again, c.heard_at AS heardAt, c.answered_at AS answeredAt, c.fault,
  c.fault_detail AS faultDetail, c.fault_at AS faultAt`;
const serverSql = `SELECT ${columns} FROM federated_server s LEFT JOIN federated_contact c ON c.server_id = s.id WHERE s.removed_at IS NULL`;
export const mostServers = 50;

export function serverById(db: Db, id: number): FederatedServer | undefined {
  return db.sqlite.prepare(`${serverSql} AND s.id = ?`).get(id) as FederatedServer | undefined;
}

/** `removed`: there was one, and no more. */
export function serverOfInbox(db: Db, inbox: string): FederatedServer | 'removed' | undefined {
  const found = db.sqlite.prepare(`${serverSql} AND s.inbox = ?`).get(inbox) as FederatedServer | undefined;
  if (found !== undefined) return found;
  return db.sqlite.prepare('SELECT 1 FROM federated_server WHERE inbox = ?').get(inbox) === undefined
    ? undefined
    : 'removed';
}

export function federatedServers(db: Db): FederatedServer[] {
  return db.sqlite.prepare(`${serverSql} ORDER BY s.id LIMIT ${mostServers}`).all() as FederatedServer[];
}

export function tokenPlace(id: number) {
  return { table: 'federated_server', row: id, column: 'sealed_token' };
}

export function keyPlace(id: number) {
  return { table: 'federated_server', row: id, column: 'sealed_key' };
}

/** What is sent to it, and what its deliveries are signed with. */
export function secretsOf({ secrets }: Pick<Deps, 'secrets'>, { id, sealedToken, sealedKey }: FederatedServer) {
  return {
    token: unseal(secrets.sealKey, tokenPlace(id), sealedToken),
    key: unseal(secrets.sealKey, keyPlace(id), sealedKey),
  };
}

/** Who its events are by, here. */
export function callerOfServer(db: Db, { accountId }: FederatedServer): Caller {
  const caller = callerOfAccount(db, accountId);
  if (caller === null) throw new Error('The account of a federated server is not there.');
  return caller;
}

/** Which server tells of a place. */
export function ownerOfSite(db: Db): (siteId: string) => number | undefined {
  const ask = db.sqlite.prepare('SELECT server_id FROM federated_site WHERE site_id = ?').pluck();
  return (siteId) => ask.get(siteId) as number | undefined;
}

export type ServerSums = {
  readonly events: number;
  readonly foreign: number;
  readonly sites: number;
  readonly recalls: number;
  readonly refusedRecalls: number;
  readonly answers: number;
};

export function sumsOfServer(db: Db, id: number): ServerSums {
  return db.sqlite
    .prepare(
      `SELECT (SELECT total(accepted) FROM federated_delivery WHERE server_id = @id) AS events,
         (SELECT total(foreign_count) FROM federated_delivery WHERE server_id = @id) AS "foreign",
         (SELECT count(*) FROM federated_site WHERE server_id = @id) AS sites,
         (SELECT count(*) FROM federated_recall WHERE server_id = @id AND state = 'open') AS recalls,
         (SELECT count(*) FROM federated_recall WHERE server_id = @id AND state IN ('waiting', 'refused')) AS refusedRecalls,
         (SELECT count(*) FROM federated_answer a JOIN federated_recall r ON r.id = a.carried_id WHERE r.server_id = @id) AS answers`,
    )
    .get({ id }) as ServerSums;
}

export type CarriedRecall = {
  readonly id: number;
  readonly code: string;
  readonly state: (typeof carryStates)[number];
  readonly remoteId: string | null;
};

export function carriedRecalls(db: Db, recallId: number, serverId: number): CarriedRecall[] {
  return db.sqlite
    .prepare(
      'SELECT id, code, state, remote_id AS remoteId FROM federated_recall WHERE recall_id = ? AND server_id = ? ORDER BY id',
    )
    .all(recallId, serverId) as CarriedRecall[];
}

/** Codes of a recall's scope that are or were at places of a server, the recalled lot first. */
export function codesAtServer(db: Db, recallId: number, serverId: number): string[] {
  return db.sqlite
    .prepare(
      `SELECT l.code FROM recall_scope x JOIN site s ON s.key = x.site_key JOIN federated_site f ON f.site_id = s.id
         JOIN lot l ON l.id = x.lot_id WHERE x.recall_id = ? AND f.server_id = ?
       GROUP BY l.id ORDER BY min(x.depth), min(x.reached_at), l.id LIMIT 200`,
    )
    .pluck()
    .all(recallId, serverId) as string[];
}

export type Dispute = {
  readonly siteId: string;
  readonly name: string | null;
  readonly nameEn: string | null;
  /** Who tells of it from the first, and who does besides. */
  readonly owner: number;
  readonly serverId: number;
  readonly events: number;
  readonly firstAt: number;
  readonly lastAt: number;
};

/** Places that two servers tell of, the newest word first. */
export function disputes(db: Db): Dispute[] {
  return db.sqlite
    .prepare(
      `SELECT d.site_id AS siteId, s.name, s.name_en AS nameEn, f.server_id AS owner, d.server_id AS serverId, d.events,
         d.first_at AS firstAt, d.last_at AS lastAt
       FROM federated_dispute d JOIN federated_site f ON f.site_id = d.site_id AND f.server_id <> d.server_id
         JOIN federated_server v ON v.id = d.server_id AND v.removed_at IS NULL LEFT JOIN site s ON s.id = d.site_id
       ORDER BY d.last_at DESC, d.site_id LIMIT 200`,
    )
    .all() as Dispute[];
}
