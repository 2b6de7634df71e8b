// The first steps of a role come once: where somebody lands after signing in, and that they have been shown.
import { eq } from 'drizzle-orm';
import { type Db, writeTransaction } from '../../store/db.ts';
import type { AccountRow } from '../account-store.ts';
import { firstStepsShown } from '../tables.ts';
import { homeOf } from '../viewer.ts';

export const firstStepsPath = '/welcome';

/** For who signed in without asking for a page: until they have seen the steps, those; then where the day begins. */
export function landingOf(db: Db, { id, role }: Pick<AccountRow, 'id' | 'role'>): string {
  // A worker is a program.
  if (role === 'worker') return homeOf(role);
  const shown = db.orm.select().from(firstStepsShown).where(eq(firstStepsShown.accountId, id)).get();
  return shown === undefined ? firstStepsPath : homeOf(role);
}

/** Noted when they are shown and not at sign-in: who has to set a second factor up first sees them after it. */
export function noteFirstSteps(db: Db, accountId: number, at: number): void {
  writeTransaction(db, () => db.orm.insert(firstStepsShown).values({ accountId, at }).onConflictDoNothing().run());
}
