// Every schema there ever was, with the rows of a small district in it, opens as the newest one: whole, and nothing is lost.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../server/store/db.ts';
import { countsOf, fillFrom, migrations, oldDatabase, schemaOf } from '../../support/old-schema.ts';
import { smallDistrict } from '../../support/small-district.ts';

/** Tables that are gone, and the one that took their rows. */
const takenBy: Readonly<Record<string, string>> = { site_position: 'premises' };
const newest = schemaOf(openDatabase(':memory:'));
const district = smallDistrict();
const folder = mkdtempSync(join(tmpdir(), 'bright-kitchen-upgrade-'));

describe('an upgrade', () => {
  it.each(migrations.slice(0, -1).map(({ tag }, index) => [tag, index + 1] as const))(
    'from %s keeps every row and ends in the schema of a new server',
    async (tag, count) => {
      const path = join(folder, `${tag}.db`);
      const old = oldDatabase(path, count);
      fillFrom(await district, old);
      const before = countsOf(old);
      expect(Object.values(before).filter((rows) => rows > 0).length).toBeGreaterThan(
        count < 2 ? 4 : count < 4 ? 12 : 28,
      );
      old.sqlite.close();
      const db = openDatabase(path);
      expect(schemaOf(db)).toEqual(newest);
      const after = countsOf(db);
      for (const [table, rows] of Object.entries(before)) {
        const taken = Object.entries(takenBy).find(([gone]) => gone in before && takenBy[gone] === table)?.[0];
        if (!(table in takenBy)) expect(after[table], table).toBe(rows + (before[taken ?? ''] ?? 0));
      }
      expect(db.sqlite.pragma('foreign_key_check')).toEqual([]);
      expect(db.sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
      db.sqlite.close();
    },
  );
});
