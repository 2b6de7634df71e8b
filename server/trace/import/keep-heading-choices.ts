// Remembers what a sender said of the headings of a sheet, in the transaction that takes the sheet.
import type { Caller } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import type { HeadingChoices } from './heading-map.ts';

export function keepHeadingChoices(db: Db, caller: Caller | null, choices: HeadingChoices, at: number): void {
  if (caller === null) return;
  const keep = db.sqlite.prepare(
    `INSERT INTO heading_choice (account_id, plain, meaning, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (account_id, plain) DO UPDATE SET meaning = excluded.meaning, at = excluded.at WHERE meaning <> excluded.meaning`,
  );
  for (const [plain, meaning] of Object.entries(choices)) keep.run(caller.id, plain, meaning, at);
}
