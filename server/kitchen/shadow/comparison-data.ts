// Puts a comparison of two sets together: figures per violation and kitchen, load, cost, calibration, disagreements.
import { setImmediate } from 'node:timers/promises';
import type { StageTimes } from '../../../inference/types.ts';
import type { Deps } from '../../deps.ts';
import { cameraById } from '../camera/camera-store.ts';
import { secondsPerThousandFrames } from '../desk/pace.ts';
import { housePace } from '../desk/pace-store.ts';
import { linesOfSet, type SetLine, watchedBySets } from '../pack/pack-manifest-store.ts';
import { activePackSet, type PackSet, packSetById } from '../pack/pack-store.ts';
import { packSetBefore } from '../pack/promote-pack-set.ts';
import { restaurantById } from '../restaurant/restaurant-store.ts';
import { readSettings } from '../setting/setting-store.ts';
import { violationKind } from '../violation/violation-kinds.ts';
import { gapOf, type WindowRule } from '../violation/window.ts';
import { type Compared, compare, groupCases, type Side, sides } from './comparison.ts';
import { type Disagreement, type Gathered, gatherComparison, lookProgress } from './comparison-store.ts';
import { type CalibrationBin, type CurvePoint, calibrationOf, medianTimes, precisionRecall } from './curve.ts';
import { type Load, loadOf, perThousand } from './workload.ts';

type DataDeps = Pick<Deps, 'db' | 'blobs' | 'clock'>;

export type Two = Readonly<Record<Side, PackSet>>;

export type LoadLine = Load & {
  /** Flags of a thousand frames the shadow saw. */
  readonly flagsPerThousand: Readonly<Record<Side, number | undefined>>;
};

export type ViolationComparison = {
  readonly violation: string;
  readonly experimental: boolean;
  /** From which score it counts; null where a set does not watch it. */
  readonly thresholds: Readonly<Record<Side, number | null>>;
  readonly compared: Compared;
  readonly load: LoadLine;
  readonly curves: Readonly<Record<Side, readonly CurvePoint[]>>;
  readonly calibration: Readonly<Record<Side, readonly CalibrationBin[]>>;
};

export type KitchenComparison = {
  readonly restaurantId: number;
  readonly name: string;
  readonly nameEn: string | null;
  readonly compared: Compared;
  readonly load: LoadLine;
};

export type ComparisonData = {
  readonly progress: { readonly looked: number; readonly judged: number; readonly failed: number };
  readonly overall: Compared;
  readonly violations: readonly ViolationComparison[];
  readonly kitchens: readonly KitchenComparison[];
  readonly load: LoadLine;
  /** Human seconds of a thousand frames, by the pace measured here; undefined while nobody judged anything. */
  readonly seconds: Readonly<Record<Side, number | undefined>>;
  readonly secondsPerDecision: number | undefined;
  readonly cost: Readonly<Record<Side, StageTimes | undefined>> & { readonly pictures: number };
  readonly disagreements: readonly Disagreement[];
};

const paceDays = 30;
const mostKitchens = 100;

/** The set a candidate is held against: the active one; the active one itself against the one it replaced. */
export function setsToCompare(
  db: Deps['db'],
  id: number,
): { readonly fresh: PackSet; readonly old: PackSet | undefined } | undefined {
  const fresh = packSetById(db, id);
  if (fresh === undefined) return undefined;
  return { fresh, old: fresh.state === 'active' ? packSetBefore(db) : activePackSet(db) };
}

type Lines = Readonly<Record<Side, readonly SetLine[]>>;
type Core = Pick<ComparisonData, 'overall' | 'violations' | 'kitchens' | 'load' | 'cost'>;

const cores = new WeakMap<Gathered, Promise<Core>>();

export async function compareSets(deps: DataDeps, two: Two): Promise<ComparisonData> {
  const { db, blobs, clock } = deps;
  const lines = { old: linesOfSet(blobs, two.old), new: linesOfSet(blobs, two.new) };
  const gathered = await gatherComparison(db, two, watchedBySets(lines.old, lines.new));
  const working = cores.get(gathered) ?? coreOf(db, gathered, lines);
  cores.set(gathered, working);
  const core = await working;
  const { medianMs } = housePace(db, clock(), paceDays);
  const secondsPerDecision = medianMs === undefined ? undefined : medianMs / 1000;
  const { frames } = core.load;
  const audited = readSettings(db).auditShare * frames;
  const seconds = (side: Side) =>
    secondsPerThousandFrames({ sampled: frames, flagged: core.load[side].flags, audited }, secondsPerDecision);
  const { judged, looked } = lookProgress(db, two);
  return {
    ...core,
    progress: { looked: Math.max(looked, gathered.looked), judged, failed: gathered.failed },
    seconds: { old: seconds('old'), new: seconds('new') },
    secondsPerDecision,
    disagreements: gathered.disagreements,
  };
}

