// By one number of rules the same documents always make the same rows: what was captured under it is built again by it.
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { everyTable } from '../../../server/proof/every-table.ts';
import type { Db } from '../../../server/store/db.ts';
import { graphRules } from '../../../server/trace/capture/graph-rules.ts';
import { openCast } from '../../support/kitchen-cast.ts';
import { playChain, playClaims } from '../../support/proof-chain.ts';
import { openTestServer } from '../../support/server.ts';

/** Of the rows that the documents of test/support/proof-chain.ts become. */
const made = { rules: 3, digest: '5a04432c93cb0c74' };

it('documents become the rows that these rules make of them', () => {
  const server = openTestServer();
  const house = { ...server, cast: openCast(server.deps) };
  playChain(house);
  playClaims(house);
  const now = { rules: graphRules, digest: digestOfGraph(server.db) };
  expect(now, sentence).toEqual(made);
});

const sentence =
  'The same documents become other rows than before: raise graphRules in server/trace/capture/graph-rules.ts by one, and put the ' +
  'number and the digest into this test. (Where only the documents of test/support/proof-chain.ts or a column nobody fills are new, the digest alone.)';

function digestOfGraph({ sqlite }: Db): string {
  const sum = createHash('sha256');
  // A document's row has its random number.
  const built = everyTable.filter(
    ({ by, table }) => (by === 'documents' || by === 'both') && table !== 'event_document',
  );
  for (const { table, columns, key } of built) {
    const list = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');
    const rows = sqlite
      .prepare(`SELECT ${list(columns)} FROM "${table}" ORDER BY ${list(key)}`)
      .raw()
      .all();
    sum.update(`${table} ${columns.join(' ')} ${JSON.stringify(rows)}\n`);
  }
  return sum.digest('hex').slice(0, 16);
}
