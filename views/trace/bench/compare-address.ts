// The address of a comparison: its lots, and what is marked, opened and zoomed in the drawing.
import { type DrawingState, nothingMarked, withDrawing } from '../chain/bench-address.ts';

export function compareHref(codes: readonly string[], drawing: DrawingState = nothingMarked, hash = ''): string {
  const params = new URLSearchParams();
  for (const code of codes) params.append('lot', code);
  return `/trace/compare?${withDrawing(params, drawing)}${hash}`;
}
