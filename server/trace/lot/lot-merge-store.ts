// Codes found to be one lot: which lot a code stands for, and the history of merges with their undoing.
import { type Db, prepared } from '../../store/db.ts';

export type LotMerge = {
  readonly id: number;
  readonly fromId: number;
  readonly intoId: number;
  /** The code that was given up. */
  readonly code: string;
  readonly batch: string;
  readonly reason: string;
  readonly at: number;
  readonly undoneAt: number | null;
  readonly undoneReason: string | null;
};

/** The lot a merged code stands for; undefined where it stands for itself. */
export function mergedInto(db: Db, lotId: number): number | undefined {
  return statementsOf(db).into.get(lotId) as number | undefined;
}

export function standsFor(db: Db, lotId: number): number {
  return mergedInto(db, lotId) ?? lotId;
}

/** Every code that was merged into the lot, also those given back, newest first. */
export function mergesOf(db: Db, lotId: number): LotMerge[] {
  return statementsOf(db).ofLot.all(lotId) as LotMerge[];
}

export function mergeById(db: Db, id: number): LotMerge | undefined {
  return statementsOf(db).byId.get(id) as LotMerge | undefined;
}

/** The lot itself and the codes that stand for it. */
export function namesOfLot(db: Db, lotId: number): number[] {
  return [lotId, ...mergesOf(db, lotId).flatMap(({ fromId, undoneAt }) => (undoneAt === null ? fromId : []))];
}

const statementsOf = prepared(prepare);

function prepare(db: Db) {
  const columns = `m.id, m.from_id AS fromId, m.into_id AS intoId, l.code,
    coalesce(l.origin_batch, l.batch, l.serial, l.code) AS batch, m.reason, m.at, m.undone_at AS undoneAt,
    m.undone_reason AS undoneReason`;
  const from = 'FROM lot_merge m CROSS JOIN lot l ON l.id = m.from_id';
  return {
    into: db.sqlite.prepare('SELECT into_id FROM lot_merge WHERE from_id = ? AND undone_at IS NULL').pluck(),
    ofLot: db.sqlite.prepare(`SELECT ${columns} ${from} WHERE m.into_id = ? ORDER BY m.id DESC LIMIT 100`),
    byId: db.sqlite.prepare(`SELECT ${columns} ${from} WHERE m.id = ?`),
  };
}
