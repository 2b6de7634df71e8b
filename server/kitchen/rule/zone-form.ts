// Reads the form of a camera's rules: zones as numbers, thresholds in percent, frames and hours; and writes it back for correction.
import { type Fault, Problem } from '../../http/problem.ts';
import { type CameraRules, type CameraZone, cameraRulesSchema, zoneKinds } from '../camera/camera.ts';
import { clockText, minuteOfDay } from '../restaurant/hours.ts';
import { type PeriodValue, periodsOf, periodValues, typedPeriods } from './period-form.ts';

const mostZoneFields = 21;
const mostPoints = 40;

export type ZoneValue = {
  readonly index: number;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: string;
  /** `x y` in percent of the picture, corners parted by commas. */
  readonly points: string;
  /** Empty: every violation. */
  readonly violations: readonly string[];
};

export type RulesValues = {
  readonly zones: readonly ZoneValue[];
  /** Percent, by violation; empty where the house's holds. */
  readonly thresholds: Readonly<Record<string, string>>;
  readonly off: readonly string[];
  readonly hits: string;
  readonly of: string;
  readonly from: string;
  readonly to: string;
  readonly periods: readonly PeriodValue[];
};

type Form = Readonly<Record<string, unknown>>;

/** What stands in the fields for these rules. */
export function rulesValues(rules: CameraRules): RulesValues {
  const { zones, thresholds, off, frames, hours, periods } = rules;
  return {
    periods: periodValues(periods),
    zones: zones.map((zone, index) => ({
      index,
      name: zone.name,
      nameEn: zone.nameEn ?? '',
      kind: zone.kind,
      points: pointsText(zone.points),
      violations: zone.violations ?? [],
    })),
    thresholds: Object.fromEntries(Object.entries(thresholds).map(([id, value]) => [id, percentText(value)])),
    off,
    hits: frames === undefined ? '' : String(frames.hits),
    of: frames === undefined ? '' : String(frames.of),
    from: hours === undefined ? '' : clockText(hours.from),
    to: hours === undefined ? '' : clockText(hours.to),
  };
}

/** What was typed. `violations` are those that may have a field. */
export function typedRules(form: Form, violations: readonly string[]): RulesValues {
  const text = (name: string) => textOf(form[name]);
  const zones = Array.from({ length: mostZoneFields }, (_, index) => ({
    index,
    name: text(`zone-${index}-name`),
    nameEn: text(`zone-${index}-nameEn`),
    kind: text(`zone-${index}-kind`),
    points: text(`zone-${index}-points`),
    violations: listOf(form[`zone-${index}-violations`]),
  }));
  return {
    // A zone is taken out by emptying its name and corners.
    zones: zones.filter(({ name, points }) => name !== '' || points !== ''),
    thresholds: Object.fromEntries(
      violations.flatMap((id) => (text(`threshold-${id}`) === '' ? [] : [[id, text(`threshold-${id}`)]])),
    ),
    off: listOf(form['off']),
    periods: typedPeriods(text, (name) => listOf(form[name])),
    ...{ hits: text('hits'), of: text('of'), from: text('from'), to: text('to') },
  };
}

/** The rules those values mean. An owner's form has zones alone, and the rest stays as it was. Throws Problem with every fault. */
export function rulesOf(values: RulesValues, before: CameraRules, scope: 'zones' | 'all'): CameraRules {
  const faults: Fault[] = [];
  const zones = values.zones.flatMap((zone) => zoneOf(zone, faults) ?? []);
  const others = scope === 'zones' ? before : othersOf(values, faults);
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const { thresholds, off, frames, hours, periods } = others;
  const { lookouts } = before;
  const rules = {
    zones,
    thresholds,
    off,
    ...(frames === undefined ? {} : { frames }),
    ...(hours === undefined ? {} : { hours }),
    ...(periods === undefined || periods.length === 0 ? {} : { periods }),
    ...(lookouts === undefined ? {} : { lookouts }),
  };
  const checked = cameraRulesSchema.safeParse(rules);
  if (checked.success) return checked.data;
  const left = checked.error.issues.map(({ path, code, message }) => ({
    place: placeOf(path, values),
    code,
    detail: message,
  }));
  throw new Problem('invalid_input', { faults: left });
}

