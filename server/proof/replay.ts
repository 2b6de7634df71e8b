// Reads the ledger from its first entry on and builds in a scratch database what the tables have to hold.
import { unpackRows } from '../ledger/changed-rows.ts';
import type { StoredEntry } from '../ledger/entry.ts';
import { type KeptRows, openKeptRows } from '../ledger/kept-rows.ts';
import type { RowChange } from '../ledger/proved-table.ts';
import type { Note } from '../ledger/verify.ts';
import { type BlobStore, sha256Hex } from '../store/blobs.ts';
import type { Db } from '../store/db.ts';
import type { DocumentReader } from '../trace/capture/read-aside.ts';
import { copyGraph, reopenClaims } from './copy-graph.ts';
import { everyTable, provedTable } from './every-table.ts';
import { graphFloor } from './graph-floor.ts';
import type { Progress } from './progress.ts';
import { bodyOf, type CaptureAhead, openCaptureReplay } from './replay-captures.ts';
import { type ClaimBody, settleAgain } from './replay-claims.ts';
import { type MergeBody, mergeAgain } from './replay-merges.ts';
import { checkIssue, type IssueBody } from './replay-recall.ts';

export type ReplayParts = {
  readonly live: Db;
  readonly scratch: Db;
  readonly blobs: BlobStore;
  readonly read: DocumentReader;
  readonly note: Note;
  readonly progress: Progress;
};

export type Replay = {
  readonly rows: KeptRows;
  /** From which entry on the ledger says everything about rows; undefined: it has never begun to. */
  readonly rowsFrom: number | undefined;
  /** From which entry on the graph can be built again; undefined: nowhere yet. */
  readonly graphFrom: number | undefined;
  /** Replays what has come since it was last called. */
  catchUp(): Promise<number>;
};

const entriesAtOnce = 500;
// Two large documents lie read while one is stored; of small ones a few more cost nothing.
const documentsAhead = 8;

type Row = StoredEntry & { readonly rows: string | Buffer | null };

export function openReplay(parts: ReplayParts): Replay {
  const { live, scratch, note, progress } = parts;
  const rows = openKeptRows(scratch, (table, key, seq) =>
    note(`${table} ${key}`, `It was changed after entry ${seq} without an entry of its own.`),
  );
  const floor = graphFloor(live);
  const captures = openCaptureReplay({ ...parts, sitesOfDistrict: districtSites(rows) });
  const page = live.sqlite.prepare(
    `SELECT e.seq, e.at, e.kind, e.subject, e.body, r.rows FROM ledger_entry e LEFT JOIN ledger_row r ON r.seq = e.seq
     WHERE e.seq >= ? ORDER BY e.seq LIMIT ${entriesAtOnce}`,
  );
  const total = () => Number(live.sqlite.prepare('SELECT coalesce(max(seq), -1) + 1 FROM ledger_entry').pluck().get());
  if (floor.copied !== undefined) {
    copyGraph(live, scratch, floor.copied);
    reopenClaims(scratch, claimsDecidedFrom(live, floor.from));
  }
  const isProvable = ({ seq }: Row) => floor.from !== undefined && seq >= floor.from;
  let next = 0;

  const said = openClaims(parts, rows);
  const step = async (row: Row, ahead: CaptureAhead | undefined) => {
    // What was changed here has been said; it is no crash of the check, and not taken for what was written.
    if (isAsWritten(row)) applyRows(parts, rows, row);
    const confirmed = said.before(row);
    const fault = ahead === undefined ? undefined : await captures.store(ahead, confirmed);
    if (fault !== undefined) note(`entry ${row.seq}`, fault);
    if (ahead?.body.row !== undefined && ahead.row !== undefined)
      rows.put(row.seq, ['event_document', [ahead.row.id], ahead.body.row]);
    if (row.kind === 'claim' && isProvable(row)) said.decide(row);
    if (row.kind.startsWith('lot-merge') && isProvable(row)) mergeAgain(scratch, row, bodyOf(row) as MergeBody);
    if (row.kind === 'recall') checkIssue({ live, scratch, rows }, row, bodyOf(row) as IssueBody, note);
  };

  return {
    rows,
    rowsFrom: firstPlan(live),
    graphFrom: floor.from,
    async catchUp() {
      for (;;) {
        const found = page.all(next) as Row[];
        if (found.length === 0) return next;
        const begun = new Map<number, CaptureAhead>();
        const waiting = found.filter((row) => row.kind === 'capture' && isProvable(row));
        for (const row of found) {
          while (begun.size < documentsAhead && waiting.length > 0) begin(begun, waiting.shift(), captures.ahead);
          await step(row, begun.get(row.seq)).catch((error: unknown) =>
            note(`entry ${row.seq}`, `It cannot be done again: ${error instanceof Error ? error.message : error}`),
          );
          begun.delete(row.seq);
        }
        next = (found.at(-1)?.seq ?? next) + 1;
        progress('replay', next, total());
      }
    },
  };
}

