// The full check: builds from the ledger and the documents what the tables have to hold, and holds them against it.

import type { KeyObject } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { newestPlan, planOf } from '../ledger/baseline.ts';
import type { Heard } from '../ledger/hear-witnesses.ts';
import { isNoted, type ProvedTable } from '../ledger/proved-table.ts';
import { type EvidenceCheck, type LedgerFault, type LedgerReport, type Note, verifyLedger } from '../ledger/verify.ts';
import { openBlobs } from '../store/blobs.ts';
import { type Db, openScratch } from '../store/db.ts';
import type { DocumentReader } from '../trace/capture/read-aside.ts';
import { checkFiles, type FileCount } from './check-files.ts';
import { checkMoved, type MovedReader } from './check-moved.ts';
import { checkSchema } from './check-schema.ts';
import { compareBuilt, compareSaid, type TableCount } from './compare-rows.ts';
import { everyTable } from './every-table.ts';
import type { Progress } from './progress.ts';
import { openReplay, type Replay } from './replay.ts';

export type WholeQuestion = {
  readonly live: Db;
  readonly publicKey: KeyObject;
  readonly checks: Readonly<Record<string, EvidenceCheck>>;
  readonly heard: readonly Heard[];
  /** Where the pictures lie. */
  readonly blobsAt: string;
  /** Reads a picture that was moved to the store; undefined: no store is named. */
  readonly readMoved?: MovedReader | undefined;
  /** An empty folder for the database that is built and thrown away. */
  readonly scratchAt: string;
  readonly read: DocumentReader;
  readonly progress: Progress;
};

export type WholeReport = LedgerReport & {
  /** From which entry on rows can be proved, and the graph built again; null: nothing yet. */
  readonly rowsFrom: number | null;
  readonly graphFrom: number | null;
  readonly tables: readonly TableCount[];
  readonly files: FileCount;
  /** Pictures in the store whose bytes were read. */
  readonly moved: number;
};

const mostFaults = 1_000;

/** Reads alone, but for the scratch database. Faults are cut at 1,000. */
export async function verifyWhole(question: WholeQuestion): Promise<WholeReport> {
  const { live, publicKey, checks, heard, progress, blobsAt, scratchAt, read } = question;
  const total = Number(live.sqlite.prepare('SELECT count(*) FROM ledger_entry').pluck().get());
  const onEntries = (done: number) => progress('entries', done, Math.max(done, total));
  const report = verifyLedger({ db: live, publicKey, checks, heard, onEntries });
  const faults: LedgerFault[] = [...report.faults];
  const note: Note = (place, detail) => {
    if (faults.length < mostFaults) faults.push({ place, detail });
  };
  const blobs = openBlobs(blobsAt);
  const path = join(scratchAt, 'scratch.db');
  const scratch = openScratch(path);
  try {
    scratch.sqlite.exec('BEGIN');
    const replay = openReplay({ live, scratch, blobs, read, note, progress });
    await replay.catchUp();
    // From here on one moment is looked at; until here the server went on writing.
    live.sqlite.exec('BEGIN');
    await replay.catchUp();
    const tables = compareTables(live, scratch, replay, note, progress);
    live.sqlite.exec('COMMIT');
    const files = checkFiles(live, blobs, blobsAt, note, progress);
    progress('file', 0, 1);
    const moved = await checkMoved(live, question.readMoved, note, progress);
    checkSchema(live, note);
    progress('file', 1, 1);
    const { rowsFrom, graphFrom } = replay;
    return { ...report, faults, rowsFrom: rowsFrom ?? null, graphFrom: graphFrom ?? null, tables, files, moved };
  } finally {
    if (live.sqlite.inTransaction) live.sqlite.exec('ROLLBACK');
    scratch.sqlite.close();
    rmSync(path, { force: true });
  }
}

function compareTables(live: Db, scratch: Db, replay: Replay, note: Note, progress: Progress): TableCount[] {
  const [plan, said] = [planOf(everyTable), newestPlan(live)];
  const isSaid = ({ table }: ProvedTable) => said !== undefined && said[table] === plan[table];
  const counts: TableCount[] = [];
  for (const [index, table] of everyTable.entries()) {
    progress('rows', index, everyTable.length);
    const fromRows = (isNoted(table) && table.by !== 'both') || table.asItStood === true;
    const isBuilt = table.by === 'documents' || table.by === 'both' || table.by === 'lists';
    if (fromRows && isSaid(table)) counts.push(compareSaid(live, replay.rows, table, note));
    else if (!fromRows && isBuilt && replay.graphFrom !== undefined)
      counts.push(compareBuilt(live, scratch, table, note));
  }
  progress('rows', everyTable.length, everyTable.length);
  return counts;
}
