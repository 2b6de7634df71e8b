// The kitchens in a recall's scope, as its report tells of them: their frames of those hours that reviewers were given.
import type { ReportKitchen } from '../../../views/trace/report/recall-report.ts';
import type { Db } from '../../store/db.ts';

const mostKitchens = 500;

/** Frames from the hour the goods came until `until` (unix ms); kitchens whose frames nobody was given are left out. */
export function kitchensOfRecall(db: Db, recallId: number, until: number): ReportKitchen[] {
  return db.sqlite
    .prepare(
      `SELECT k.name, k.nameEn, k.since, count(*) AS frames, total(f.status NOT IN ('open', 'unsure')) AS judged,
         total(f.status = 'confirmed') AS confirmed
       FROM (SELECT r.id, r.name, r.name_en AS nameEn, min(s.reached_at) AS since FROM recall_scope s
               JOIN site p ON p.key = s.site_key JOIN restaurant r ON r.site_id = p.id
             WHERE s.recall_id = @recallId GROUP BY r.id LIMIT ${mostKitchens}) k
         JOIN flag f ON f.restaurant_id = k.id AND f.at BETWEEN k.since AND @until
       GROUP BY k.id ORDER BY frames DESC, k.id`,
    )
    .all({ recallId, until }) as ReportKitchen[];
}
