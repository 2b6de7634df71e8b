// A server killed in the middle of captures and verdicts, again and again: nothing acknowledged is lost or doubled.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { cameras } from '../../server/kitchen/camera/camera-tables.ts';
import { mostLoginRefusals } from '../../server/kitchen/camera/watch.ts';
import { flags } from '../../server/kitchen/flag/flag-tables.ts';
import { databaseName, openDeps } from '../../server/open-deps.ts';
import { type Db, openReadOnly, writeTransaction } from '../../server/store/db.ts';
import { figure } from '../support/figure.ts';
import { jpeg, openCast, scriptedEye } from '../support/kitchen-cast.ts';
import { newDataDir, pause, runCli, type ServerProcess, startServer } from '../support/process.ts';

const isLong = process.env['SOAK'] === 'on';
/** KILLS: fewer than the long form has, where a machine has no hour for it. */
const rounds = Number(process.env['KILLS'] ?? (isLong ? 200 : 12));
const clients = 8;
const flagCount = rounds * 60;
const longestRoundMs = 500;

type Write = { readonly kind: 'capture' | 'verdict'; readonly id: string };
type Book = { readonly sent: Write[]; readonly acknowledged: Map<string, Write>; next: number };

it(
  `killed ${rounds} times, it has exactly what it acknowledged, and the ledger is whole`,
  async () => {
    const dataDir = newDataDir();
    const flagIds = await prepare(dataDir);
    const tokens = {
      partner: runCli(dataDir, 'token', '--role', 'partner'),
      reviewer: runCli(dataDir, 'token', '--role', 'reviewer'),
    };
    const book: Book = { sent: [], acknowledged: new Map(), next: 0 };
    const readyMs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const asked = performance.now();
      const server = await startServer({ dataDir });
      if (round > 0) readyMs.push(performance.now() - asked);
      await retryUnanswered(server, tokens, book, flagIds);
      if (isLong) expect(verified(dataDir), `after kill ${round}`).toMatchObject({ whole: true, faults: [] });
      const stopped = { now: false };
      const work = Array.from({ length: clients }, (_, client) =>
        keepWriting(server, tokens, book, flagIds, client, stopped),
      );
      await pause(50 + ((round * 197) % longestRoundMs));
      await server.end('SIGKILL');
      stopped.now = true;
      await Promise.all(work);
    }
    const last = await startServer({ dataDir });
    await retryUnanswered(last, tokens, book, flagIds);
    expect(await last.end('SIGTERM')).toBe(0);

    const db = openReadOnly(join(dataDir, databaseName));
    const kinds = [...book.acknowledged.values()].map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'capture').length).toBeGreaterThan(rounds);
    expect(kinds.filter((kind) => kind === 'verdict').length).toBeGreaterThan(rounds);
    expect(book.acknowledged.size).toBe(book.sent.length);
    expect(countsThatAreNotOne(db, book)).toEqual([]);
    expect(db.sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.sqlite.pragma('foreign_key_check')).toEqual([]);
    db.sqlite.close();
    expect(verified(dataDir)).toMatchObject({ whole: true, faults: [] });
    const checked = isLong ? 'verify whole by replay after each' : 'verify whole at the end';
    figure(
      'R1',
      `${rounds} kills under ${clients} clients: ${book.sent.length} writes, none lost or doubled; ${checked}`,
    );
    figure('R1', `ready after a kill: p50 ${share(readyMs, 0.5)} s, p95 ${share(readyMs, 0.95)} s`);
  },
  rounds * 20_000,
);

/** Built again from the ledger, and compared. */
function verified(dataDir: string): unknown {
  return JSON.parse(runCli(dataDir, 'verify', '--json'));
}

function share(ms: readonly number[], part: number): string {
  const sorted = [...ms].sort((a, b) => a - b);
  return ((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0) / 1000).toFixed(1);
}

