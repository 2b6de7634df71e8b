// Each change behind the ledger's back, and every sentence that verify then says: no more of them, and no fewer.
import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { appendEntry } from '../../../server/ledger/append.ts';
import type { SaidRows } from '../../../server/ledger/changed-rows.ts';
import { signCheckpoint } from '../../../server/ledger/checkpoint.ts';
import { ledgerRoot } from '../../../server/ledger/ledger-store.ts';
import { type LedgerQuestion, verifyLedger } from '../../../server/ledger/verify.ts';
import { sha256Hex } from '../../../server/store/blobs.ts';
import { type Db, openDatabase, writeTransaction } from '../../../server/store/db.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const someRow = '[["party",[1],{"name":"王记"}]]';

let db: Db;
beforeEach(() => {
  db = openDatabase(':memory:');
  for (let seq = 0; seq < 5; seq++) append(seq, seq === 3 ? { text: someRow, digest: sha256Hex(someRow) } : undefined);
  sign(3);
  sign(5);
  for (const trigger of db.sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all())
    db.sqlite.exec(`DROP TRIGGER "${trigger}"`);
});

function append(seq: number, rows?: SaidRows) {
  const entry = { kind: 'verdict', subject: `flag/${seq}`, body: { seq }, at: 1_000 + seq } as const;
  writeTransaction(db, () => appendEntry(db, entry, rows));
}

function sign(size: number) {
  const root = ledgerRoot(db, size);
  const note = signCheckpoint({ size, root }, privateKey, publicKey);
  db.sqlite.prepare('INSERT INTO ledger_checkpoint VALUES (?, 1, ?, ?)').run(size, root, note);
}

const verify = (more: Partial<LedgerQuestion> = {}) => verifyLedger({ db, publicKey, checks: {}, ...more });
const said = (more: Partial<LedgerQuestion> = {}) =>
  verify(more).faults.map(({ place, detail }) => `${place}: ${detail}`);

