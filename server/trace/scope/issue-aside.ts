// Works out wide scopes in a thread beside the server, one after another, so that no page waits for them, and says how far it is.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Problem } from '../../http/problem.ts';
import { type Db, prepared, writeTransaction } from '../../store/db.ts';
import { type GraphMark, stillStands } from './graph-mark-store.ts';
import type { ScopeDigests, ScopeToIssue } from './issue-scope.ts';
import { mayReachMoreThan, recallScopeOf, type ScopeProgress } from './recall-scope-store.ts';
import { type RowsAsked, type ScopeSummary, summaryOf } from './scope-summary.ts';

export type AsideQuestion = {
  /** Of the database. */
  readonly path: string;
  readonly lotId: number;
  readonly rows: RowsAsked;
  /** The recall whose issues the rows go beyond; the whole scope when left out. */
  readonly widens?: number;
  /** A file that is made for the rows to be issued; none are kept when left out. */
  readonly keepIn?: string;
  /** Not 0: the thread gives up at its next step. */
  readonly ended: Int32Array;
};

export type KeptScope = {
  /** Holdings that were not issued before. */
  readonly fresh: number;
  readonly siteKeys: readonly number[];
  readonly digests: ScopeDigests;
};
type AsideAnswer = { readonly mark: GraphMark; readonly summary: ScopeSummary; readonly kept?: KeptScope };
export type AsideMessage = { readonly progress: ScopeProgress } | { readonly answer: AsideAnswer };

/** A scope whose rows wait in a file. */
export type PreparedScope = ScopeToIssue & { readonly fresh: number; readonly summary: ScopeSummary };

/** From so many holdings on a page would feel the wait: 2,000 take 15 ms. */
export const wideScope = 5_000;
const memoryMegabytes = 4_096;
/** What a walk leaves behind is tidied up seldom. */
const youngMegabytes = 192;
/** While events of the same goods come in, a scope is worked out again; then it is worked out where nothing can come in. */
const mostTries = 3;
const mostWaiting = 4;
const answersKept = 3;

type Desk = {
  last: Promise<unknown>;
  waiting: number;
  readonly progress: Map<number, ScopeProgress>;
  /** The latest answers by their question, and those in work: a page and the one after it ask for the same. */
  readonly answers: Map<string, Promise<AsideAnswer>>;
  /** Shared with the threads. */
  readonly ended: Int32Array;
};
const deskOf = prepared(
  (): Desk => ({
    last: Promise.resolve(),
    waiting: 0,
    progress: new Map(),
    answers: new Map(),
    ended: new Int32Array(new SharedArrayBuffer(4)),
  }),
);

/** The server stops: what is being worked out is given up, and what asked for it is told `busy`. A job of it comes again after a start. */
export function endScopes(db: Db): void {
  Atomics.store(deskOf(db).ended, 0, 1);
}

/** Whether a scope of the lot is worked out aside. A database in memory has no file that a thread could read. */
export function isWide(db: Db, lotId: number): boolean {
  return !db.sqlite.memory && mayReachMoreThan(db, lotId, wideScope);
}

/** How far the scope of the lot is that is being worked out; undefined when none is. */
export function scopeProgress(db: Db, lotId: number): ScopeProgress | undefined {
  return deskOf(db).progress.get(lotId);
}

/** What a recall of the lot would reach as it stands now, with the rows that are asked for. Throws Problem `busy`. */
export async function scopeSummary(db: Db, lotId: number, rows: RowsAsked): Promise<ScopeSummary> {
  if (!isWide(db, lotId)) return summaryOf(recallScopeOf(db, lotId), rows);
  const { answers } = deskOf(db);
  const key = JSON.stringify([lotId, rows]);
  const known = answers.get(key);
  if (known !== undefined) {
    const { mark, summary } = await known;
    if (stillStands(db, mark, () => true)) return summary;
  }
  const asked = ask(db, { lotId, rows });
  answers.delete(key);
  answers.set(key, asked);
  for (const old of [...answers.keys()].slice(0, -answersKept)) answers.delete(old);
  asked.catch(() => answers.get(key) === asked && answers.delete(key));
  return (await asked).summary;
}