/** A restaurant with one camera and many open flags, all of the same picture. */
async function prepare(dataDir: string): Promise<number[]> {
  const deps = openDeps(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }), scriptedEye());
  const { camera, restaurant } = openCast(deps);
  // Its address is made up: it must never fall due, as after too many refused logins.
  deps.db.orm.update(cameras).set({ loginRefusals: mostLoginRefusals }).run();
  const pictureHash = deps.blobs.put(await jpeg());
  const row = {
    cameraId: camera.id,
    restaurantId: restaurant.id,
    violation: 'no_mask',
    score: 0.9,
    threshold: 0.6,
    box: [0.4, 0.3, 0.1, 0.15] as [number, number, number, number],
    pictureHash,
    pictureWidth: 640,
    pictureHeight: 360,
    packName: 'eye',
    packSha256: '0',
    status: 'open' as const,
    audit: 0,
    second: 'none' as const,
  };
  const ids = writeTransaction(deps.db, () =>
    Array.from(
      { length: flagCount },
      (_, index) =>
        deps.db.orm
          .insert(flags)
          .values({ ...row, at: 1_700_000_000_000 + index })
          .returning({ id: flags.id })
          .get().id,
    ),
  );
  deps.db.sqlite.close();
  return ids;
}

type Tokens = { readonly partner: string; readonly reviewer: string };

async function keepWriting(
  server: ServerProcess,
  tokens: Tokens,
  book: Book,
  flagIds: readonly number[],
  client: number,
  stopped: { now: boolean },
): Promise<void> {
  while (!stopped.now) {
    const number = book.next++;
    const write: Write = { kind: client % 2 === 0 ? 'capture' : 'verdict', id: String(number) };
    if (write.kind === 'verdict' && number >= flagIds.length) return;
    book.sent.push(write);
    if (!(await send(server, tokens, book, flagIds, write))) return;
  }
}

/** What a client does after a broken connection: sends the same again, with the same key. */
async function retryUnanswered(
  server: ServerProcess,
  tokens: Tokens,
  book: Book,
  flagIds: readonly number[],
): Promise<void> {
  for (const write of book.sent.filter(({ id }) => !book.acknowledged.has(id))) {
    expect(await send(server, tokens, book, flagIds, write)).toBe(true);
  }
}

/** False when the connection broke before the answer. */
async function send(
  server: ServerProcess,
  tokens: Tokens,
  book: Book,
  flagIds: readonly number[],
  write: Write,
): Promise<boolean> {
  const { url, headers, body } = requestOf(write, tokens, flagIds);
  try {
    const answer = await fetch(`${server.url}${url}`, { method: 'POST', headers, body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text}`);
    book.acknowledged.set(write.id, write);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function requestOf(write: Write, tokens: Tokens, flagIds: readonly number[]) {
  if (write.kind === 'verdict') {
    const body = JSON.stringify({ decision: 'cleared', key: `kill-${write.id}` });
    return {
      url: `/api/flags/${flagIds[Number(write.id)]}/verdict`,
      headers: { authorization: `Bearer ${tokens.reviewer}`, 'content-type': 'application/json' },
      body,
    };
  }
  return {
    url: '/epcis/capture',
    headers: { authorization: `Bearer ${tokens.partner}`, 'content-type': 'application/ld+json' },
    body: JSON.stringify(documentOf(write.id)),
  };
}

function documentOf(id: string) {
  const event = {
    type: 'ObjectEvent',
    action: 'ADD',
    bizStep: 'commissioning',
    eventTime: '2026-11-20T08:00:00+08:00',
    eventTimeZoneOffset: '+08:00',
    quantityList: [{ epcClass: `https://id.gs1.org/01/06912345002028/10/K${id}`, quantity: 10, uom: 'KGM' }],
    readPoint: { id: 'https://id.gs1.org/414/6912345000109' },
    bizLocation: { id: 'https://id.gs1.org/414/6912345000109' },
  };
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-11-20T09:00:00Z',
    epcisBody: { eventList: [event] },
  };
}

/** Acknowledged writes that are there another number of times than once. */
function countsThatAreNotOne(db: Db, book: Book): string[] {
  const lots = db.sqlite.prepare(`SELECT count(*) FROM event WHERE json LIKE '%/10/K' || ? || '"%'`).pluck();
  const verdicts = db.sqlite.prepare('SELECT count(*) FROM verdict WHERE key = ?').pluck();
  return [...book.acknowledged.values()].flatMap(({ kind, id }) => {
    const count = kind === 'capture' ? lots.get(id) : verdicts.get(`kill-${id}`);
    return count === 1 ? [] : [`${kind} ${id}: ${count} times`];
  });
}
