// A second, naive opinion about chains: recomputes everything from the live events, without database, edges or cleverness.

/** Lots, sites, containers and times are small numbers; `id` tells apart what is otherwise equal. */
export type Story =
  | { readonly kind: 'commission'; readonly at: number; readonly site: number; readonly lot: number }
  | {
      readonly kind: 'ship';
      readonly at: number;
      readonly from: number;
      readonly to: number | null;
      readonly lots: readonly number[];
    }
  | {
      readonly kind: 'receive';
      readonly at: number;
      readonly to: number;
      readonly from: number | null;
      readonly lots: readonly number[];
    }
  | {
      readonly kind: 'transform';
      readonly at: number;
      readonly site: number;
      readonly inputs: readonly number[];
      readonly outputs: readonly number[];
      readonly process: number | null;
    }
  | {
      readonly kind: 'pack';
      readonly at: number;
      readonly container: number;
      readonly lots: readonly number[];
      readonly inner: number | null;
    }
  | { readonly kind: 'unpack'; readonly at: number; readonly container: number; readonly lots: readonly number[] }
  | {
      readonly kind: 'shipCase';
      readonly at: number;
      readonly from: number;
      readonly to: number;
      readonly container: number;
    }
  | {
      readonly kind: 'receiveCase';
      readonly at: number;
      readonly to: number;
      readonly from: number | null;
      readonly container: number;
    };

type Arc = { readonly from: string; readonly to: string; readonly at: number };

/** `lot@site` of everything a lot reached (or came from), without the lot itself and without what is no place. */
export function naiveReach(live: readonly Story[], lot: number, direction: 'forward' | 'backward'): Set<string> {
  const arcs = live.flatMap((story) => arcsOf(story, live));
  const forward = direction === 'forward';
  const best = new Map<string, number>();
  const isStart = (holding: string) => holding.startsWith(`${lot}@`);
  for (let changed = true; changed; ) {
    changed = false;
    for (const arc of arcs) {
      const [near, far] = forward ? [arc.from, arc.to] : [arc.to, arc.from];
      const since = isStart(near) ? (forward ? -Infinity : Infinity) : best.get(near);
      if (since === undefined || (forward ? arc.at < since : arc.at > since)) continue;
      const before = best.get(far);
      if (before === undefined || (forward ? arc.at < before : arc.at > before)) {
        best.set(far, arc.at);
        changed = true;
      }
    }
  }
  return new Set([...best.keys()].filter((holding) => !isStart(holding) && /^\d+@\d+$/.test(holding)));
}

function arcsOf(story: Story, live: readonly Story[]): Arc[] {
  const { at } = story;
  switch (story.kind) {
    case 'ship':
      return story.lots.flatMap((lot) => shipArcs(at, lot, story.from, story.to));
    case 'receive':
      return story.lots.flatMap((lot) => receiveArcs(at, lot, story.from, story.to));
    case 'shipCase':
      return lotsInside(story.container, at, live).flatMap((lot) => shipArcs(at, lot, story.from, story.to));
    case 'receiveCase':
      return lotsInside(story.container, at, live).flatMap((lot) => receiveArcs(at, lot, story.from, story.to));
    case 'transform': {
      const process = story.process === null ? [] : [`process${story.process}`];
      const from = [...story.inputs.map((lot) => `${lot}@${story.site}`), ...process];
      const to = [...story.outputs.map((lot) => `${lot}@${story.site}`), ...process];
      return from.flatMap((near) => to.map((far) => ({ from: near, to: far, at })));
    }
    default:
      return [];
  }
}

function shipArcs(at: number, lot: number, from: number, to: number | null): Arc[] {
  if (from === to) return [];
  const onTheWay = { from: `${lot}@${from}`, to: `${lot}@transit`, at };
  return to === null ? [onTheWay] : [onTheWay, { from: `${lot}@${from}`, to: `${lot}@${to}`, at }];
}

function receiveArcs(at: number, lot: number, from: number | null, to: number): Arc[] {
  return from === to ? [] : [{ from: from === null ? `${lot}@transit` : `${lot}@${from}`, to: `${lot}@${to}`, at }];
}

function lotsInside(container: number, at: number, live: readonly Story[], depth = 0): number[] {
  if (depth > 8) return [];
  const inside = new Set<string>();
  const changes = live
    .filter((story) => story.kind === 'pack' || story.kind === 'unpack')
    .filter((story) => story.container === container && (story.kind === 'pack' ? story.at <= at : story.at < at))
    .sort((a, b) => a.at - b.at || (a.kind === b.kind ? 0 : a.kind === 'pack' ? -1 : 1));
  for (const change of changes) {
    if (change.kind === 'pack') {
      for (const lot of change.lots) inside.add(`lot${lot}`);
      if (change.inner !== null) inside.add(`case${change.inner}`);
    } else if (change.lots.length === 0) inside.clear();
    else for (const lot of change.lots) inside.delete(`lot${lot}`);
  }
  const lots = [...inside].flatMap((child) =>
    child.startsWith('lot') ? [Number(child.slice(3))] : lotsInside(Number(child.slice(4)), at, live, depth + 1),
  );
  return [...new Set(lots)];
}
