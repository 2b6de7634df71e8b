// Puts a district board together: what is so now, and what is told of the past, kept where the house keeps it.
import type { Caller } from '../../accounts/caller.ts';
import { keptBoard } from '../../kitchen/board/kept-board-store.ts';
import type { Db } from '../../store/db.ts';
import { type BoardHistory, boardHistory } from './board-history-store.ts';
import { type BoardFigures, boardNow } from './district-board-store.ts';

/** `keptAt`: when the past was worked out; undefined: just now. */
export function boardFigures(
  db: Db,
  caller: Caller,
  now: number,
): { readonly figures: BoardFigures; readonly history: BoardHistory; readonly keptAt: number | undefined } {
  const kept = keptBoard<BoardHistory>(db, caller, 'district', now);
  const history = kept?.figures ?? boardHistory(db, caller, now);
  return { figures: { ...boardNow(db, caller, now), ...history.shares }, history, keptAt: kept?.at };
}
