// Adds the next version of the check list: visits from now on go by it, and earlier ones keep theirs.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { currentCheckList } from './check-list-store.ts';
import type { CheckItem } from './visit.ts';

const mostItems = 60;
const longestName = 120;

/** A point a line: `name | name in English | !`, the mark where a bad one stops the business. */
export function readCheckList(text: string): CheckItem[] {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const faults: Fault[] = [];
  const fault = (code: string, detail: string) => faults.push({ place: '/items', code, detail });
  if (lines.length === 0 || lines.length > mostItems) fault('items', `1 to ${mostItems} points, one a line.`);
  const items = lines.map((line, index): CheckItem => {
    const [name = '', nameEn = '', mark = ''] = line.split(/[|｜]/).map((part) => part.trim());
    if (name === '' || name.length > longestName || nameEn.length > longestName)
      fault('item', `Line ${index + 1}: a name of at most ${longestName} characters.`);
    return {
      id: `p${index + 1}`,
      name,
      nameEn: nameEn === '' ? name : nameEn,
      critical: mark === '!' || mark === '！',
    };
  });
  if (new Set(items.map(({ name }) => name)).size < items.length) fault('twice', 'A point stands there twice.');
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  return items;
}

/** Returns its version. */
export function addCheckList(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  items: readonly CheckItem[],
): number {
  return writeTransaction(db, () => {
    const [at, version] = [clock(), currentCheckList(db).version + 1];
    db.sqlite
      .prepare('INSERT INTO check_list (version, items, at, by) VALUES (?, ?, ?, ?)')
      .run(version, JSON.stringify(items), at, caller.id);
    appendEntry(db, { kind: 'check-list', subject: `check-list/${version}`, body: { items, by: caller.id }, at });
    return version;
  });
}
