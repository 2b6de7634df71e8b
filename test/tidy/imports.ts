// Reads which file imports which, and finds circles among them.
import { dirname, join, normalize } from 'node:path';
import type { Source } from './sources.ts';

export type Import = { readonly from: string; readonly to: string };

/** The relative imports and re-exports of a file, types too, as paths from the top of the repository. */
export function importsOf({ path, text }: Source): Import[] {
  const found = [...text.matchAll(/^(?:import|export)\b[^;]*?from '(\.[^']+)'/gms)].map((match) => match[1] ?? '');
  return found.map((target) => ({ from: path, to: normalize(join(dirname(path), target)) }));
}

/** Every set of names that lead to one another (Tarjan's strongly connected components of two and more). */
export function circlesIn(graph: ReadonlyMap<string, Iterable<string>>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];

  function visit(name: string): void {
    order.set(name, order.size);
    lowest.set(name, order.get(name) ?? 0);
    open.push(name);
    for (const next of graph.get(name) ?? []) {
      if (!order.has(next)) visit(next);
      if (open.includes(next)) lowest.set(name, Math.min(lowest.get(name) ?? 0, lowest.get(next) ?? 0));
    }
    if (lowest.get(name) !== order.get(name)) return;
    const circle = open.splice(open.indexOf(name));
    if (circle.length > 1) circles.push(circle);
  }

  for (const name of graph.keys()) if (!order.has(name)) visit(name);
  return circles;
}