describe('verify says of', () => {
  it.each([
    ['nothing that was changed', 'SELECT 1', []],
    [
      'an entry that is gone',
      'DELETE FROM ledger_entry WHERE seq = 1',
      [
        'entry 1: Entries 1 to 1 are missing.',
        treeOf('entry 1', 'node 1/0', 'node 2/0'),
        notSigned(3),
        notSigned(5),
      ].flat(),
    ],
    [
      'two that are gone, as one gap',
      'DELETE FROM ledger_entry WHERE seq IN (1, 2)',
      [
        'entry 1: Entries 1 to 2 are missing.',
        treeOf('entry 1', 'node 1/0', 'entry 2', 'node 1/1', 'node 2/0'),
        notSigned(3),
        notSigned(5),
      ].flat(),
    ],
    [
      'an end that was cut off',
      'DELETE FROM ledger_entry WHERE seq = 4',
      [
        ...treeOf('entry 4'),
        'checkpoint 5: The ledger has 4 entries, fewer than were signed for: the end was cut off.',
      ],
    ],
    [
      'an entry that says something else, alone: it does not hide the others',
      "UPDATE ledger_entry SET body = '{}' WHERE seq = 2",
      [written(2)],
    ],
    [
      'an entry that says nothing that can be read, without a crash',
      "UPDATE ledger_entry SET body = 'no JSON' WHERE seq = 2",
      [written(2), expect.stringMatching(/^entry 2: The entry cannot be compared with what is kept: Unexpected token/)],
    ],
    [
      'another leaf',
      'UPDATE ledger_entry SET leaf_hash = zeroblob(32) WHERE seq = 2',
      [written(2), ...treeOf('entry 2', 'node 1/1', 'node 2/0'), notSigned(3), notSigned(5)],
    ],
    ['rows that are gone', 'DELETE FROM ledger_row', ['entry 3: What it says of rows is gone.']],
    ['other rows', "UPDATE ledger_row SET rows = '[]'", ['entry 3: What it says of rows is not what was written.']],
    [
      'damaged rows',
      "UPDATE ledger_row SET rows = x'00ff'",
      ['entry 3: What it says of rows is not what was written.'],
    ],
    [
      'rows at an entry that says nothing of any',
      "INSERT INTO ledger_row VALUES (1, '[]')",
      ['entry 1: More is kept of its rows than it says.'],
    ],
    [
      'rows of entries that are not there: before the first, behind the last, in a gap',
      "DELETE FROM ledger_entry WHERE seq = 4; INSERT INTO ledger_row VALUES (4, '[]'), (-1, '[]'), (5, '[]')",
      expect.arrayContaining([-1, 4, 5].map((seq) => `rows of entry ${seq}: There is no such entry.`)),
    ],
    [
      'nodes that are gone',
      'DELETE FROM ledger_node WHERE level = 1',
      ['tree: 2 nodes of the stored tree are missing.'],
    ],
    [
      'another node of the lowest row',
      'UPDATE ledger_node SET hash = zeroblob(32) WHERE level = 0 AND position = 4',
      treeOf('entry 4'),
    ],
    [
      'a node that is no hash',
      "UPDATE ledger_node SET hash = 'text' WHERE level = 1 AND position = 1",
      treeOf('node 1/1'),
    ],
    ['a node too many, of zeroes too', 'INSERT INTO ledger_node VALUES (7, 7, zeroblob(32))', treeOf('node 7/7')],
    [
      'a signed root that was changed',
      'UPDATE ledger_checkpoint SET root = zeroblob(32) WHERE size = 3',
      [unsigned(3)],
    ],
    ['a signed root that is no hash', "UPDATE ledger_checkpoint SET root = 'text' WHERE size = 3", [unsigned(3)]],
    ['a signed size that was changed', 'UPDATE ledger_checkpoint SET size = 4 WHERE size = 3', [unsigned(4)]],
    ['a signature that is none', "UPDATE ledger_checkpoint SET note = 'none' WHERE size = 3", [unsigned(3)]],
    [
      'the signature of another checkpoint with its root',
      'UPDATE ledger_checkpoint SET (note, root) = (SELECT note, root FROM ledger_checkpoint WHERE size = 5) WHERE size = 3',
      [unsigned(3)],
    ],
  ])('%s', (_what, change, sentences) => {
    db.sqlite.exec(change);
    expect(said()).toEqual(sentences);
  });

  it('entries whose evidence is not what they say, each under its place', () => {
    const checks = {
      verdict: ({ seq }: { seq: number }) => (seq === 2 ? ['Its picture is gone.', 'Its hash too.'] : []),
    };
    expect(said({ checks })).toEqual(['entry 2: Its picture is gone.', 'entry 2: Its hash too.']);
  });

  it('a thousand faults and not one more, however many there are', () => {
    const checks = { verdict: () => Array.from({ length: 700 }, (_, at) => `fault ${at}`) };
    expect(said({ checks })).toHaveLength(1_000);
  });
});

describe('verify tells', () => {
  it('how far it is after each thousand entries', () => {
    for (let seq = 5; seq < 2_001; seq++) append(seq);
    const told: number[] = [];
    expect(verify({ onEntries: (read) => told.push(read) })).toMatchObject({ size: 2_001, checkpoints: 2 });
    expect(told).toEqual([1_000, 2_000]);
    expect(verify().faults, 'and needs nobody who listens').toEqual([]);
  });
});

function treeOf(...places: string[]): string[] {
  return places.map((place) => `${place}: The stored tree does not match the entries.`);
}

function notSigned(size: number): string {
  return `checkpoint ${size}: The first ${size} entries are not those that were signed.`;
}

function unsigned(size: number): string {
  return `checkpoint ${size}: The signature does not hold.`;
}

function written(seq: number): string {
  return `entry ${seq}: The entry (verdict, flag/${seq}) is not what was written.`;
}
