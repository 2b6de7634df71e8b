// What two sets of packs would give reviewers to do: the same live frames, the same rule of N of M, counted for both.

import type { Sighting } from '../violation/sighting.ts';
import { advanceWindow, emptyWindow, type ViolationWindow, type WindowRule } from '../violation/window.ts';
import type { Side } from './comparison.ts';

export type LiveFrame = {
  readonly cameraId: number;
  readonly restaurantId: number;
  readonly at: number;
  readonly old: readonly Sighting[];
  readonly new: readonly Sighting[];
};

export type SideLoad = {
  /** Frames on which it counts. */
  readonly hits: number;
  /** Flags that N of M frames would have raised. */
  readonly flags: number;
};

export type Load = Readonly<Record<Side, SideLoad>> & { readonly frames: number };

/** Frames in any order; each camera's pass in the order of time. One violation alone, or every one together. */
export function loadOf(
  frames: readonly LiveFrame[],
  ruleOf: (cameraId: number) => WindowRule,
  violation?: string,
): Load {
  const sorted = [...frames].sort((a, b) => a.at - b.at);
  return {
    frames: frames.length,
    old: sideLoad(sorted, 'old', ruleOf, violation),
    new: sideLoad(sorted, 'new', ruleOf, violation),
  };
}

function sideLoad(
  sorted: readonly LiveFrame[],
  side: Side,
  ruleOf: (cameraId: number) => WindowRule,
  violation: string | undefined,
): SideLoad {
  const cameras = new Map<number, Map<string, ViolationWindow>>();
  let [hits, flags] = [0, 0];
  for (const frame of sorted) {
    const shown = idsShown(frame[side], violation);
    const windows = cameras.get(frame.cameraId) ?? new Map<string, ViolationWindow>();
    cameras.set(frame.cameraId, windows);
    if (shown.size > 0) hits++;
    for (const id of new Set([...windows.keys(), ...shown])) {
      const seen = { at: frame.at, hit: shown.has(id) };
      const next = advanceWindow(windows.get(id) ?? emptyWindow, seen, ruleOf(frame.cameraId));
      windows.set(id, next.window);
      if (next.raise) flags++;
    }
  }
  return { hits, flags };
}

function idsShown(sightings: readonly Sighting[], violation: string | undefined): Set<string> {
  const counted = sightings.filter(({ counts, id }) => counts && (violation === undefined || id === violation));
  return new Set(counted.map(({ id }) => id));
}

/** So many of a thousand frames; undefined where none was seen. */
export function perThousand(count: number, frames: number): number | undefined {
  return frames === 0 ? undefined : (count / frames) * 1000;
}
