// From labelled boxes to violations: the packs' tables, the camera's zones and thresholds, the opening hours.
import type { Box, Detection, ModelPack } from '../../../inference/types.ts';
import { type CameraRules, type CameraZone, plainRules } from '../camera/camera.ts';
import { holdsPoint, isAbout } from '../camera/zone.ts';
import { violationKind } from './violation-kinds.ts';

export type FrameViolation = {
  readonly id: string;
  readonly score: number;
  readonly box: Box;
  /** The score from which it counted. */
  readonly threshold: number;
  /** The watch zone it lies in. */
  readonly zone?: string;
  readonly pack: { readonly name: string; readonly sha256: string };
};

/** Which lines of the packs' tables are read. */
export type Scope = 'switched-on' | 'all';

// Two packs that say the same of the same place say it once.
const sameThingIou = 0.5;

/** Every violation of a frame, each place once, best score first. Scores at or above the threshold count. */
export function frameViolations(
  detections: readonly Detection[],
  packs: readonly ModelPack[],
  rules: CameraRules = plainRules,
  scope: Scope = 'switched-on',
): FrameViolation[] {
  const found = packs.flatMap((pack) =>
    pack.violations
      .filter((line) => scope === 'all' || (line.on && !rules.off.includes(line.id)))
      .flatMap((line) => matches(pack, line, detections, rules)),
  );
  return onePerPlace(found.sort((a, b) => b.score - a.score));
}

/** The best one of each id: what a flag is raised about. */
export function bestOfEach(violations: readonly FrameViolation[]): FrameViolation[] {
  const best = new Map<string, FrameViolation>();
  for (const violation of violations) {
    if ((best.get(violation.id)?.score ?? -1) < violation.score) best.set(violation.id, violation);
  }
  return [...best.values()];
}

/** Whether this kind of violation counts at this moment. */
export function countsNow(id: string, kitchen: 'open' | 'closed'): boolean {
  return kitchen === 'open' || violationKind(id).hours === 'always';
}

/** The ids that are watched at a camera: every switched-on line, without those the camera leaves out. */
export function watchedIds(packs: readonly ModelPack[], rules: CameraRules): string[] {
  const ids = packs.flatMap((pack) => pack.violations.filter((line) => line.on).map((line) => line.id));
  return [...new Set(ids)].filter((id) => !rules.off.includes(id));
}

type Line = ModelPack['violations'][number];

function matches(pack: ModelPack, line: Line, detections: readonly Detection[], rules: CameraRules): FrameViolation[] {
  const threshold = rules.thresholds[line.id] ?? line.threshold;
  const found: FrameViolation[] = [];
  for (const detection of detections) {
    if (detection.source !== pack.name || !line.labels.includes(detection.label) || detection.score < threshold)
      continue;
    const place = placeIn(rules.zones, line.id, detection.box);
    if (place === undefined) continue;
    found.push({
      id: line.id,
      score: detection.score,
      box: detection.box,
      threshold,
      pack: { name: pack.name, sha256: pack.sha256 },
      ...(place.zone === undefined ? {} : { zone: place.zone }),
    });
  }
  return found;
}

/** Undefined when it lies outside every watch zone or inside one to ignore or a private one. */
function placeIn(zones: readonly CameraZone[], id: string, box: Box): { zone?: string } | undefined {
  const about = zones.filter((zone) => isAbout(zone, id));
  const [x, y] = [box[0] + box[2] / 2, box[1] + box[3] / 2];
  if (about.some((zone) => zone.kind !== 'watch' && holdsPoint(zone.points, x, y))) return undefined;
  const watched = about.filter((zone) => zone.kind === 'watch');
  if (watched.length === 0) return {};
  const zone = watched.find(({ points }) => holdsPoint(points, x, y));
  return zone === undefined ? undefined : { zone: zone.name };
}

function onePerPlace(sorted: readonly FrameViolation[]): FrameViolation[] {
  const kept: FrameViolation[] = [];
  for (const candidate of sorted) {
    const known = kept.some((other) => other.id === candidate.id && iou(other.box, candidate.box) > sameThingIou);
    if (!known) kept.push(candidate);
  }
  return kept;
}

/** Intersection over union. */
export function iou(a: Box, b: Box): number {
  const w = Math.max(0, Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]));
  const h = Math.max(0, Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]));
  const both = w * h;
  const union = a[2] * a[3] + b[2] * b[3] - both;
  return union <= 0 ? 0 : both / union;
}
