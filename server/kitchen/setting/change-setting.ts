// An administrator changes settings of the kitchen half; the ledger says who and to what.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { networkFaults } from './network-rule.ts';
import { type KitchenSettings, kitchenSettingsSchema, type SettingName } from './setting.ts';
import { readSettings } from './setting-store.ts';
import { kitchenSettings } from './setting-tables.ts';

/** Settings left out stay as they are. Throws Problem('invalid_input') with the place of every fault. */
export function changeSettings(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  change: Partial<KitchenSettings>,
): void {
  const wrong = networkFaults(change.allowedNetworks ?? []);
  if (wrong.length > 0) throw new Problem('invalid_input', { faults: wrong });
  const before = readSettings(deps.db);
  const checked = kitchenSettingsSchema.safeParse({ ...before, ...change });
  if (!checked.success) {
    const faults = checked.error.issues.map((issue) => ({
      place: issue.path.join('.'),
      code: issue.code,
      detail: issue.message,
    }));
    throw new Problem('invalid_input', { faults });
  }
  const at = deps.clock();
  writeTransaction(deps.db, () => {
    for (const name of Object.keys(change) as SettingName[]) {
      const value = checked.data[name];
      if (JSON.stringify(value) === JSON.stringify(before[name])) continue;
      const row = { name, value, changedAt: at, changedBy: caller.id };
      deps.db.orm
        .insert(kitchenSettings)
        .values(row)
        .onConflictDoUpdate({ target: kitchenSettings.name, set: row })
        .run();
      appendEntry(deps.db, { kind: 'setting', subject: `setting/${name}`, body: { value, by: caller.id }, at });
    }
  });
}