function placeOf(path: readonly PropertyKey[], values: RulesValues): string {
  const [part, index, field] = path.map(String);
  if (part === 'zones') return `zone-${values.zones[Number(index)]?.index ?? 0}-${field ?? 'name'}`;
  return part === 'thresholds'
    ? `threshold-${index}`
    : part === 'frames'
      ? 'hits'
      : part === 'hours'
        ? 'from'
        : (part ?? '');
}

function zoneOf(value: ZoneValue, faults: Fault[]): CameraZone | undefined {
  const { index, name, nameEn, kind, violations } = value;
  const points = readPoints(value.points);
  const before = faults.length;
  const fault = (field: string, code: string) => faults.push({ place: `zone-${index}-${field}`, code, detail: code });
  if (name === '' || name.length > 40) fault('name', 'zone_name');
  if (points === undefined) fault('points', 'zone_points');
  const known = zoneKinds.find((one) => one === kind);
  if (known === undefined) fault('kind', 'zone_kind');
  if (faults.length > before || points === undefined || known === undefined) return undefined;
  return {
    name,
    kind: known,
    points,
    ...(nameEn === '' ? {} : { nameEn }),
    ...(violations.length === 0 || known === 'private' ? {} : { violations: [...violations] }),
  };
}

function othersOf(values: RulesValues, faults: Fault[]): Omit<CameraRules, 'zones' | 'lookouts'> {
  const thresholds: Record<string, number> = {};
  for (const [id, text] of Object.entries(values.thresholds)) {
    const value = Number(text);
    if (!(value > 0 && value <= 100)) faults.push({ place: `threshold-${id}`, code: 'threshold', detail: 'threshold' });
    else thresholds[id] = value / 100;
  }
  const periods = periodsOf(values.periods, faults);
  return { thresholds, off: [...values.off], ...framesOf(values, faults), ...hoursOf(values, faults), periods };
}

function framesOf({ hits, of }: RulesValues, faults: Fault[]): Pick<CameraRules, 'frames'> {
  if (hits === '' && of === '') return {};
  const frames = { hits: Number(hits), of: Number(of) };
  const whole = [frames.hits, frames.of].every((value) => Number.isInteger(value) && value >= 1 && value <= 10);
  if (whole && frames.hits <= frames.of) return { frames };
  faults.push({ place: 'hits', code: 'frames', detail: 'frames' });
  return {};
}

function hoursOf({ from, to }: RulesValues, faults: Fault[]): Pick<CameraRules, 'hours'> {
  if (from === '' && to === '') return {};
  const hours = { from: minuteOfDay(from), to: minuteOfDay(to) };
  if (hours.from !== undefined && hours.to !== undefined) return { hours: { from: hours.from, to: hours.to } };
  faults.push({ place: hours.from === undefined ? 'from' : 'to', code: 'hours', detail: 'hours' });
  return {};
}

/** Undefined unless there are three corners or more, all on the picture. */
export function readPoints(text: string): [number, number][] | undefined {
  const corners = text
    .split(/[,;，；\n]+/)
    .map((corner) => corner.trim())
    .filter((corner) => corner !== '');
  if (corners.length < 3 || corners.length > mostPoints) return undefined;
  const points = corners.map((corner) => corner.split(/\s+/).map(Number));
  const sound = points.every((point) => point.length === 2 && point.every((value) => value >= 0 && value <= 100));
  return sound ? points.map(([x = 0, y = 0]): [number, number] => [x / 100, y / 100]) : undefined;
}

export function pointsText(points: CameraZone['points']): string {
  return points.map(([x, y]) => `${percentText(x)} ${percentText(y)}`).join(', ');
}

function percentText(fraction: number): string {
  return String(Math.round(fraction * 1000) / 10);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim().slice(0, 2000) : '';
}

export function listOf(value: unknown): string[] {
  return [value ?? []]
    .flat()
    .filter((item): item is string => typeof item === 'string' && item !== '')
    .slice(0, 40);
}
