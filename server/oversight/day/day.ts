// The daily list (日管控): its items, what the data says of each, and what a person has to say before the day is done.
import { z } from 'zod';
import { dayMs } from '../../clock.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { morningOf, morningStates } from './morning.ts';

/** `critical`: answered by itself, never by the one press for everything. `school`: for schools alone. */
export const dayItems = {
  recalls: { critical: true, school: false },
  expiry: { critical: true, school: false },
  morning: { critical: true, school: false },
  samples: { critical: true, school: true },
  receipts: { critical: false, school: false },
  temperature: { critical: false, school: false },
  health: { critical: false, school: false },
  orders: { critical: false, school: false },
  cameras: { critical: false, school: false },
  licence: { critical: false, school: false },
  disinfection: { critical: false, school: false },
  oil: { critical: false, school: false },
} as const satisfies Record<string, { readonly critical: boolean; readonly school: boolean }>;
export type DayItemName = keyof typeof dayItems;
export const dayItemNames = Object.keys(dayItems) as [DayItemName, ...DayItemName[]];

/** What the data says: it is in order, it is not, only a person can know, or the data should know and does not. */
export type DayState = 'proved' | 'problem' | 'asked' | 'unknown';

export type DayItem = {
  readonly item: DayItemName;
  readonly state: DayState;
  /** The numbers behind it. */
  readonly values: Readonly<Record<string, number>>;
  /** Where the rows behind it are; null: there are none. */
  readonly href: string | null;
};

/** What was written down: the data's word, a person's word, something out of order, or that it is not known. */
export const dayAnswers = ['proved', 'confirmed', 'exception', 'unknown'] as const;
export type DayAnswer = (typeof dayAnswers)[number];

export type DayLine = {
  readonly item: DayItemName;
  readonly answer: DayAnswer;
  readonly words: string | null;
  readonly values: Readonly<Record<string, number>>;
};

const said = z.object({
  answer: z.enum(['ok', 'exception', 'unknown']).optional(),
  words: z.string().trim().max(500).default(''),
});

export const dayInputSchema = z.object({
  /** Everything that is not critical and was not answered is as it should be. */
  all: z.boolean().default(false),
  answers: z.partialRecord(z.enum(dayItemNames), said).default({}),
  /** Of each person who handles food, by the number they are registered under. */
  staff: z.record(z.string().regex(/^[1-9]\d{0,9}$/), z.enum(morningStates)).default({}),
});
export type DayInput = z.output<typeof dayInputSchema>;

const leastWords = 2;

/** The lines of the day; `staff`: who is registered. Throws Problem `invalid_input` with every item that still wants a word. */
export function linesOfDay(
  items: readonly DayItem[],
  { all, answers: typed, staff: said }: DayInput,
  staff: readonly number[] = [],
): DayLine[] {
  const { morning, faults: unlooked } = morningOf(staff, said);
  const faults: Fault[] = [...unlooked];
  const looked = { answer: morning.answer, words: typed.morning?.words ?? '' };
  const answers = staff.length === 0 ? typed : { ...typed, morning: looked };
  const lines = items.map((each): DayLine => {
    const { item, state, values } = each;
    const given = answers[item];
    const words = given?.words === undefined || given.words === '' ? null : given.words;
    const answer = answerOf(each, given?.answer, all);
    if (answer === undefined)
      faults.push({ place: `/answers/${item}`, code: 'unanswered', detail: `Say how it stands with ${item}.` });
    if (answer === 'exception' && (words === null || words.length < leastWords))
      faults.push({ place: `/answers/${item}/words`, code: 'no_words', detail: `Say what is done about ${item}.` });
    const counted = item === 'morning' && staff.length > 0 ? morning.values : {};
    return { item, answer: answer ?? 'unknown', words, values: state === 'asked' ? counted : values };
  });
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  return lines;
}

/** What the data finds out of order stays so, whatever is pressed; what it proves a person may still know better. */
function answerOf({ item, state }: DayItem, given: 'ok' | 'exception' | 'unknown' | undefined, all: boolean) {
  if (state === 'problem' || given === 'exception') return 'exception';
  if (state === 'proved') return 'proved';
  if (given === 'ok') return 'confirmed';
  if (given === 'unknown') return 'unknown';
  return all && !dayItems[item].critical ? 'confirmed' : undefined;
}

/** Who answers for what: the food-safety officer each day, the director each week, the responsible person each month. */
export const offices = ['officer', 'director', 'head'] as const;
export type Office = (typeof offices)[number];

export const reportKinds = ['week', 'month'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** A shop too small for a director has its week signed by its officer. */
export function officeFor(kind: ReportKind, named: ReadonlySet<Office>): Office {
  if (kind === 'month') return 'head';
  return named.has('director') ? 'director' : 'officer';
}

const offsetMs = 8 * 3_600_000;
export const daySchema = z.iso.date();

/** When a day began in Beijing, unix ms. */
export function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) - offsetMs;
}

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

export function daysBetween(from: string, until: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= until && days.length < 62; day = dayAfter(day, 1)) days.push(day);
  return days;
}

/** Monday to Sunday, or the days of a month, around `day`. */
export function periodOf(kind: ReportKind, day: string): { readonly from: string; readonly until: string } {
  if (kind === 'month') {
    const from = `${day.slice(0, 7)}-01`;
    return { from, until: dayAfter(`${dayAfter(from, 31).slice(0, 7)}-01`, -1) };
  }
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const from = dayAfter(day, -weekday);
  return { from, until: dayAfter(from, 6) };
}

/** Samples of a meal are kept for two days and nights (留样 48 小时), at least 125 g each. */
export const sampleMs = 48 * 3_600_000;
export const leastSampleGrams = 125;