/** Claims that a capture confirmed wait for its entry, which comes after theirs: they are decided where the document says them. */
function openClaims({ scratch, note }: ReplayParts, rows: KeptRows) {
  const sitesOfDistrict = districtSites(rows);
  let waiting: Row[] = [];
  const settle = (row: Row) => {
    const fault = settleAgain(scratch, row, bodyOf(row) as ClaimBody, sitesOfDistrict);
    if (fault !== undefined) note(`entry ${row.seq}`, fault);
  };
  const claimOf = (row: Row) => bodyOf(row) as ClaimBody;
  return {
    decide(row: Row) {
      if (claimOf(row).capture === undefined) settle(row);
      else waiting.push(row);
    },
    /** What waits for this entry; everything else that waits is decided now. */
    before(row: Row): ReadonlySet<string> {
      if (waiting.length === 0 || (row.kind === 'claim' && claimOf(row).capture === claimOf(waiting[0] as Row).capture))
        return new Set();
      const own =
        row.kind === 'capture' ? waiting.filter((one) => `capture/${claimOf(one).capture}` === row.subject) : [];
      for (const one of waiting) if (!own.includes(one)) settle(one);
      waiting = [];
      return new Set(own.map((one) => claimOf(one).event));
    },
  };
}

/** The sites of a district as the ledger has them at that moment. */
function districtSites(rows: KeptRows): (id: number) => readonly string[] {
  return (id) => rows.keysWhere('site_district', 'district_id', id).map((key) => String(key[0]));
}

function isAsWritten(row: Row): boolean {
  const text = row.rows === null ? undefined : unpackRows(row.rows);
  return text !== undefined && sha256Hex(text) === (bodyOf(row) as { readonly rows?: unknown }).rows;
}

function begin(begun: Map<number, CaptureAhead>, row: Row | undefined, ahead: (row: Row) => CaptureAhead): void {
  if (row !== undefined) begun.set(row.seq, ahead(row));
}

/** Rows of tables that are built from documents as well go into those tables, where the next capture finds them. */
function applyRows({ scratch }: ReplayParts, kept: KeptRows, { seq, kind, rows }: Row): void {
  const text = rows === null ? undefined : unpackRows(rows);
  if (text === undefined) return;
  for (const change of kept.apply(seq, text, kind)) {
    const table = everyTable.find((one) => one.table === change[0]);
    if (table?.by === 'both') putRow(scratch, change);
  }
}

function putRow({ sqlite }: Db, [name, key, row]: RowChange): void {
  const table = provedTable(name);
  if (row === null) {
    sqlite
      .prepare(`DELETE FROM "${name}" WHERE ${table.key.map((column) => `"${column}" = ?`).join(' AND ')}`)
      .run(...key);
    return;
  }
  const columns = Object.keys(row).filter((column) => table.columns.includes(column));
  const values = columns.map((column) => (row as Record<string, unknown>)[column]);
  sqlite
    .prepare(
      `INSERT OR REPLACE INTO "${name}" (${columns.map((column) => `"${column}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    )
    .run(...values);
}

function claimsDecidedFrom({ sqlite }: Db, from: number | undefined): number[] {
  if (from === undefined) return [];
  const subjects = sqlite
    .prepare("SELECT subject FROM ledger_entry WHERE kind = 'claim' AND seq >= ?")
    .pluck()
    .all(from) as string[];
  return subjects.map((subject) => Number(subject.slice('event/'.length)));
}

function firstPlan({ sqlite }: Db): number | undefined {
  return sqlite
    .prepare("SELECT seq FROM ledger_entry WHERE subject = 'tables' AND kind = 'plan' ORDER BY seq LIMIT 1")
    .pluck()
    .get() as number | undefined;
}
