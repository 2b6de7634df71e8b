// Reads the periods of a camera's day off its form, three at most, and writes them back for correction.
import type { Fault } from '../../http/problem.ts';
import { type Period, periodKinds } from '../camera/period.ts';
import { clockText, minuteOfDay } from '../restaurant/hours.ts';

export type PeriodValue = {
  readonly kind: Period['kind'];
  readonly from: string;
  readonly to: string;
  readonly every: string;
  readonly off: readonly string[];
};

/** One for each kind, empty where there is none. */
export function periodValues(periods: readonly Period[] = []): PeriodValue[] {
  return periodKinds.map((kind) => {
    const found = periods.find((period) => period.kind === kind);
    if (found === undefined) return { kind, from: '', to: '', every: '', off: [] };
    const { from, to, everySeconds, off } = found;
    return { kind, from: clockText(from), to: clockText(to), every: String(everySeconds), off };
  });
}

export function typedPeriods(text: (name: string) => string, list: (name: string) => string[]): PeriodValue[] {
  return periodKinds.map((kind) => ({
    kind,
    from: text(`period-${kind}-from`),
    to: text(`period-${kind}-to`),
    every: text(`period-${kind}-every`),
    off: list(`period-${kind}-off`),
  }));
}

/** A period whose times are left empty is none. */
export function periodsOf(values: readonly PeriodValue[], faults: Fault[]): Period[] {
  return values.flatMap(({ kind, from, to, every, off }) => {
    if (from === '' && to === '' && every === '') return [];
    const times = { from: minuteOfDay(from), to: minuteOfDay(to) };
    const everySeconds = Number(every);
    const fault = (field: string, code: string) =>
      faults.push({ place: `period-${kind}-${field}`, code, detail: code });
    if (times.from === undefined) fault('from', 'hours');
    if (times.to === undefined) fault('to', 'hours');
    const sound = Number.isInteger(everySeconds) && everySeconds >= 2 && everySeconds <= 3600;
    if (!sound) fault('every', 'period_every');
    if (times.from === undefined || times.to === undefined || !sound) return [];
    return [{ kind, from: times.from, to: times.to, everySeconds, off: [...off] }];
  });
}
