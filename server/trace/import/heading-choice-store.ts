// What a sender said of headings before: an account's own word, else that of a colleague of the same organisation.
import type { Caller } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { type HeadingChoices, type HeadingMeaning, isLotColumn } from './heading-map.ts';

const mostChoices = 2_000;

export function headingChoicesOf(db: Db, caller: Pick<Caller, 'id'> | null): HeadingChoices {
  if (caller === null) return {};
  const rows = db.sqlite
    .prepare(
      `SELECT plain, meaning FROM heading_choice h WHERE h.account_id = @account OR h.account_id IN (
         SELECT b.id FROM account a JOIN account b ON b.organisation_id = a.organisation_id WHERE a.id = @account)
       ORDER BY h.account_id = @account, h.at LIMIT ${mostChoices}`,
    )
    .all({ account: caller.id }) as { plain: string; meaning: string }[];
  return Object.fromEntries(
    rows.filter(({ meaning }) => isMeaning(meaning)).map(({ plain, meaning }) => [plain, meaning]),
  ) as HeadingChoices;
}

/** A dictionary of a later version may no longer have the column. */
export function isMeaning(text: string): text is HeadingMeaning {
  return text === 'idle' || isLotColumn(text);
}
