// The figures of a supervisor's board with their names: kept ones where the house keeps them, and what is so at this moment.
import type { SupervisorFigures } from '../../../views/kitchen/board/board-figures.ts';
import { namesOf } from '../../accounts/account-store.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps, Lang } from '../../deps.ts';
import { publishedSeconds } from '../desk/pace.ts';
import { violationWords } from '../violation/violation-kinds.ts';
import { boardScope } from './board-scope.ts';
import { keptBoard } from './kept-board-store.ts';
import { lowestScores, overdueKitchens } from './loop-store.ts';
import { broughtUpTo, type SupervisorHistory, supervisorHistory } from './supervisor-store.ts';

type BoardDeps = Pick<Deps, 'db' | 'clock'>;

/** `keptAt`: when what takes long was worked out; undefined: just now. */
export function supervisorFigures(
  { db, clock }: BoardDeps,
  caller: Caller,
  lang: Lang,
): SupervisorFigures & { readonly keptAt: number | undefined } {
  const now = clock();
  const scope = boardScope(caller);
  const kept = keptBoard<SupervisorHistory>(db, caller, 'kitchens', now);
  const history = kept === undefined ? supervisorHistory(db, caller, now) : broughtUpTo(db, caller, now, kept.figures);
  const names = namesOf(
    db,
    history.people.map(({ by }) => by),
  );
  const named = ({ violation }: { readonly violation: string }) => violationWords(violation, lang).name;
  return {
    ...history,
    keptAt: kept?.at,
    publishedSeconds,
    people: history.people.map(({ by, ...pace }) => ({ ...pace, name: names.get(by) ?? String(by) })),
    agreement: history.agreement.map((line) => ({ ...line, name: named(line) })),
    misses: history.misses.map((line) => ({ ...line, name: named(line) })),
    overdue: overdueKitchens(db, scope, now),
    scores: lowestScores(db, scope),
  };
}
