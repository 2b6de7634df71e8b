// A list of a page as a file: the same columns, search and order as its address says, whole or refused.
import type { Context } from 'hono';
import { fileOf } from '../../views/parts/listing.tsx';
import type { Column } from '../../views/parts/sorting.tsx';
import type { Env } from '../deps.ts';
import { Problem } from './problem.ts';
import { csv, here } from './respond.tsx';

/** So many rows are searched and put in order for a page. */
export const mostHeld = 2_000;
/** So many rows a file has; one more of them asks for `mostInFile + 1`. */
export const mostInFile = 20_000;

type FileOf = {
  /** The address whose search and order it follows; a store that has searched already is asked without its search. */
  readonly at?: string;
  readonly most?: number;
};

/** `name` without its ending. */
export function listFile<Row>(
  c: Context<Env>,
  name: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { at = here(c), most = mostInFile }: FileOf = {},
): Response {
  if (rows.length > most) {
    const detail = `This list has more than ${most} rows; choose fewer by its filters.`;
    throw new Problem('invalid_input', { detail });
  }
  return csv(c, name, fileOf(c.get('words'), at, columns, rows));
}
