// The numbers of the district board at this moment and the rows behind them, for the caller's part of the city.
import { type Caller, scopeOf } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { isLive } from '../record/record-store.ts';
import type { BoardShares } from './board-history-store.ts';
import { seen } from './scope.ts';

export type BoardNow = {
  /** Kitchens with a camera that can be live, and those of them that are. */
  readonly watched: number;
  readonly live: number;
  readonly overdue: number;
  readonly uncoded: number;
  readonly unscanned: number;
  readonly complaints: number;
  readonly silent: number;
};
export type BoardFigures = BoardNow & BoardShares;

/** What is so at this moment. */
export function boardNow(db: Db, caller: Caller, now: number): BoardNow {
  const asked = { ...scopeOf(caller), now };
  const cameras = db.sqlite
    .prepare(
      `SELECT count(*) AS watched, coalesce(sum(live), 0) AS live FROM (
       SELECT max(${isLive}) AS live FROM camera c JOIN restaurant r ON r.id = c.restaurant_id
       WHERE c.removed_at IS NULL AND c.kind <> 'picture' AND ${seen('r.site_id')} GROUP BY c.restaurant_id)`,
    )
    .get(asked) as { watched: number; live: number };
  return { ...cameras, ...countsOf(db, asked) };
}

export const rowKinds = ['overdue', 'uncoded', 'unscanned', 'complaints', 'silent', 'dark'] as const;
export type RowKind = (typeof rowKinds)[number];

/** What stands behind a number: which place, since when, and where it is seen. */
const rowsOf: Readonly<Record<RowKind, string>> = {
  overdue: `SELECT r.site_id AS site, '/orders/' || o.id AS href, o.due_at AS at FROM rectification_order o
    JOIN restaurant r ON r.id = o.restaurant_id AND r.closed_on IS NULL WHERE o.state = 'issued' AND o.due_at < @now`,
  uncoded: findingRows('uncoded'),
  unscanned: findingRows('unscanned'),
  complaints: `SELECT c.site_id AS site, '/complaints/' || c.id AS href, c.at FROM complaint c WHERE c.state IN ('new', 'looked')`,
  silent: `SELECT s.id AS site, '/recalls/' || c.public_id AS href, n.sent_at AS at FROM recall c
    JOIN recall_notice n ON n.recall_id = c.id AND n.state <> 'answered' JOIN site s ON s.key = n.site_key WHERE c.state = 'open'`,
  dark: `SELECT r.site_id AS site, '/kitchens/' || r.id AS href, coalesce(max(c.last_frame_at), min(c.created_at)) AS at FROM camera c
    JOIN restaurant r ON r.id = c.restaurant_id WHERE c.removed_at IS NULL AND c.kind <> 'picture'
    GROUP BY r.id HAVING max(${isLive}) = 0`,
};

function findingRows(kind: 'uncoded' | 'unscanned'): string {
  return `SELECT s.id AS site, '/lots/' || f.lot_id AS href, f.at FROM finding f LEFT JOIN site s ON s.key = f.site_key
    WHERE f.closed_at IS NULL AND f.kind = '${kind}'`;
}

function countsOf(db: Db, asked: Readonly<Record<string, unknown>>) {
  const count = (kind: RowKind) =>
    db.sqlite
      .prepare(`SELECT count(*) FROM (${rowsOf[kind]}) x WHERE ${seen('x.site')}`)
      .pluck()
      .get(asked) as number;
  return {
    overdue: count('overdue'),
    uncoded: count('uncoded'),
    unscanned: count('unscanned'),
    complaints: count('complaints'),
    silent: count('silent'),
  };
}

export type BoardRow = {
  readonly site: string | null;
  readonly name: string | null;
  readonly nameEn: string | null;
  readonly href: string;
  readonly at: number;
};

/** The oldest first. */
export function boardRows(
  db: Db,
  caller: Caller,
  kind: RowKind,
  { now, limit }: { readonly now: number; readonly limit: number },
): BoardRow[] {
  return db.sqlite
    .prepare(
      `SELECT x.site, coalesce(r.name, s.name) AS name, coalesce(r.name_en, s.name_en) AS nameEn, x.href, x.at
       FROM (${rowsOf[kind]}) x LEFT JOIN restaurant r ON r.site_id = x.site LEFT JOIN site s ON s.id = x.site
       WHERE ${seen('x.site')} ORDER BY x.at, x.href LIMIT @limit`,
    )
    .all({ ...scopeOf(caller), now, limit }) as BoardRow[];
}
