// What a transaction changes stands in its ledger entry, row by row, so that it can be built again from the ledger.
import { beforeEach, describe, expect, it } from 'vitest';
import { accountSites, accounts, sessions } from '../../../server/accounts/tables.ts';
import { appendEntry } from '../../../server/ledger/append.ts';
import { unpackRows } from '../../../server/ledger/changed-rows.ts';
import { openJournal, quietly } from '../../../server/ledger/journal.ts';
import { proved, type RowChange, readChanges } from '../../../server/ledger/proved-table.ts';
import { everyTable } from '../../../server/proof/every-table.ts';
import { sha256Hex } from '../../../server/store/blobs.ts';
import { type Db, openDatabase, writeTransaction } from '../../../server/store/db.ts';
import { unnamedTables } from '../../support/unnamed-tables.ts';

let db: Db;
beforeEach(() => {
  db = openDatabase(':memory:');
  openJournal(db, everyTable, () => 5_000);
});

const person = { login: 'li', name: '李', role: 'inspector' as const, createdAt: 1, sample: false };
const entries = () =>
  db.sqlite
    .prepare(
      'SELECT e.kind, e.subject, e.body, r.rows FROM ledger_entry e LEFT JOIN ledger_row r ON r.seq = e.seq ORDER BY e.seq',
    )
    .all() as { kind: string; subject: string; body: string; rows: string | Buffer | null }[];
const said = (rows: string | Buffer | null): RowChange[] => (rows === null ? [] : readChanges(unpackRows(rows) ?? ''));

describe('every table', () => {
  it('and each of its columns is in the list of what vouches for it, or left out with its reason', () => {
    expect(unnamedTables(db, everyTable)).toEqual([]);
  });

  it('that somebody adds is asked for in a sentence that says what to write, and so is a column', () => {
    db.sqlite.exec(
      'CREATE TABLE invitation (id INTEGER PRIMARY KEY, link TEXT); ALTER TABLE party ADD COLUMN seal TEXT',
    );
    expect(unnamedTables(db, everyTable)).toEqual([
      expect.stringContaining("add proved('invitation', 'rows', 'id link') to server/proof/"),
      expect.stringContaining('the column party.seal yet: add it to the columns of its line'),
    ]);
  });

  it('whose line does not fit its columns stops the start, and the line is named', () => {
    const line = proved('party', 'rows', 'id seal');
    expect(() => openJournal(openDatabase(':memory:'), [line], () => 5_000)).toThrow(/line of the table party/);
  });
});

describe('a transaction', () => {
  it('puts the rows it changed into its entry, and the entry holds their digest', () => {
    writeTransaction(db, () => {
      db.orm.insert(accounts).values(person).run();
      db.orm.insert(accountSites).values({ accountId: 1, siteId: 'local:dingxiang' }).run();
      appendEntry(db, { kind: 'account', subject: 'account/1', body: { role: 'inspector' }, at: 1 });
    });
    const { body, rows } = entries().at(-1)!;
    expect(said(rows).map(([table, key]) => [table, key])).toEqual([
      ['account', [1]],
      ['account_site', [1, 'local:dingxiang']],
    ]);
    expect(JSON.parse(body)).toEqual({ role: 'inspector', rows: sha256Hex(unpackRows(rows!) ?? '') });
  });

  it('keeps a name out of the ledger, and says it as its SHA-256', () => {
    writeTransaction(db, () => db.orm.insert(accounts).values(person).run());
    const [[, , row] = []] = said(entries().at(-1)!.rows);
    expect(row).toMatchObject({ name: `sha256:${sha256Hex('李')}`, role: 'inspector', disabled_at: null });
  });

  it('without an entry of its own gets one for the rows', () => {
    writeTransaction(db, () => db.orm.insert(accounts).values(person).run());
    expect(entries().at(-1)).toMatchObject({ kind: 'rows', subject: 'account' });
  });

  it('says nothing of what nobody vouches for', () => {
    writeTransaction(db, () => db.orm.insert(accounts).values(person).run());
    const before = entries().length;
    writeTransaction(db, () =>
      db.orm.insert(sessions).values({ hash: 'h', accountId: 1, createdAt: 1, expiresAt: 2 }).run(),
    );
    expect(entries()).toHaveLength(before);
  });

  it('says only the last state of a row it changed twice, and that a removed one is gone', () => {
    writeTransaction(db, () => db.orm.insert(accounts).values(person).run());
    writeTransaction(db, () => {
      db.sqlite.exec('UPDATE account SET disabled_at = 3; UPDATE account SET disabled_at = 4; DELETE FROM account');
      appendEntry(db, { kind: 'account', subject: 'account/1', body: {}, at: 1 });
    });
    expect(said(entries().at(-1)!.rows)).toEqual([['account', [1], null]]);
  });

  it('that is undone leaves nothing for the next one', () => {
    expect(() =>
      writeTransaction(db, () => {
        db.orm.insert(accounts).values(person).run();
        throw new Error('no');
      }),
    ).toThrow('no');
    writeTransaction(db, () => appendEntry(db, { kind: 'setting', subject: 'y', body: {}, at: 1 }));
    expect(JSON.parse(entries().at(-1)!.body)).toEqual({});
  });

  it('is quiet about what is built again from documents', () => {
    writeTransaction(db, () => {
      quietly(db, () => db.sqlite.exec("INSERT INTO site (id) VALUES ('local:a')"));
      db.sqlite.exec("INSERT INTO site (id, name) VALUES ('local:b', 'B')");
      appendEntry(db, { kind: 'setting', subject: 'y', body: {}, at: 1 });
    });
    expect(said(entries().at(-1)!.rows).map(([, , row]) => row)).toMatchObject([{ id: 'local:b', name: 'B' }]);
  });
});

describe('a database of before', () => {
  it('says once how its rows stand, and what of them it vouches for from here on', () => {
    const old = openDatabase(':memory:');
    writeTransaction(old, () => {
      old.orm.insert(accounts).values(person).run();
      appendEntry(old, { kind: 'account', subject: 'account/1', body: {}, at: 1 });
    });
    openJournal(old, everyTable, () => 9_000);
    db = old;
    expect(entries().map(({ kind, subject }) => [kind, subject])).toEqual([
      ['account', 'account/1'],
      ['plan', 'tables'],
      ['baseline', 'table/site'],
      ['baseline', 'table/account'],
    ]);
    expect(said(entries().at(-1)!.rows)).toMatchObject([['account', [1], { role: 'inspector' }]]);
  });
});
