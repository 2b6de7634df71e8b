// Keeps findings: one row per fault, closed when it no longer holds, opened again when it comes back.
import { type Db, prepared } from '../../store/db.ts';
import type { Finding, FindingKind } from './finding.ts';

export type KeptFinding = {
  readonly id: number;
  readonly kind: FindingKind;
  readonly lotId: number | null;
  readonly code: string | null;
  readonly product: string | null;
  readonly productEn: string | null;
  readonly siteId: string | null;
  readonly siteName: string | null;
  readonly siteNameEn: string | null;
  readonly eventId: number | null;
  readonly detail: Readonly<Record<string, string | number | null>>;
  readonly at: number;
  readonly closedAt: number | null;
};

export type FindingQuestion = {
  /** All sites when left out. */
  readonly siteIds?: readonly string[];
  readonly lotId?: number;
  readonly kind?: FindingKind;
  readonly limit: number;
  readonly before?: number;
  /** Kinds in the order in which they come; else the newest come first, whatever they are. */
  readonly worstFirst?: readonly string[];
};

const longestList = 20_001;

/** Open findings, newest first; where an order of kinds is given, by it and then newest first. */
export function openFindings(
  db: Db,
  { siteIds, lotId, kind, limit, before, worstFirst = [] }: FindingQuestion,
): KeptFinding[] {
  const rows = statementsOf(db).open.all({
    sites: siteIds === undefined ? null : JSON.stringify(siteIds),
    lotId: lotId ?? null,
    kind: kind ?? null,
    limit: Math.min(limit, longestList),
    order: JSON.stringify(worstFirst),
    before: before ?? Number.MAX_SAFE_INTEGER,
  }) as (Omit<KeptFinding, 'detail'> & { detail: string })[];
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) }));
}

/** Inside the caller's transaction: keeps `found`, and closes what was open about `subjects` and is not among it. */
export function keepFindings(db: Db, subjects: readonly string[], found: readonly Finding[], now: number): void {
  const ask = statementsOf(db);
  const still = new Set(found.map((finding) => finding.subject));
  for (const { subject, kind, lotId, siteKey, eventId, at, detail } of found) {
    ask.keep.run(kind, subject, lotId, siteKey, eventId, JSON.stringify(detail), at);
  }
  const gone = subjects.filter((subject) => !still.has(subject));
  if (gone.length > 0) ask.close.run(now, JSON.stringify(gone));
}

/** How many are open of each kind, most first. */
export function countFindings(
  db: Db,
  siteIds?: readonly string[],
): { readonly kind: string; readonly count: number }[] {
  return statementsOf(db).counts.all({ sites: siteIds === undefined ? null : JSON.stringify(siteIds) }) as {
    kind: string;
    count: number;
  }[];
}

/** Subjects of what is open about these lots, of these kinds. */
export function openSubjects(db: Db, lotIds: readonly number[], kinds: readonly FindingKind[]): string[] {
  return statementsOf(db).subjects.all(JSON.stringify(lotIds), JSON.stringify(kinds)) as string[];
}

const statementsOf = prepared(prepare);

function prepare(db: Db) {
  return {
    open: db.sqlite.prepare(
      `SELECT f.id, f.kind, f.lot_id AS lotId, l.code, p.name AS product, p.name_en AS productEn, s.id AS siteId,
         s.name AS siteName, s.name_en AS siteNameEn, f.event_id AS eventId, f.detail, f.at, f.closed_at AS closedAt
       FROM finding f LEFT JOIN lot l ON l.id = f.lot_id LEFT JOIN product p ON p.id = l.product_id
         LEFT JOIN site s ON s.key = f.site_key
       WHERE f.closed_at IS NULL AND f.id < @before AND (@kind IS NULL OR f.kind = @kind) AND (@lotId IS NULL OR f.lot_id = @lotId)
         AND (@sites IS NULL OR s.id IN (SELECT value FROM json_each(@sites)))
       ORDER BY coalesce((SELECT key FROM json_each(@order) WHERE value = f.kind), 99), f.id DESC LIMIT @limit`,
    ),
    counts: db.sqlite.prepare(
      `SELECT f.kind, count(*) AS count FROM finding f WHERE f.closed_at IS NULL
         AND (@sites IS NULL OR f.site_key IN (SELECT key FROM site WHERE id IN (SELECT value FROM json_each(@sites))))
       GROUP BY f.kind ORDER BY count DESC, f.kind`,
    ),
    subjects: db.sqlite
      .prepare(
        `SELECT f.subject FROM json_each(?) j CROSS JOIN finding f INDEXED BY finding_lot ON f.lot_id = j.value
         WHERE f.closed_at IS NULL AND f.kind IN (SELECT value FROM json_each(?))`,
      )
      .pluck(),
    keep: db.sqlite.prepare(
      `INSERT INTO finding (kind, subject, lot_id, site_key, event_id, detail, at) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (subject) DO UPDATE SET lot_id = excluded.lot_id, site_key = excluded.site_key, detail = excluded.detail, at = excluded.at, closed_at = NULL
       WHERE detail <> excluded.detail OR closed_at IS NOT NULL`,
    ),
    close: db.sqlite.prepare(
      'UPDATE finding SET closed_at = ? WHERE closed_at IS NULL AND subject IN (SELECT value FROM json_each(?))',
    ),
  };
}
