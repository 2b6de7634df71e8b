// Counts one look at a camera into its day: sampled, looked at, missed, flagged, drawn for an audit.
import { and, eq, sql } from 'drizzle-orm';
import type { Sample } from '../../../inference/types.ts';
import type { Db } from '../../store/db.ts';
import { sampleDays } from '../camera/camera-tables.ts';
import { beijingDay } from '../restaurant/hours.ts';

export function countSample(db: Db, cameraId: number, sample: Sample, flagged: number, audited: number): void {
  const day = beijingDay(sample.at);
  const one = {
    sampled: sample.ok ? 1 : 0,
    looked: sample.ok && sample.looked ? 1 : 0,
    missed: sample.ok ? 0 : 1,
    flagged,
    audited,
  };
  db.orm
    .insert(sampleDays)
    .values({ cameraId, day, sampled: 0, looked: 0, missed: 0, flagged: 0, audited: 0 })
    .onConflictDoNothing()
    .run();
  db.orm
    .update(sampleDays)
    .set({
      sampled: sql`${sampleDays.sampled} + ${one.sampled}`,
      looked: sql`${sampleDays.looked} + ${one.looked}`,
      missed: sql`${sampleDays.missed} + ${one.missed}`,
      flagged: sql`${sampleDays.flagged} + ${one.flagged}`,
      audited: sql`${sampleDays.audited} + ${one.audited}`,
    })
    .where(and(eq(sampleDays.cameraId, cameraId), eq(sampleDays.day, day)))
    .run();
}
