// The lot in the path of a request, when the caller may see it.
import type { Context } from 'hono';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { idParam } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { seesLot } from '../chain/lot-visibility-store.ts';
import { standsFor } from './lot-merge-store.ts';
import { type Lot, lotById } from './lot-store.ts';

/** The lot in the path, or that it was merged into, when the caller may see it; another's is not there. */
export function visibleLot(c: Context<Env>, { db }: Deps): Lot {
  const lot = lotById(db, standsFor(db, idParam(c, 'id')));
  if (lot === undefined || !seesLot(db, signedInCaller(c), lot.id)) throw new Problem('not_found');
  return lot;
}
