// What the settings are now: the house's own, with what an administrator changed laid over them.
import type { Db } from '../../store/db.ts';
import { houseSettings, type KitchenSettings, kitchenSettingsSchema } from './setting.ts';
import { kitchenSettings } from './setting-tables.ts';

export function readSettings(db: Db): KitchenSettings {
  const rows = db.orm.select().from(kitchenSettings).all();
  if (rows.length === 0) return houseSettings;
  return kitchenSettingsSchema.parse(Object.fromEntries(rows.map((row) => [row.name, row.value])));
}
