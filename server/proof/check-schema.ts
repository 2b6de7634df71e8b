// Holds the schema of the database against the program's: a guard that was taken away, or a table nobody made, is named.
import type { Note } from '../ledger/verify.ts';
import { type Db, openDatabase } from '../store/db.ts';

type Part = { readonly type: string; readonly name: string; readonly sql: string | null };

const ask =
  "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name";

/** The file itself is asked too: an index that says other than its table would be no change of any row. */
export function checkSchema(live: Db, note: Note): void {
  const fresh = openDatabase(':memory:');
  const wanted = new Map(
    (fresh.sqlite.prepare(ask).all() as Part[]).map((part) => [`${part.type} ${part.name}`, part.sql]),
  );
  fresh.sqlite.close();
  for (const { type, name, sql } of live.sqlite.prepare(ask).all() as Part[]) {
    const key = `${type} ${name}`;
    if (!wanted.has(key)) note(key, 'The program knows nothing of it.');
    else if (wanted.get(key) !== sql) note(key, 'It is not as the program made it.');
    wanted.delete(key);
  }
  for (const key of wanted.keys()) note(key, 'It was taken away.');
  const damage = (live.sqlite.pragma('integrity_check(20)') as { integrity_check: string }[]).map(
    (row) => row.integrity_check,
  );
  for (const detail of damage) if (detail !== 'ok') note('database file', detail);
}
