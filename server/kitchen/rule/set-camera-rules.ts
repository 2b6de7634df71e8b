// Puts a camera under other rules: the row, the change in its history, the ledger entry. Inside the caller's transaction.
import { eq } from 'drizzle-orm';
import { appendEntry } from '../../ledger/append.ts';
import type { Db } from '../../store/db.ts';
import type { CameraRules } from '../camera/camera.ts';
import { cameras } from '../camera/camera-tables.ts';
import { privateParts } from '../camera/zone.ts';
import { forgetChangedLookouts } from '../lookout/forget-lookouts.ts';
import { cameraRuleChanges } from './rule-tables.ts';

export type RuleChange = {
  readonly cameraId: number;
  readonly before: CameraRules;
  readonly after: CameraRules;
  readonly by: number;
  readonly at: number;
  readonly undoes?: number;
};

/** Returns the id of the change. */
export function setCameraRules(db: Db, change: RuleChange): number {
  const { cameraId, before, after, by, at, undoes } = change;
  const row = { cameraId, before, after, by, at, undoes: undoes ?? null };
  const { id } = db.orm.insert(cameraRuleChanges).values(row).returning({ id: cameraRuleChanges.id }).get();
  const parts = (rules: CameraRules) => JSON.stringify(privateParts(rules.zones));
  // With other parts black the next frame is no longer comparable with the last one.
  const fresh = parts(before) === parts(after) ? {} : { signature: null };
  db.orm
    .update(cameras)
    .set({ rules: after, ...fresh })
    .where(eq(cameras.id, cameraId))
    .run();
  forgetChangedLookouts(db, cameraId, before.lookouts, after.lookouts);
  appendEntry(db, {
    kind: 'camera-rules',
    subject: `camera/${cameraId}`,
    body: { change: id, before, after, by, undoes },
    at,
  });
  return id;
}
