// How far the record had come when a scope was worked out, and whether anything since can have changed that scope.
import { type Db, prepared } from '../../store/db.ts';
import { lotsTouched } from './touched-store.ts';

export type GraphMark = {
  /** Of the ledger's last entry. */
  readonly entry: number;
  /** Of the last event. */
  readonly event: number;
};

/** Entries that change amounts or ways of the graph without an event of their own. */
const changing = ['product', 'claim', 'lot-merge', 'lot-merge-undone'];
/** Looking through more costs longer than working it out again. */
const mostEvents = 20_000;

const statements = prepared(({ sqlite }) => ({
  entry: sqlite.prepare('SELECT coalesce(max(seq), -1) FROM ledger_entry').pluck(),
  event: sqlite.prepare('SELECT coalesce(max(id), 0) FROM event').pluck(),
  changed: sqlite
    .prepare('SELECT 1 FROM ledger_entry WHERE seq > ? AND kind IN (SELECT value FROM json_each(?)) LIMIT 1')
    .pluck(),
}));

export function graphMark(db: Db): GraphMark {
  const { entry, event } = statements(db);
  return { entry: entry.get() as number, event: event.get() as number };
}

/** `isOf`: whether a lot is among those of the scope. False where it may not stand: then it is worked out again. */
export function stillStands(db: Db, mark: GraphMark, isOf: (lotId: number) => boolean): boolean {
  const now = graphMark(db);
  if (now.entry === mark.entry && now.event === mark.event) return true;
  if (now.event - mark.event > mostEvents) return false;
  if (statements(db).changed.get(mark.entry, JSON.stringify(changing)) !== undefined) return false;
  return !lotsTouched(db, mark.event, now.event).some(isOf);
}