/**
 * Works the scope out aside and gives it to `issue` in one write transaction, in which it still stands. undefined: so
 * much of the same goods came in meanwhile that it did not. Throws what `issue` throws, and Problem `busy`.
 */
export async function issueAside<T>(
  db: Db,
  { lotId, widens }: { readonly lotId: number; readonly widens?: number },
  issue: (scope: PreparedScope) => T,
): Promise<{ readonly issued: T } | undefined> {
  for (let tries = 0; tries < mostTries; tries++) {
    // For this user alone to read.
    const folder = mkdtempSync(join(tmpdir(), 'bright-kitchen-scope-'));
    const keepIn = join(folder, 'rows.db');
    try {
      const more = widens === undefined ? {} : { widens };
      const answer = await ask(db, { lotId, rows: { first: 0 }, keepIn, ...more });
      const issued = whileItStands(db, keepIn, answer, issue);
      if (issued !== undefined) return issued;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return undefined;
}

function whileItStands<T>(
  db: Db,
  file: string,
  { mark, summary, kept }: AsideAnswer,
  issue: (scope: PreparedScope) => T,
): { readonly issued: T } | undefined {
  if (kept === undefined) throw new Error('The thread kept no rows.');
  const { siteKeys, digests, fresh } = kept;
  db.sqlite.prepare('ATTACH ? AS aside').run(file);
  try {
    const has = db.sqlite.prepare('SELECT 1 FROM aside.lot WHERE lot_id = ?').pluck();
    return writeTransaction(db, () =>
      stillStands(db, mark, (lotId) => has.get(lotId) !== undefined)
        ? { issued: issue({ siteKeys, digests, fresh, summary, keep: keepAttached }) }
        : undefined,
    );
  } finally {
    db.sqlite.exec('DETACH aside');
  }
}

function keepAttached(db: Db, recallId: number, issue: number): void {
  const columns = 'lot_id, site_key, scope, depth, reached_at, received, on_hand, share, unit';
  db.sqlite
    .prepare(
      `INSERT INTO recall_scope (recall_id, holding_id, issue, ${columns})
       SELECT ?, holding_id, ?, ${columns} FROM aside.scope ORDER BY holding_id`,
    )
    .run(recallId, issue);
}

/** One at a time: each takes a core and the memory of its scope. */
async function ask(db: Db, asked: Omit<AsideQuestion, 'path' | 'ended'>): Promise<AsideAnswer> {
  const desk = deskOf(db);
  const question = { ...asked, path: db.sqlite.name, ended: desk.ended };
  if (desk.waiting >= mostWaiting)
    throw new Problem('busy', {
      detail: 'Other recalls are being worked out; ask again in a minute.',
      headers: { 'retry-after': '30' },
    });
  desk.waiting += 1;
  const answer = desk.last.then(() => inThread(question, (progress) => desk.progress.set(question.lotId, progress)));
  desk.last = answer.catch(() => undefined);
  desk.progress.set(question.lotId, { phase: 'walk', holdings: 0 });
  try {
    return await answer;
  } catch (error) {
    if (desk.ended[0] === 0) throw error;
    throw new Problem('busy', {
      detail: 'The server is being stopped; ask again in a minute.',
      headers: { 'retry-after': '30' },
    });
  } finally {
    desk.waiting -= 1;
    desk.progress.delete(question.lotId);
  }
}

function inThread(question: AsideQuestion, onProgress: (progress: ScopeProgress) => void): Promise<AsideAnswer> {
  const worker = new Worker(new URL('../../../inference/thread.mjs', import.meta.url), {
    workerData: { script: new URL('./issue-aside-worker.ts', import.meta.url).href, ...question },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: youngMegabytes },
  });
  return new Promise((resolve, reject) => {
    worker.on('message', (message: AsideMessage) => {
      if ('progress' in message) onProgress(message.progress);
      else resolve(message.answer);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The thread that worked out a scope ended with code ${code}.`)));
  });
}
