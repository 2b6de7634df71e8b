// The check lists by version: the product's own is the first, and what a city wrote comes after it.
import type { Db } from '../../store/db.ts';
import { defaultCheckList } from './default-check-list.ts';
import type { CheckItem } from './visit.ts';

export type CheckList = { readonly version: number; readonly items: readonly CheckItem[] };

export function currentCheckList(db: Db): CheckList {
  const version = (db.sqlite.prepare('SELECT max(version) FROM check_list').pluck().get() as number | null) ?? 1;
  return { version, items: itemsOf(db, version) ?? defaultCheckList };
}

/** A phone may still hold an older list; undefined for a version that never was. */
export function itemsOf(db: Db, version: number): readonly CheckItem[] | undefined {
  if (version === 1) return defaultCheckList;
  const items = db.sqlite.prepare('SELECT items FROM check_list WHERE version = ?').pluck().get(version);
  return items === undefined ? undefined : (JSON.parse(String(items)) as CheckItem[]);
}
