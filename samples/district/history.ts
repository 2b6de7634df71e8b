// The last sixty days of the sample city, as a list of what happened in the order it did: the same for the same day.
import { dayMs, hourMs, minuteMs } from '../../server/clock.ts';
import { chances } from './chance.ts';
import { type Complaint, complaintsOf, type Explanation, explanationsOf } from './complaints.ts';
import { type Habit, habits, type SeenKind } from './habits.ts';
import { type Inspection, inspectionsOf, type ShopDay, shopDaysOf } from './inspections.ts';
import type { PlaceName } from './places.ts';
import { type Day, daysBefore } from './story.ts';
import { type SupplyStep, supplySteps } from './supply.ts';

export const historyDays = 60;

export type Happening =
  | {
      readonly at: number;
      readonly kind: 'sighting';
      readonly key: string;
      readonly kitchen: PlaceName;
      readonly seen: SeenKind;
      readonly truth: 'shown' | 'not_shown';
    }
  | {
      readonly at: number;
      readonly kind: 'verdict';
      readonly key: string;
      readonly decision: 'confirmed' | 'cleared';
      readonly visibleMs: number;
    }
  | { readonly at: number; readonly kind: 'answer' | 'acceptance'; readonly key: string }
  | { readonly at: number; readonly kind: 'audit'; readonly kitchen: PlaceName; readonly shows?: SeenKind }
  | { readonly at: number; readonly kind: 'outage' | 'return'; readonly kitchen: PlaceName }
  | { readonly at: number; readonly kind: 'night'; readonly away: Partial<Record<PlaceName, number>> }
  | SupplyStep
  | Complaint
  | Explanation
  | Inspection
  | ShopDay;

/** Ends the day before `now`; every row of it lies in the past. */
export function districtHistory(now: number): Happening[] {
  const day = daysBefore(now);
  const draw = chances(20_260_913);
  const kitchens = Object.entries(habits) as [PlaceName, Habit][];
  const happenings = [
    ...kitchens.flatMap(([kitchen, habit]) => [
      ...confirmedOf(kitchen, habit, day, draw),
      ...clearedOf(kitchen, habit, day, draw),
      ...outagesOf(kitchen, habit, day),
    ]),
    ...audits(day),
    ...nights(day),
    ...supplySteps(day),
    ...complaintsOf(day),
    ...explanationsOf(day),
    ...inspectionsOf(day),
    ...shopDaysOf(day),
  ];
  return happenings.filter(({ at }) => at < now).sort((a, b) => a.at - b.at);
}

/** When the sample city began, unix ms. */
export function historyStart(now: number): number {
  return daysBefore(now)(historyDays, 8);
}

/** Spread over the days; the last of them is the one that an owner did not answer. */
function confirmedOf(kitchen: PlaceName, habit: Habit, day: Day, draw: () => number): Happening[] {
  const many = habit.confirmed.length;
  return habit.confirmed.flatMap((seen, index): Happening[] => {
    const daysAgo = Math.round(historyDays - 3 - ((index + draw() * 0.8) * (historyDays - 6)) / many);
    const at = whenBack(habit, day, day(daysAgo, 9 + Math.floor(draw() * 11), Math.floor(draw() * 60)));
    const key = `${kitchen}/${index}`;
    const judgedAt = at + (20 + draw() * 160) * minuteMs;
    const verdict = { at: judgedAt, kind: 'verdict' as const, key, decision: 'confirmed' as const };
    return [
      { at, kind: 'sighting', key, kitchen, seen, truth: 'shown' },
      { ...verdict, visibleMs: Math.round(1_800 + draw() * 5_200) },
      ...(index >= many - habit.silent
        ? []
        : answered(key, judgedAt, index < habit.late ? 40 + draw() * 30 : 2 + draw() * 8)),
    ];
  });
}

function answered(key: string, judgedAt: number, hours: number): Happening[] {
  const at = judgedAt + hours * hourMs;
  return [
    { at, kind: 'answer', key },
    { at: at + 5 * hourMs, kind: 'acceptance', key },
  ];
}

function clearedOf(kitchen: PlaceName, habit: Habit, day: Day, draw: () => number): Happening[] {
  return Array.from({ length: habit.cleared }, (_, index): Happening[] => {
    const at = whenBack(
      habit,
      day,
      day(4 + Math.floor(draw() * 52), 10 + Math.floor(draw() * 9), Math.floor(draw() * 60)),
    );
    const key = `${kitchen}/cleared/${index}`;
    const seen = index % 2 === 0 ? 'no_mask' : 'phone';
    return [
      { at, kind: 'sighting', key, kitchen, seen, truth: 'not_shown' },
      {
        at: at + (15 + draw() * 200) * minuteMs,
        kind: 'verdict',
        key,
        decision: 'cleared',
        visibleMs: Math.round(1_200 + draw() * 3_000),
      },
    ];
  }).flat();
}

function outagesOf(kitchen: PlaceName, { outages }: Habit, day: Day): Happening[] {
  return outages.flatMap((hours, index): Happening[] => {
    const at = day(outageDay(index), 6 + index);
    return [
      { at, kind: 'outage', kitchen },
      { at: at + hours * hourMs, kind: 'return', kitchen },
    ];
  });
}

/** A camera that is away sees nothing: what would have been then is seen after it came back. */
function whenBack({ outages }: Habit, day: Day, at: number): number {
  return outages.reduce((moved, hours, index) => {
    const from = day(outageDay(index), 6 + index);
    const until = from + (hours + 1) * hourMs;
    return moved >= from && moved < until ? until + (moved - from) / 4 : moved;
  }, at);
}

function outageDay(index: number): number {
  return 50 - index * 15;
}

const missedAudit = 8;

/** Under which the order of an audited frame is found. */
export function auditKey(kitchen: PlaceName): string {
  return `${kitchen}/audit`;
}

const auditedKitchens: readonly PlaceName[] = ['dingxiang', 'laojiefang', 'sanwei'];

/** Frames drawn at random, which two people look at whole; on one of them they find what the models missed. */
function audits(day: Day): Happening[] {
  return Array.from({ length: 18 }, (_, index): Happening[] => {
    const kitchen = auditedKitchens[index % auditedKitchens.length] ?? 'dingxiang';
    const at = day(56 - index * 3, 11 + (index % 6), 7);
    if (index !== missedAudit) return [{ at, kind: 'audit', kitchen }];
    return [{ at, kind: 'audit', kitchen, shows: 'no_hat' }, ...answered(auditKey(kitchen), at, 6)];
  }).flat();
}

/** Each day's end, with the hours that cameras were away on it. */
function nights(day: Day): Happening[] {
  return Array.from({ length: historyDays - 1 }, (_, index): Happening => {
    const daysAgo = historyDays - 1 - index;
    const at = day(daysAgo, 23, 59);
    const away = Object.fromEntries(
      (Object.entries(habits) as [PlaceName, Habit][]).map(([kitchen, { outages }]) => [
        kitchen,
        outages.reduce((sum, hours, outage) => sum + hoursOn(day(outageDay(outage), 6 + outage), hours, at), 0),
      ]),
    );
    return { at, kind: 'night', away };
  });
}

/** How many of an outage's hours lay in the day that ends at `dayEnd`. */
function hoursOn(from: number, hours: number, dayEnd: number): number {
  const overlap = Math.min(from + hours * hourMs, dayEnd) - Math.max(from, dayEnd - dayMs);
  return Math.max(0, overlap / hourMs);
}
