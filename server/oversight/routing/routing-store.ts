// The rules as they stand, and their earlier versions.
import { desc } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import type { RoutingRule } from './routing.ts';
import { routingVersions } from './routing-tables.ts';
import { readRules } from './routing-text.ts';
import { usualRules } from './usual-rules.ts';

export type RoutingVersion = {
  /** 0: those a new server begins with. */
  readonly id: number;
  readonly rules: readonly RoutingRule[];
  readonly at: number | null;
};

const usual: RoutingVersion = { id: 0, rules: readRules(usualRules).rules, at: null };

export function routingNow(db: Db): RoutingVersion {
  return db.orm.select().from(routingVersions).orderBy(desc(routingVersions.id)).limit(1).get() ?? usual;
}

export type RoutingChange = {
  readonly id: number;
  readonly reason: string;
  readonly by: string | null;
  readonly at: number;
};

/** The newest first. */
export function routingChanges({ sqlite }: Db): RoutingChange[] {
  return sqlite
    .prepare(
      `SELECT v.id, v.reason, a.name AS by, v.at FROM routing_version v LEFT JOIN account a ON a.id = v.account_id ORDER BY v.id DESC LIMIT 20`,
    )
    .all() as RoutingChange[];
}
