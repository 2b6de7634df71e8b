// Figures of boards as they were kept last night: written by a job, read by pages for as long as they are not too old.
import { type Caller, isRegulator } from '../../accounts/caller.ts';
import { hourMs } from '../../clock.ts';
import { type Db, prepared } from '../../store/db.ts';
import type { keptBoards } from './board-tables.ts';

export type KeptBoard = (typeof keptBoards)[number];
export type Kept<Figures> = { readonly at: number; readonly figures: Figures };

/** A night that was missed is bridged; older figures are worked out again when the page is asked for. */
const keptForMs = 30 * hourMs;

const statements = prepared((db) => ({
  get: db.sqlite.prepare('SELECT at, figures FROM board_kept WHERE board = ? AND scope = ? AND at > ? AND at <= ?'),
  set: db.sqlite.prepare(
    `INSERT INTO board_kept VALUES (@board, @scope, @at, @figures)
     ON CONFLICT (board, scope) DO UPDATE SET at = excluded.at, figures = excluded.figures`,
  ),
}));

/** Undefined: nothing is kept for this caller, or it is too old. The figures are of the shape that was kept. */
export function keptBoard<Figures>(db: Db, caller: Caller, board: KeptBoard, now: number): Kept<Figures> | undefined {
  const scope = scopeName(caller);
  if (scope === undefined) return undefined;
  const row = statements(db).get.get(board, scope, now - keptForMs, now) as { at: number; figures: string } | undefined;
  return row === undefined ? undefined : { at: row.at, figures: JSON.parse(row.figures) as Figures };
}

/** Inside the caller's transaction. */
export function keepBoard(db: Db, caller: Caller, board: KeptBoard, { at, figures }: Kept<unknown>): void {
  const scope = scopeName(caller);
  if (scope !== undefined) statements(db).set.run({ board, scope, at, figures: JSON.stringify(figures) });
}

/** Undefined for whoever oversees no part of the city. */
function scopeName(caller: Caller): string | undefined {
  if (!isRegulator(caller)) return undefined;
  return caller.district === undefined ? 'city' : `district/${caller.district.id}`;
}
