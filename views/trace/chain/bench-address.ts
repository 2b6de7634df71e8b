// The address of a view of the bench: everything that is chosen stands in it, so that it can be sent to somebody.

import type { Scope } from '../parts.tsx';

export type Direction = 'backward' | 'forward' | 'both';

export type BenchFilter = {
  /** As typed, `2026-11-22`; empty when not asked. */
  readonly from: string;
  readonly until: string;
  readonly party: string;
  readonly scope: Scope | '';
};

export const zooms = [50, 75, 100, 150, 200] as const;
/** Per cent of the natural size; `fit`: as wide as the page. */
export type Zoom = (typeof zooms)[number] | 'fit';

/** What a drawing shows besides its chain. */
export type DrawingState = {
  /** Key of the holding that is followed. */
  readonly mark: number | null;
  /** Folds that were opened, by key. */
  readonly open: readonly string[];
  readonly zoom: Zoom;
};

export const mostOpen = 12;

/** Writes a drawing's state behind what else the address says; what is usual is left out. */
export function withDrawing(base: URLSearchParams, { mark, open, zoom }: DrawingState): URLSearchParams {
  const params = new URLSearchParams(base);
  if (mark !== null) params.set('mark', String(mark));
  for (const key of open.slice(0, mostOpen)) params.append('open', key);
  if (zoom !== 'fit') params.set('zoom', String(zoom));
  return params;
}

/** The zoom one step away, or null at the end. */
export function zoomStep(zoom: Zoom, way: 'in' | 'out'): Zoom | null {
  const usual = zoom === 'fit' ? 100 : zoom;
  const at = zooms.indexOf(usual);
  return zooms[way === 'in' ? at + 1 : at - 1] ?? null;
}

/** What of the chain is looked at: who gave to whom, or when. */
export const showings = ['graph', 'list', 'time'] as const;
export type Showing = (typeof showings)[number];

export type BenchAsked = {
  readonly code: string;
  readonly direction: Direction;
  readonly shown: Showing;
  readonly filter: BenchFilter;
  readonly drawing: DrawingState;
};

export const nothingMarked: DrawingState = { mark: null, open: [], zoom: 'fit' };

/** The bench with some of what is asked changed; `hash` with its `#`. */
export function benchHref(asked: BenchAsked, changes: Partial<BenchAsked> = {}, hash = ''): string {
  const whole = { ...asked, ...changes };
  const params = askedParams(whole);
  for (const [name, value] of Object.entries(whole.filter)) if (value !== '') params.set(name, value);
  return `/trace?${withDrawing(params, whole.drawing)}${hash}`;
}

/** Code, direction and what is looked at, without filter and drawing. */
export function askedParams({ code, direction, shown }: BenchAsked): URLSearchParams {
  const params = new URLSearchParams({ code, direction });
  if (shown !== 'graph') params.set('show', shown);
  return params;
}
