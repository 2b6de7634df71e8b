// Writes down beside a flag why somebody asked for it.
import type { Db } from '../../store/db.ts';
import { type causeKinds, flagCauses } from './cause-tables.ts';

export type Cause = {
  readonly kind: (typeof causeKinds)[number];
  /** What it is about, such as `lot/7`. */
  readonly subject: string;
  readonly label: string;
  readonly labelEn: string | null;
  readonly href: string;
};

/** Inside the caller's transaction; said twice, it is one. */
export function addCause(db: Db, flagId: number, cause: Cause, at: number): void {
  db.orm
    .insert(flagCauses)
    .values({ flagId, ...cause, at })
    .onConflictDoNothing()
    .run();
}
