// What zones of a camera leave watched, and what an owner may change of the rules by themselves.
import type { Fault } from '../../http/problem.ts';
import type { CameraRules, CameraZone } from './camera.ts';

// The picture is measured on a grid this fine: exact enough for a share, and bounded.
const cells = 40;
// An owner who could leave out the whole picture would not need to correct anything.
export const ownerWatchesAtLeast = 0.5;

/** Whether a point (fractions of the picture) lies in a polygon, by counting the edges a ray to the right crosses. */
export function holdsPoint(points: CameraZone['points'], x: number, y: number): boolean {
  let inside = false;
  let [px, py] = points.at(-1) ?? [0, 0];
  for (const [qx, qy] of points) {
    if (qy > y !== py > y && x < ((px - qx) * (y - qy)) / (py - qy) + qx) inside = !inside;
    [px, py] = [qx, qy];
  }
  return inside;
}

/** The parts of a camera's picture that are black for everybody, models included. */
export function privateParts(zones: readonly CameraZone[]): CameraZone['points'][] {
  return zones.filter(({ kind }) => kind === 'private').map(({ points }) => points);
}

/** Whether a zone says something of this violation; a private one says it of all. */
export function isAbout(zone: CameraZone, violation: string): boolean {
  return zone.kind === 'private' || zone.violations === undefined || zone.violations.includes(violation);
}

/** The share of the picture in which a violation counts. */
export function watchedShare(zones: readonly CameraZone[], violation: string): number {
  const about = zones.filter((zone) => isAbout(zone, violation));
  const watched = about.filter(({ kind }) => kind === 'watch');
  const ignored = about.filter(({ kind }) => kind !== 'watch');
  let counted = 0;
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      const [x, y] = [(column + 0.5) / cells, (row + 0.5) / cells];
      const inWatch = watched.length === 0 || watched.some(({ points }) => holdsPoint(points, x, y));
      if (inWatch && !ignored.some(({ points }) => holdsPoint(points, x, y))) counted++;
    }
  }
  return counted / cells ** 2;
}

function ofTheHouse({ lookouts = [] }: CameraRules): string {
  return JSON.stringify(lookouts.filter(({ setBy }) => setBy === 'house'));
}

/** Why an owner may not set these rules by themselves; empty when they may. `watched` are the violations looked for here. */
export function ownerFaults(before: CameraRules, after: CameraRules, watched: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  for (const name of ['thresholds', 'off', 'frames', 'hours', 'periods'] as const) {
    if (JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      faults.push({
        place: name,
        code: 'not_yours',
        detail: 'An administrator sets thresholds, violations and hours.',
      });
  }
  if (ofTheHouse(before) !== ofTheHouse(after))
    faults.push({
      place: 'lookouts',
      code: 'not_yours',
      detail: 'An administrator set this lookout: ask them to change it.',
    });
  const least = Math.min(1, ...watched.map((violation) => watchedShare(after.zones, violation)));
  if (least < ownerWatchesAtLeast)
    faults.push({
      place: 'zones',
      code: 'too_little_watched',
      detail: `These zones leave ${Math.round(least * 100)} % of the picture watched. Leave at least half, or ask an administrator.`,
    });
  return faults;
}
