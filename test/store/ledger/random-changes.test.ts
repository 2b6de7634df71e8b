// Random changes of every table that is vouched for, made behind the program's back: the full check finds each of them.
import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { ProvedTable } from '../../../server/ledger/proved-table.ts';
import { everyTable } from '../../../server/proof/every-table.ts';
import { copyDatabase, openReadOnly } from '../../../server/store/db.ts';
import { figure } from '../../support/figure.ts';
import { openProofHouse, type ProofHouse, verifyHouse } from '../../support/proof-house.ts';
import { behindItsBack, dice, type Roll, type Tampering, tamper } from '../../support/tampering.ts';

const isSoak = process.env['SOAK'] === 'on';
const changes = Number(process.env['CHANGES'] ?? (isSoak ? 1_000 : 44));
// Ten at once, in ten tables; one that is not named among the others is looked at alone. So is one of the ledger's own, which hides others.
const atOnce = 10;
const vouchedFor = everyTable.filter(({ by }) => by !== 'nobody');
const ownTables = vouchedFor.filter(({ by }) => by === 'own');
const otherTables = vouchedFor.filter(({ by }) => by !== 'own');
const seed = Number(process.env['SEED'] ?? (isSoak ? Date.now() % 1_000_000 : 20_261_130));

let house: ProofHouse;
const folder = mkdtempSync(join(tmpdir(), 'bk-tamper-'));
const [whole, changed] = [join(folder, 'whole.db'), join(folder, 'changed.db')];

beforeAll(async () => {
  house = await openProofHouse();
  await copyDatabase(house.db, whole);
}, 120_000);

async function faultsAfter(change: (path: string) => void) {
  copyFileSync(whole, changed);
  change(changed);
  const db = openReadOnly(changed);
  try {
    return (await verifyHouse({ db, deps: house.deps })).faults;
  } finally {
    db.sqlite.close();
  }
}

type Changes = { readonly done: Tampering[]; readonly again: (() => void)[] };

/** Of tables that hold rows, in an order that the dice give; no table twice. */
function changeSome(path: string, from: readonly ProvedTable[], roll: Roll): Changes {
  const tables = [...from];
  const count = from === ownTables ? 1 : atOnce;
  const done: Tampering[] = [];
  const again: (() => void)[] = [];
  behindItsBack(path, (db) => {
    while (done.length < count && tables.length > 0) {
      const [table] = tables.splice(roll(tables.length), 1);
      const own = roll(2 ** 31);
      const made = table && tamper(db, table, dice(own));
      if (table === undefined || made === undefined) continue;
      done.push(made);
      again.push(() => void behindItsBack(path, (once) => tamper(once, table, dice(own))));
    }
  });
  return { done, again };
}

it('a house that nobody touched is whole after it was copied', async () => {
  expect(await faultsAfter(() => undefined)).toEqual([]);
}, 120_000);

it(
  `each of ${changes} random changes is found`,
  async () => {
    const roll = dice(seed);
    const missed: string[] = [];
    const touched = new Map<string, number>();
    let [made, named] = [0, 0];
    while (made < changes) {
      let tried: Changes = { done: [], again: [] };
      const from = made % (atOnce + 1) === atOnce ? ownTables : otherTables;
      const faults = await faultsAfter((path) => {
        tried = changeSome(path, from, roll);
      });
      for (const [index, { table, key, what }] of tried.done.entries()) {
        made += 1;
        touched.set(table, (touched.get(table) ?? 0) + 1);
        if (faults.some(({ place }) => place === `${table} ${key}`) || (from === ownTables && faults.length > 0))
          named += 1;
        else if ((await faultsAfter(() => tried.again[index]?.())).length === 0)
          missed.push(`${table} ${key}, ${what}`);
      }
    }
    if (isSoak)
      figure(
        'R13',
        `${made} random changes of ${touched.size} tables (seed ${seed}): ${made - missed.length} found, ${named} of them by row`,
      );
    expect(missed, `seed ${seed}`).toEqual([]);
    expect(touched.size).toBeGreaterThan(isSoak ? 60 : 30);
  },
  isSoak ? 3_600_000 : 120_000,
);
