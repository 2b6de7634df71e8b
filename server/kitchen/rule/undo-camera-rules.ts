// Takes the last change of a camera's rules back; the change stays in the history, with another that undoes it.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import { visibleCamera } from '../camera/camera-store.ts';
import { lastRuleChange } from './camera-rule-store.ts';
import { setCameraRules } from './set-camera-rules.ts';

/** Throws Problem: 404, or when another change came after. An owner takes back their own changes alone. */
export function undoCameraRules(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  input: { readonly cameraId: number; readonly changeId: number },
): void {
  const { cameraId, changeId } = input;
  const at = clock();
  writeTransaction(db, () => {
    const found = visibleCamera(db, caller, cameraId);
    const last = lastRuleChange(db, cameraId);
    if (found === undefined || last === undefined) throw new Problem('not_found');
    if (last.id !== changeId || last.undoes !== null)
      throw new Problem('conflict', { detail: 'The rules were changed again since; change them instead.' });
    if (caller.role === 'owner' && last.by !== caller.id)
      throw new Problem('forbidden', { detail: 'Somebody else changed the rules; ask an administrator.' });
    setCameraRules(db, { cameraId, before: last.after, after: last.before, by: caller.id, at, undoes: last.id });
  });
}
