// Whoever changes the ledger behind the program's back is found, wherever the change is.
import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { appendEntry } from '../../../server/ledger/append.ts';
import { verifyLedger } from '../../../server/ledger/verify.ts';
import { writeCheckpoint } from '../../../server/ledger/write-checkpoint.ts';
import { type Db, openDatabase, writeTransaction } from '../../../server/store/db.ts';
import type { Secrets } from '../../../server/store/secrets.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const secrets: Secrets = {
  sealKey: Buffer.alloc(32),
  linkKey: Buffer.alloc(32),
  ledgerKey: privateKey,
  ledgerPublicKey: publicKey,
};
const entries = 23;

let db: Db;
beforeEach(() => {
  db = openDatabase(':memory:');
  for (let seq = 0; seq < entries; seq++) {
    writeTransaction(db, () =>
      appendEntry(db, {
        kind: 'verdict',
        subject: `flag/${seq}`,
        body: { decision: 'confirmed', seq },
        at: 1_000 + seq,
      }),
    );
  }
  writeCheckpoint(db, secrets, 2_000);
});

const verify = () => verifyLedger({ db, publicKey, checks: {} });

describe('the ledger shows what was changed', () => {
  it('says whole when nothing was', () => {
    expect(verify()).toMatchObject({ size: entries, checkpoints: 1, faults: [] });
  });

  it('an entry outside a transaction is refused', () => {
    expect(() => appendEntry(db, { kind: 'setting', subject: 'y', body: {}, at: 1 })).toThrow('transaction');
  });

  it.each([
    ['a changed verdict', `UPDATE ledger_entry SET body = '{"decision":"cleared","seq":7}' WHERE seq = 7`, 'entry 7'],
    ['a changed time', 'UPDATE ledger_entry SET at = 1 WHERE seq = 8', 'entry 8'],
    ['a removed entry', 'DELETE FROM ledger_entry WHERE seq = 9', 'entry 9'],
    ['a removed end', `DELETE FROM ledger_entry WHERE seq >= 20`, 'checkpoint 23'],
    ['a removed last entry, though nothing follows it', 'DELETE FROM ledger_entry WHERE seq = 22', 'checkpoint 23'],
    ['a changed leaf', `UPDATE ledger_entry SET leaf_hash = zeroblob(32) WHERE seq = 3`, 'entry 3'],
    ['a changed node', `UPDATE ledger_node SET hash = zeroblob(32) WHERE level = 2 AND position = 1`, 'node 2/1'],
    ['a removed node', `DELETE FROM ledger_node WHERE level = 1 AND position = 2`, 'tree'],
    ['a changed root', `UPDATE ledger_checkpoint SET root = zeroblob(32)`, 'checkpoint 23'],
    [
      'two entries in each other’s place',
      'UPDATE ledger_entry SET seq = CASE seq WHEN 4 THEN -5 ELSE -4 END WHERE seq IN (4, 5); UPDATE ledger_entry SET seq = -seq WHERE seq < 0',
      'entry 4',
    ],
  ])('%s', (_name, change, place) => {
    for (const trigger of db.sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all())
      db.sqlite.exec(`DROP TRIGGER "${trigger}"`);
    db.sqlite.exec(change);
    expect(verify().faults.map((fault) => fault.place)).toContain(place);
  });

  it('a ledger that is short of exactly its last entry is said to be cut off, not changed', () => {
    for (const trigger of db.sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all())
      db.sqlite.exec(`DROP TRIGGER "${trigger}"`);
    db.sqlite.exec('DELETE FROM ledger_entry WHERE seq = 22');
    const fault = verify().faults.find(({ place }) => place === 'checkpoint 23');
    expect(fault?.detail).toContain('the end was cut off');
  });

  it('an entry rewritten together with its leaf and nodes still contradicts the signed checkpoint', () => {
    for (const trigger of db.sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all())
      db.sqlite.exec(`DROP TRIGGER "${trigger}"`);
    db.sqlite.exec('DELETE FROM ledger_entry; DELETE FROM ledger_node');
    for (let seq = 0; seq < entries; seq++) {
      writeTransaction(db, () =>
        appendEntry(db, {
          kind: 'verdict',
          subject: `flag/${seq}`,
          body: { decision: 'cleared', seq },
          at: 1_000 + seq,
        }),
      );
    }
    expect(verify().faults.map((fault) => fault.place)).toEqual(['checkpoint 23']);
  });
});
