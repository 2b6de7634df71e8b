// The two pools of a draw as they stand now: kitchens and suppliers by stratum and risk, and the inspectors who may be sent.
import type { Caller } from '../../accounts/caller.ts';
import { dayMs } from '../../clock.ts';
import type { Db } from '../../store/db.ts';
import { visitedSince } from '../visit/site-visit-store.ts';
import { heaviest, type Inspector, type Pool, type Target } from './lottery.ts';

export type Risk = { readonly grade: 'A' | 'B' | 'C'; readonly weight: number };
/** What is known of a place's risk; the room of risk says it. */
export type RiskOf = (siteId: string) => Risk;

export const poolKinds = ['kitchen', 'supplier'] as const;
export type PoolKind = (typeof poolKinds)[number];

export type PoolQuestion = {
  readonly kinds: readonly PoolKind[];
  /** Null: the whole city. */
  readonly district: number | null;
  /** Whoever was visited in so many days is left out. */
  readonly recentDays: number;
  readonly now: number;
};

export type FoundPool = { readonly pool: Pool; readonly recent: number };

const notPlaces = `('unknown', 'transit', 'process')`;

export function poolOf(db: Db, { kinds, district, recentDays, now }: PoolQuestion, riskOf: RiskOf): FoundPool {
  const lately = visitedSince(db, now - recentDays * dayMs);
  const found = kinds.flatMap((kind) => placesOfKind(db, kind)).filter((place) => isIn(place.district, district));
  const targets = found
    .filter(({ id }) => !lately.has(id))
    .map(({ id, kind, district: lies }): Target => {
      const { grade, weight } = riskOf(id);
      return { id, stratum: `${kind}/${grade}`, weight: ticketsOf(weight), district: lies };
    });
  return { pool: { targets, inspectors: inspectorsOf(db, district) }, recent: found.length - targets.length };
}

/** A whole number of tickets: everybody has one, and nobody more than the heaviest. */
function ticketsOf(weight: number): number {
  return Number.isFinite(weight) ? Math.min(heaviest, Math.max(1, Math.round(weight))) : 1;
}

function isIn(lies: number | null, district: number | null): boolean {
  return district === null || lies === district;
}

type Place = { readonly id: string; readonly kind: PoolKind; readonly district: number | null };

function placesOfKind(db: Db, kind: PoolKind): Place[] {
  const rows =
    kind === 'kitchen'
      ? `SELECT r.site_id AS id FROM restaurant r WHERE r.closed_on IS NULL`
      : `SELECT s.id FROM site s WHERE s.party_id IS NOT NULL AND s.id NOT IN ${notPlaces}
           AND s.kind NOT IN ('restaurant', 'kitchen', 'household') AND s.id NOT IN (SELECT site_id FROM restaurant)`;
  return db.sqlite
    .prepare(
      `SELECT p.id, @kind AS kind, d.district_id AS district FROM (${rows}) p
         LEFT JOIN site_district d ON d.site_id = p.id ORDER BY p.id`,
    )
    .all({ kind }) as Place[];
}

/** A conflict is what an inspector has declared, and every place their account belongs to. */
function inspectorsOf(db: Db, district: number | null): Inspector[] {
  const people = db.sqlite
    .prepare(
      `SELECT id, district_id AS district FROM account
       WHERE role = 'inspector' AND disabled_at IS NULL AND password_hash IS NOT NULL
         AND (@district IS NULL OR district_id IS NULL OR district_id = @district) ORDER BY id`,
    )
    .all({ district }) as { id: number; district: number | null }[];
  const near = db.sqlite
    .prepare(
      `SELECT site_id FROM inspector_conflict WHERE account_id = @id AND ended_at IS NULL
       UNION SELECT site_id FROM account_site WHERE account_id = @id ORDER BY 1`,
    )
    .pluck();
  return people.map(({ id, district: covers }) => ({
    id,
    district: covers,
    conflicts: near.all({ id }) as string[],
  }));
}

/** Which district a draw of this caller may be about: their own, whatever was asked. */
export function districtOf(caller: Caller, asked: number | null): number | null {
  return caller.district?.id ?? asked;
}
