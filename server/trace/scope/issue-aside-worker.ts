// The thread that works out one wide scope from the record as it stood at one moment, and keeps its rows in a file of their own.
import { parentPort, workerData } from 'node:worker_threads';
import { type Db, openPassing, openReadOnly } from '../../store/db.ts';
import { graphMark } from './graph-mark-store.ts';
import type { AsideMessage, AsideQuestion, KeptScope } from './issue-aside.ts';
import { digestsOf, inOrder } from './issue-scope.ts';
import { lastIssued } from './recall-lines-store.ts';
import { type ScopeRow, widenedBy } from './recall-scope.ts';
import { type RecallScope, recallScopeOf } from './recall-scope-store.ts';
import { summaryOf } from './scope-summary.ts';

const { path, lotId, rows: asked, widens, keepIn, ended } = workerData as AsideQuestion;
const say = (message: AsideMessage): void => {
  if (Atomics.load(ended, 0) !== 0) throw new Error('The server is being stopped.');
  parentPort?.postMessage(message);
};

const db = openReadOnly(path);
// One transaction, so that the mark and everything read are of the same moment.
db.sqlite.transaction(workOut)();
db.sqlite.close();

function workOut(): void {
  const mark = graphMark(db);
  const scope = recallScopeOf(db, lotId, (progress) => say({ progress }));
  const summary = summaryOf(scope, asked);
  say({ progress: { phase: 'rows', holdings: scope.rows.length } });
  say({ answer: { mark, summary, ...(keepIn === undefined ? {} : { kept: keep(db, scope, keepIn) }) } });
}

/** The rows to be issued, and every lot of the scope. */
function keep(record: Db, scope: RecallScope, file: string): KeptScope {
  const { fresh, moved } =
    widens === undefined ? { fresh: scope.rows, moved: [] } : widenedBy(scope.rows, lastIssued(record, widens));
  const rows = fresh.length === 0 ? [] : [...fresh, ...moved];
  const aside = openPassing(file);
  aside.exec(
    `CREATE TABLE scope (holding_id INTEGER PRIMARY KEY, lot_id, site_key, scope, depth, reached_at, received, on_hand, share, unit);
     CREATE TABLE lot (lot_id INTEGER PRIMARY KEY)`,
  );
  aside.transaction(() => write(aside, rows, new Set(scope.rows.map((row) => row.lotId))))();
  aside.close();
  return {
    fresh: fresh.length,
    siteKeys: [...new Set(rows.map(({ siteKey }) => siteKey))],
    digests: digestsOf(rows),
  };
}

function write(aside: Db['sqlite'], rows: readonly ScopeRow[], lots: ReadonlySet<number>): void {
  const row = aside.prepare('INSERT INTO scope VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const { holdingId, lotId: lot, siteKey, scope, depth, reachedAt, received, onHand, share, unit } of inOrder(
    rows,
  ))
    row.run(holdingId, lot, siteKey, scope, depth, reachedAt, received, onHand, share, unit);
  const lot = aside.prepare('INSERT INTO lot VALUES (?)');
  for (const id of lots) lot.run(id);
}
