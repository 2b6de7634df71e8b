// The draw itself: weighted, without replacement, in whole numbers alone, so that anybody gets the same from the same entropy.
import { hash } from 'node:crypto';

export type Target = {
  /** Its site id. */
  readonly id: string;
  readonly stratum: string;
  /** A whole number from 1 to `heaviest`: how many tickets it has. */
  readonly weight: number;
  /** The part of the city it lies in; null: none is known. */
  readonly district: number | null;
};

export type Inspector = {
  readonly id: number;
  /** Null: the whole city. */
  readonly district: number | null;
  /** Sites they may not look at. */
  readonly conflicts: readonly string[];
};

export type Pool = { readonly targets: readonly Target[]; readonly inspectors: readonly Inspector[] };

export type DrawnTarget = {
  readonly id: string;
  readonly stratum: string;
  /** Fewer than asked for where no more are free of conflict there. */
  readonly inspectors: readonly number[];
};

export type Sizes = Readonly<Record<string, number>>;

export const heaviest = 1_000;

/** In the order drawn: strata by name, each target as its ticket came up. `entropy`: 32 bytes. */
export function drawLots(pool: Pool, sizes: Sizes, inspectorsEach: number, entropy: Buffer): DrawnTarget[] {
  const strata = Object.keys(sizes).sort(byCode);
  const drawn = strata.flatMap((stratum) => {
    const targets = pool.targets.filter((target) => target.stratum === stratum);
    return drawTargets(targets, sizes[stratum] ?? 0, numbersOf(entropy, `target/${stratum}`));
  });
  return assigned(drawn, pool.inspectors, inspectorsEach, entropy);
}

/** Unsigned 64-bit numbers: the first eight bytes of SHA-256 over entropy, label and a counter of eight bytes. */
export function numbersOf(entropy: Buffer, label: string): () => bigint {
  const bytes = Buffer.concat([entropy, Buffer.from(label, 'utf8'), Buffer.alloc(8)]);
  let next = 0n;
  return () => {
    bytes.writeBigUInt64BE(next, bytes.length - 8);
    next += 1n;
    return hash('sha256', bytes, 'buffer').readBigUInt64BE(0);
  };
}

const span = 1n << 64n;

/** Uniform below `bound`: numbers past its last whole multiple are skipped, so that none is more likely than another. */
export function below(bound: number, numbers: () => bigint): number {
  const whole = span - (span % BigInt(bound));
  for (;;) {
    const number = numbers();
    if (number < whole) return Number(number % BigInt(bound));
  }
}

/** Each ticket is as likely as the next; a target that was drawn takes its tickets with it. */
export function drawTargets(targets: readonly Target[], size: number, numbers: () => bigint): Target[] {
  const inOrder = [...targets].sort((a, b) => byCode(a.id, b.id));
  const tickets = ticketsOf(inOrder.map(({ weight }) => weight));
  const drawn: Target[] = [];
  while (drawn.length < size && tickets.left() > 0) {
    const target = inOrder[tickets.take(below(tickets.left(), numbers))];
    if (target !== undefined) drawn.push(target);
  }
  return drawn;
}

type Tickets = { readonly left: () => number; readonly take: (ticket: number) => number };

/** A Fenwick tree: finds whose ticket it is among 23,000 in 15 steps. */
function ticketsOf(weights: readonly number[]): Tickets {
  const tree = [0, ...weights];
  for (let at = 1; at < tree.length; at += 1) {
    const above = at + (at & -at);
    if (above < tree.length) tree[above] = (tree[above] ?? 0) + (tree[at] ?? 0);
  }
  let left = weights.reduce((sum, weight) => sum + weight, 0);
  const top = 2 ** Math.floor(Math.log2(Math.max(1, weights.length)));
  return {
    left: () => left,
    take(ticket) {
      let [at, rest] = [0, ticket];
      for (let step = top; step > 0; step /= 2) {
        const inside = tree[at + step];
        if (inside !== undefined && inside <= rest) {
          at += step;
          rest -= inside;
        }
      }
      const weight = weights[at] ?? 0;
      left -= weight;
      for (let below = at + 1; below < tree.length; below += below & -below) tree[below] = (tree[below] ?? 0) - weight;
      return at;
    },
  };
}

/** Of those who may, whoever has been given the fewest so far; among equals the numbers decide. */
function assigned(
  targets: readonly Target[],
  inspectors: readonly Inspector[],
  each: number,
  entropy: Buffer,
): DrawnTarget[] {
  const people = [...inspectors]
    .sort((a, b) => a.id - b.id)
    .map(({ conflicts, ...person }) => ({ ...person, conflicts: new Set(conflicts), given: 0 }));
  return targets.map(({ id, stratum, district }) => {
    const numbers = numbersOf(entropy, `inspector/${id}`);
    const may = people.filter(
      (person) => (person.district === null || person.district === district) && !person.conflicts.has(id),
    );
    const chosen: number[] = [];
    while (chosen.length < each && may.length > 0) {
      const least = Math.min(...may.map(({ given }) => given));
      const equal = may.filter(({ given }) => given === least);
      const person = equal[below(equal.length, numbers)];
      if (person === undefined) break;
      person.given += 1;
      chosen.push(person.id);
      may.splice(may.indexOf(person), 1);
    }
    return { id, stratum, inspectors: chosen };
  });
}

/** How many of `size` fall to each stratum: by its tickets, the largest remainders first, and never more than it has. */
export function sizesOf(targets: readonly Target[], size: number): Sizes {
  const strata = new Map<string, { weight: number; count: number }>();
  for (const { stratum, weight } of targets) {
    const known = strata.get(stratum) ?? { weight: 0, count: 0 };
    strata.set(stratum, { weight: known.weight + weight, count: known.count + 1 });
  }
  const sizes = new Map([...strata.keys()].map((name) => [name, 0]));
  let left = Math.min(size, targets.length);
  while (left > 0) {
    const open = [...strata].filter(([name, { count }]) => (sizes.get(name) ?? 0) < count);
    const total = open.reduce((sum, [, { weight }]) => sum + weight, 0);
    const shares = open.map(([name, { weight, count }]) => {
      const share = Math.floor((left * weight) / total);
      const room = count - (sizes.get(name) ?? 0);
      return { name, take: Math.min(share, room), rest: (left * weight) % total };
    });
    const taken = shares.reduce((sum, { take }) => sum + take, 0);
    for (const { name, take } of shares) sizes.set(name, (sizes.get(name) ?? 0) + take);
    left -= taken;
    if (taken === 0) left = handOut(sizes, strata, shares, left);
  }
  return Object.fromEntries([...sizes].sort(([a], [b]) => byCode(a, b)));
}

function handOut(
  sizes: Map<string, number>,
  strata: ReadonlyMap<string, { readonly count: number }>,
  shares: readonly { readonly name: string; readonly rest: number }[],
  left: number,
): number {
  const inTurn = [...shares].sort((a, b) => b.rest - a.rest || byCode(a.name, b.name));
  let open = left;
  for (const { name } of inTurn) {
    if (open === 0 || (sizes.get(name) ?? 0) >= (strata.get(name)?.count ?? 0)) continue;
    sizes.set(name, (sizes.get(name) ?? 0) + 1);
    open -= 1;
  }
  return open;
}

/** By code units: the same order on every machine and in every language of theirs. */
function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
