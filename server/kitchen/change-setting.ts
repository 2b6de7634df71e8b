// An administrator changes a setting of the kitchen half; the ledger says who and to what.
import type { Caller } from '../accounts/caller.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problem.ts';
import { appendEntry } from '../ledger/append.ts';
import { writeTransaction } from '../store/db.ts';
import { kitchenSettingsSchema, type SettingName } from './setting.ts';
import { readSettings } from './setting-store.ts';
import { kitchenSettings } from './tables.ts';

/** Throws Problem('invalid_input') with the place of every fault. */
export function changeSetting(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  name: SettingName,
  value: unknown,
): void {
  const checked = kitchenSettingsSchema.safeParse({ ...readSettings(deps.db), [name]: value });
  if (!checked.success) {
    const faults = checked.error.issues.map((issue) => ({
      place: issue.path.join('.'),
      code: issue.code,
      detail: issue.message,
    }));
    throw new Problem('invalid_input', { faults });
  }
  const at = deps.clock();
  const row = { name, value: checked.data[name], changedAt: at, changedBy: caller.id };
  writeTransaction(deps.db, () => {
    deps.db.orm
      .insert(kitchenSettings)
      .values(row)
      .onConflictDoUpdate({ target: kitchenSettings.name, set: row })
      .run();
    appendEntry(deps.db, {
      kind: 'setting',
      subject: `setting/${name}`,
      body: { value: row.value, by: caller.id },
      at,
    });
  });
}
