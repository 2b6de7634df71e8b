// The write-ahead log is folded into the database beside the connection that writes, and nothing of it is lost.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { openDatabase, openForFolding, openReadOnly } from '../../../server/store/db.ts';
import { startFolding } from '../../../server/store/fold-log.ts';

const silent = pino({ level: 'silent' });
const newPath = () => join(mkdtempSync(join(tmpdir(), 'bk-fold-')), 'a.db');

describe('the write-ahead log', () => {
  it('is folded whole while another connection writes, and begins anew', () => {
    const path = newPath();
    const db = openDatabase(path);
    const folder = openForFolding(path);
    const write = db.sqlite.prepare("INSERT INTO site (id, name) VALUES (?, 'x')");
    for (let n = 0; n < 500; n++) write.run(`local:${n}`);
    const [before] = db.sqlite.pragma('wal_checkpoint(NOOP)') as { log: number }[];
    expect(folder.fold()).toBe(0);
    write.run('local:after');
    const [after] = db.sqlite.pragma('wal_checkpoint(PASSIVE)') as { log: number }[];
    expect(after?.log).toBeLessThan(before?.log ?? 0);
    folder.close();
    db.sqlite.close();
    expect(openReadOnly(path).sqlite.prepare("SELECT count(*) FROM site WHERE name = 'x'").pluck().get()).toBe(501);
  });

  it('is folded by its thread once nobody writes, and the thread ends when it is told to', async () => {
    const path = newPath();
    const db = openDatabase(path);
    const stop = startFolding(path, silent);
    const write = db.sqlite.prepare('INSERT INTO site (id, name) VALUES (?, ?)');
    for (let n = 0; n < 1_500; n++) write.run(`local:${n}`, 'y'.repeat(2_000));
    const left = () => {
      const [state] = db.sqlite.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
      return (state?.log ?? 0) - (state?.checkpointed ?? 0);
    };
    const deadline = Date.now() + 20_000;
    while (left() > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(left()).toBe(0);
    await stop();
    db.sqlite.close();
  });
});
