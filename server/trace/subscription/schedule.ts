// The standard's QuerySchedule (EPCIS 2.0 §8.2.5.3): seconds to weekdays, and when it next comes round.
import { Cron } from 'croner';
import type { Fault } from '../../http/problem.ts';

/** In the order from fine to coarse. */
const bounds = {
  second: [0, 59],
  minute: [0, 59],
  hour: [0, 23],
  dayOfMonth: [1, 31],
  month: [1, 12],
  /** 1 is Monday, 7 Sunday. */
  dayOfWeek: [1, 7],
} as const;

export type ScheduleField = keyof typeof bounds;
export type Schedule = Partial<Record<ScheduleField, string>>;

const scheduleFields = Object.keys(bounds) as ScheduleField[];

/** Schedules are read as Beijing time, like every time the product shows. */
const zone = 'Asia/Shanghai';
const longestField = 200;

/** The first moment after `after`, unix ms; undefined when it never comes. The schedule must be without faults. */
export function nextRun(schedule: Schedule, after: number): number | undefined {
  return new Cron(patternOf(schedule), { timezone: zone, domAndDow: true }).nextRun(new Date(after))?.getTime();
}

/** What is wrong with it, below `top`. `now`: a schedule that never comes again is a fault. */
export function scheduleFaults(schedule: Schedule, top: string, now: number): Fault[] {
  const faults = scheduleFields.flatMap((field) => {
    const text = schedule[field];
    if (text === undefined || valuesOf(field, text) !== undefined) return [];
    const [least, most] = bounds[field];
    const detail = `${field} is made of numbers from ${least} to ${most} and ranges such as [${least}-${most}], parted by commas.`;
    return [{ place: `${top}/${field}`, code: 'bad_value', detail }];
  });
  if (faults.length > 0) return faults;
  if (scheduleFields.every((field) => schedule[field] === undefined))
    return [{ place: top, code: 'missing', detail: 'A schedule says at least one of second, minute, hour and so on.' }];
  if (nextRun(schedule, now) === undefined) return [{ place: top, code: 'never', detail: 'This moment never comes.' }];
  return [];
}

/**
 * A field left out means any, when it is coarser than the finest one given; finer ones stand at their beginning, so that
 * {hour: 1, minute: 5} is once a day and not sixty times.
 */
function patternOf(schedule: Schedule): string {
  const fine: readonly ScheduleField[] = ['second', 'minute', 'hour', 'dayOfMonth', 'month'];
  // A weekday stands beside the day of month, not above it.
  const finest = fine.findIndex((field) => schedule[field] !== undefined);
  const start = schedule.dayOfWeek !== undefined && (finest < 0 || finest > 3) ? 3 : finest;
  const parts = fine.map((field, index) => {
    const text = schedule[field];
    if (text !== undefined) return (valuesOf(field, text) ?? []).join(',');
    return index < start ? String(bounds[field][0]) : '*';
  });
  const weekdays = schedule.dayOfWeek === undefined ? '*' : (valuesOf('dayOfWeek', schedule.dayOfWeek) ?? []).join(',');
  return [...parts, weekdays].join(' ');
}

/** `1,[5-9]` as numbers; `0/30`, every thirtieth from 0, stands in the standard's own example. Undefined when it cannot be read. */
function valuesOf(field: ScheduleField, text: string): number[] | undefined {
  const [least, most] = bounds[field];
  if (text.length > longestField) return undefined;
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const [, single, from, to, first, step] =
      /^\s*(?:(\d{1,2})|\[(\d{1,2})-(\d{1,2})\]|(\d{1,2})\/(\d{1,2})|\*)\s*$/.exec(part) ?? [];
    const isAny = part.trim() === '*';
    if (!isAny && single === undefined && from === undefined && first === undefined) return undefined;
    const start = Number(single ?? from ?? first ?? least);
    const end = Number(single ?? to ?? most);
    const by = Number(step ?? 1);
    if (start < least || end > most || start > end || by < 1) return undefined;
    for (let value = start; value <= end; value += by) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}
