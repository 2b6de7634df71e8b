// What a request to the bench or to a comparison carries beside its codes: the state of the drawing, who asks, and its address.
import type { Context } from 'hono';
import { type DrawingState, mostOpen, type Zoom, zooms } from '../../../views/trace/chain/bench-address.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Env } from '../../deps.ts';

export function mayAct(c: Context<Env>): 'act' | 'look' {
  return signedInCaller(c).role === 'reviewer' ? 'look' : 'act';
}

/** Mark, opened folds and zoom of the address; what is none of these is left out. */
export function drawingOf(c: Context<Env>): DrawingState {
  const mark = c.req.query('mark') ?? '';
  const zoom = zooms.find((each) => String(each) === c.req.query('zoom'));
  const open = (c.req.queries('open') ?? []).filter((key) => /^f-?\d{1,2}\.\d{1,15}n{0,9}$/.test(key));
  return {
    mark: /^[1-9]\d{0,14}$/.test(mark) ? Number(mark) : null,
    open: [...new Set(open)].slice(0, mostOpen),
    zoom: (zoom ?? 'fit') satisfies Zoom,
  };
}
