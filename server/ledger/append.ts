// Appends an entry to the ledger, inside the transaction of the change it records.
import { type Db, prepared } from '../store/db.ts';
import { packRows, type SaidRows, takeRows } from './changed-rows.ts';
import { canonicalJson, entryLeaf, type NewEntry } from './entry.ts';
import { completedNodes } from './merkle.ts';

/**
 * Appends and returns the entry's position. Throws outside a transaction: an entry without its change would be a lie.
 * `rows`: what it says of rows; what the transaction has changed so far when left out.
 */
export function appendEntry(db: Db, entry: NewEntry, rows: SaidRows | undefined = takeRows(db)): number {
  if (!db.sqlite.inTransaction) throw new Error('A ledger entry is appended in the transaction of its change.');
  const statements = statementsOf(db);
  const seq = statements.next.get() as number;
  const body = canonicalJson(rows === undefined ? entry.body : { ...entry.body, rows: rows.digest });
  const stored = { seq, at: entry.at, kind: entry.kind, subject: entry.subject, body };
  const leaf = entryLeaf(stored);
  statements.entry.run({ ...stored, leaf });
  if (rows !== undefined) statements.rows.run(seq, packRows(rows.text));
  const node = (level: number, position: number) => statements.node.get({ level, position }) as Buffer;
  for (const complete of completedNodes(seq, leaf, node)) statements.addNode.run(complete);
  return seq;
}

const statementsOf = prepared(prepare);

function prepare(db: Db) {
  return {
    next: db.sqlite.prepare('SELECT coalesce(max(seq), -1) + 1 FROM ledger_entry').pluck(),
    entry: db.sqlite.prepare(
      'INSERT INTO ledger_entry (seq, at, kind, subject, body, leaf_hash) VALUES (@seq, @at, @kind, @subject, @body, @leaf)',
    ),
    rows: db.sqlite.prepare('INSERT INTO ledger_row (seq, rows) VALUES (?, ?)'),
    node: db.sqlite.prepare('SELECT hash FROM ledger_node WHERE level = @level AND position = @position').pluck(),
    addNode: db.sqlite.prepare('INSERT INTO ledger_node (level, position, hash) VALUES (@level, @position, @hash)'),
  };
}
