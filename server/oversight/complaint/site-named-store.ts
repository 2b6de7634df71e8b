// The place that somebody names on the phone.
import type { Db } from '../../store/db.ts';

/** By id, GLN or name, in either language; undefined for none, and for a name that two have. */
export function siteNamed({ sqlite }: Db, text: string): string | undefined {
  const found = sqlite
    .prepare(
      `SELECT DISTINCT id FROM (SELECT site_id AS id, name, name_en FROM restaurant UNION ALL SELECT id, name, name_en FROM site)
       WHERE id = @text OR name = @text OR name_en = @text LIMIT 2`,
    )
    .pluck()
    .all({ text }) as string[];
  return found.length === 1 ? found[0] : undefined;
}