/** What follows from the looks alone: worked out once for as long as they stay the same. */
async function coreOf(db: Deps['db'], gathered: Gathered, lines: Lines): Promise<Core> {
  const { cases, live, times } = gathered;
  const ruleOf = windowRules(db);
  const violations: ViolationComparison[] = [];
  for (const violation of [...watchedBySets(lines.old, lines.new)].sort()) {
    violations.push(byViolation(violation, gathered, lines, ruleOf));
    await setImmediate();
  }
  return {
    overall: compare(cases),
    violations,
    kitchens: byKitchen(db, gathered, ruleOf),
    load: loadLine(loadOf(live, ruleOf)),
    cost: { old: medianTimes(times.old), new: medianTimes(times.new), pictures: times.new.length },
  };
}

function byViolation(
  violation: string,
  { cases, live }: Gathered,
  lines: Lines,
  ruleOf: (cameraId: number) => WindowRule,
): ViolationComparison {
  const own = cases.filter((judged) => judged.violation === violation);
  const about = (side: Side) => lines[side].filter((line) => line.violation === violation && line.on);
  const threshold = (side: Side) =>
    about(side).length === 0 ? null : Math.min(...about(side).map((line) => line.threshold));
  return {
    violation,
    experimental: violationKind(violation).experimental || about('new').some((line) => line.experimental),
    thresholds: { old: threshold('old'), new: threshold('new') },
    compared: compare(own),
    load: loadLine(loadOf(live, ruleOf, violation)),
    curves: { old: precisionRecall(own, 'old'), new: precisionRecall(own, 'new') },
    calibration: { old: calibrationOf(own, 'old'), new: calibrationOf(own, 'new') },
  };
}

/** Those with the most judged pictures first, then those the shadow alone has seen. */
function byKitchen(
  db: Deps['db'],
  { cases, live }: Gathered,
  ruleOf: (cameraId: number) => WindowRule,
): KitchenComparison[] {
  const judged = new Map(groupCases(cases, ({ restaurantId }) => restaurantId));
  const ids = [...new Set([...judged.keys(), ...live.map(({ restaurantId }) => restaurantId)])];
  return ids.slice(0, mostKitchens).map((restaurantId) => {
    const restaurant = restaurantById(db, restaurantId);
    return {
      restaurantId,
      name: restaurant?.name ?? String(restaurantId),
      nameEn: restaurant?.nameEn ?? null,
      compared: compare(judged.get(restaurantId) ?? []),
      load: loadLine(
        loadOf(
          live.filter((frame) => frame.restaurantId === restaurantId),
          ruleOf,
        ),
      ),
    };
  });
}

function loadLine(load: Load): LoadLine {
  const [old, fresh] = sides.map((side) => perThousand(load[side].flags, load.frames));
  return { ...load, flagsPerThousand: { old, new: fresh } };
}

/** The rule of each camera as it raises flags, read once. */
function windowRules(db: Deps['db']): (cameraId: number) => WindowRule {
  const { frames } = readSettings(db);
  const known = new Map<number, WindowRule>();
  return (cameraId) => {
    const found = known.get(cameraId);
    if (found !== undefined) return found;
    const camera = cameraById(db, cameraId);
    const rule = { ...(camera?.rules.frames ?? frames), gapMs: gapOf(camera?.sampleEveryMs ?? 0) };
    known.set(cameraId, rule);
    return rule;
  };
}

export type DisagreementFilter = {
  readonly violation?: string | undefined;
  readonly by?: Side | undefined;
  readonly said?: Disagreement['said'] | undefined;
};

/** In the order of the page: what people judged first, then the newest. */
export function filterDisagreements(all: readonly Disagreement[], filter: DisagreementFilter): Disagreement[] {
  return all.filter(
    ({ violation, flaggedBy, said }) =>
      (filter.violation === undefined || filter.violation === violation) &&
      (filter.by === undefined || filter.by === flaggedBy) &&
      (filter.said === undefined || filter.said === said),
  );
}
