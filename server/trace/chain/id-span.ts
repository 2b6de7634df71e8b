// Lists of ids to read by: in order and in parts, and whether a part is so dense that its whole span is read in less time than each id.
import { notAsked } from './chain-columns.ts';
import { sortRows } from './row-order.ts';

export type Part = {
  readonly ids: readonly number[];
  /** Which of all ids asked for the i-th of this part is. */
  readonly asked: Uint32Array;
};

export type Span = {
  readonly least: number;
  readonly most: number;
  /** By id − least: which of all ids asked for it is; notAsked: none of them. */
  readonly asked: Uint32Array;
};

// Below this, order and spans cost more than they save.
const fewIds = 64;
const mostListed = 2 ** 22;
const partSize = 4_096;

/** Ids in parts of some thousand, neighbours by `key` (the ids themselves) together. Throws on more ids than any walk may reach. */
export function partsOf(ids: readonly number[], key: readonly number[] = ids): Part[] {
  if (ids.length > mostListed) throw new Error(`${ids.length} ids are too many to read by.`);
  const order = inOrder(key);
  const parts: Part[] = [];
  for (let from = 0; from < ids.length; from += partSize) {
    const asked = order.subarray(from, from + partSize);
    const own: number[] = [];
    for (let i = 0; i < asked.length; i++) own.push(ids[asked[i] ?? 0] ?? 0);
    parts.push({ ids: own, asked });
  }
  return parts;
}

/** The span of a part; undefined where its ids are few, repeated or lie apart. */
export function denseSpan({ ids, asked }: Part): Span | undefined {
  const [least, most] = [ids[0] ?? 0, ids.at(-1) ?? 0];
  const size = most - least + 1;
  if (ids.length < fewIds || size > ids.length * 2) return undefined;
  const byId = new Uint32Array(size).fill(notAsked);
  for (let i = 0; i < ids.length; i++) {
    const at = (ids[i] ?? 0) - least;
    if (byId[at] !== notAsked) return undefined;
    byId[at] = asked[i] ?? 0;
  }
  return { least, most, asked: byId };
}

/** Ids as a JSON list, for json_each. */
export function asList(ids: readonly number[]): string {
  return `[${ids.join(',')}]`;
}

function inOrder(keys: readonly number[]): Uint32Array {
  const order = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) order[i] = i;
  if (keys.length < fewIds || isAscending(keys)) return order;
  return sortRows(order, keys, keys);
}

function isAscending(keys: readonly number[]): boolean {
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] ?? 0) > (keys[i] ?? 0)) return false;
  return true;
}
