// Which pictures have been kept long enough, by class, and which of them stay because something is still open about them.
import { statSync } from 'node:fs';
import { dayMs } from '../../clock.ts';
import type { BlobStore } from '../../store/blobs.ts';
import type { Db } from '../../store/db.ts';

export type KeepDays = { readonly cleared: number; readonly confirmed: number; readonly answer: number };
export const pictureClasses = ['cleared', 'confirmed', 'answer'] as const;
export type PictureClass = (typeof pictureClasses)[number];

/** What a kitchen's pictures are held for by somebody above, such as `lot/7` while it is recalled. */
export type HeldFor = readonly string[];

const showsFlag = '(f.picture_hash = p.hash OR f.id IN (SELECT flag_id FROM flag_frame WHERE hash = p.hash))';

// A picture goes when every flag and step that shows it is old enough, and no camera or running window needs it.
const old = `p.gone_at IS NULL AND p.at < @latest
    AND NOT EXISTS (SELECT 1 FROM camera c WHERE c.last_frame_hash = p.hash)
    AND NOT EXISTS (SELECT 1 FROM frame f WHERE f.hash = p.hash)
    AND NOT EXISTS (SELECT 1 FROM hour_frame h WHERE h.hash = p.hash)
    AND NOT EXISTS (SELECT 1 FROM flag f WHERE ${showsFlag}
      AND (f.status IN ('open', 'unsure') OR f.at >= iif(f.status = 'confirmed', @confirmed, @cleared)))
    AND NOT EXISTS (SELECT 1 FROM shadow_frame w WHERE w.hash = p.hash AND w.at >= @cleared)
    AND NOT EXISTS (SELECT 1 FROM near_miss n WHERE n.hash = p.hash AND n.at >= @cleared)
    AND NOT EXISTS (SELECT 1 FROM order_step s WHERE s.photo_hash = p.hash AND s.at >= @answer)`;

// Whoever corrects, appeals or traces goods needs what it is about, however long that takes.
const held = `(EXISTS (SELECT 1 FROM flag f WHERE ${showsFlag} AND (
      EXISTS (SELECT 1 FROM rectification_order o WHERE o.flag_id = f.id AND o.state IN ('issued', 'answered'))
      OR EXISTS (SELECT 1 FROM appeal a WHERE a.flag_id = f.id AND a.state = 'open')
      OR EXISTS (SELECT 1 FROM flag_cause c WHERE c.flag_id = f.id AND c.subject IN (SELECT value FROM json_each(@heldFor)))))
    OR EXISTS (SELECT 1 FROM order_step s JOIN rectification_order o ON o.id = s.order_id
      WHERE s.photo_hash = p.hash AND (o.state IN ('issued', 'answered')
        OR EXISTS (SELECT 1 FROM appeal a WHERE a.order_id = o.id AND a.state = 'open'))))`;

function bounds({ cleared, confirmed, answer }: KeepDays, now: number, heldFor: HeldFor) {
  const before = { cleared: now - cleared * dayMs, confirmed: now - confirmed * dayMs, answer: now - answer * dayMs };
  const latest = Math.max(before.cleared, before.confirmed, before.answer);
  return { ...before, latest, heldFor: JSON.stringify(heldFor) };
}

export type Retention = { readonly days: KeepDays; readonly now: number; readonly heldFor: HeldFor };

/** Hashes of those that go, at most `limit`. */
export function goingPictures(db: Db, { days, now, heldFor }: Retention, limit: number): string[] {
  return db.sqlite
    .prepare(`SELECT p.hash FROM picture p WHERE ${old} AND NOT ${held} GROUP BY p.hash LIMIT ${limit}`)
    .pluck()
    .all(bounds(days, now, heldFor)) as string[];
}

export type GoingClass = {
  readonly name: PictureClass;
  readonly pictures: number;
  /** Worked out from the first thousands where there are more. */
  readonly bytes: number;
  /** Old enough, and kept because an order, an appeal or a recall is open. */
  readonly held: number;
};

const mostMeasured = 2_000;

/** What would go now by these days, class by class. */
export function goingByClass(
  { db, blobs }: { readonly db: Db; readonly blobs: Pick<BlobStore, 'pathOf'> },
  { days, now, heldFor }: Retention,
): GoingClass[] {
  const rows = db.sqlite
    .prepare(
      `SELECT p.hash, ${held} AS held, (SELECT bytes FROM moved_picture m WHERE m.hash = p.hash) AS moved, CASE WHEN p.kind = 'answer' THEN 'answer'
         WHEN EXISTS (SELECT 1 FROM flag f WHERE ${showsFlag} AND f.status = 'confirmed') THEN 'confirmed' ELSE 'cleared' END AS class
       FROM picture p WHERE ${old} GROUP BY p.hash`,
    )
    .all(bounds(days, now, heldFor)) as { hash: string; held: 0 | 1; moved: number | null; class: PictureClass }[];
  return pictureClasses.map((name) => {
    const going = rows.filter((row) => row.class === name && row.held === 0);
    const some = going
      .slice(0, mostMeasured)
      .reduce((sum, { hash, moved }) => sum + (moved ?? sizeOf(blobs.pathOf(hash))), 0);
    const bytes = going.length <= mostMeasured ? some : (some / mostMeasured) * going.length;
    return {
      name,
      pictures: going.length,
      bytes,
      held: rows.filter((row) => row.class === name && row.held === 1).length,
    };
  });
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
