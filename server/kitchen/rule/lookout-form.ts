// Reads the form of a camera's lookouts: zone, times, smallest size, how long and how often; and writes it back for correction.
import { type Fault, Problem } from '../../http/problem.ts';
import {
  type ClothesColour,
  clothesColours,
  type Lookout,
  type LookoutRuleId,
  type LookoutTime,
  lookoutRuleIds,
  lookoutsSchema,
  lookoutTimes,
  mostLookouts,
  mostShown,
} from '../camera/lookout.ts';
import { colourRules, comparingRules, lookoutDefaults } from '../lookout/lookout-rules.ts';
import { clockText, minuteOfDay } from '../restaurant/hours.ts';
import { listOf, pointsText, readPoints, textOf } from './zone-form.ts';

export type LookoutValue = {
  readonly index: number;
  readonly id: string;
  readonly rule: LookoutRuleId;
  readonly name: string;
  readonly nameEn: string;
  readonly points: string;
  readonly when: LookoutTime;
  readonly from: string;
  readonly to: string;
  readonly leastPx: string;
  readonly hold: string;
  readonly again: string;
  /** Of work clothes or hats; undefined where its rule goes by no colour. */
  readonly colours: readonly ClothesColour[] | undefined;
  /** How often it was shown how all should be; undefined where its rule does not compare. */
  readonly shown: number | undefined;
  /** Whether the next picture is to be taken for that. */
  readonly show: 'now' | 'not-now';
};

export function lookoutValues(lookouts: readonly Lookout[] = []): LookoutValue[] {
  return lookouts.map((lookout, index) => ({
    ...timesText(lookout),
    index,
    id: lookout.id,
    rule: lookout.rule,
    name: lookout.name,
    nameEn: lookout.nameEn ?? '',
    points: pointsText(lookout.points),
    when: lookout.when,
    leastPx: String(lookout.leastPx),
    hold: String(lookout.holdSeconds),
    again: String(lookout.againMinutes),
    colours: colourRules.includes(lookout.rule) ? (lookout.colours ?? []) : undefined,
    shown: timesShown(lookout.rule, lookout.shown),
    show: 'not-now',
  }));
}

/** What a field of this rule shows before anybody typed. */
export function emptyLookout(rule: LookoutRuleId, index: number): LookoutValue {
  const { when, leastPx, holdSeconds, againMinutes } = lookoutDefaults[rule];
  const numbers = { leastPx: String(leastPx), hold: String(holdSeconds), again: String(againMinutes) };
  return {
    index,
    id: '',
    rule,
    name: '',
    nameEn: '',
    points: '',
    when,
    from: '',
    to: '',
    ...numbers,
    ...unshown(rule),
  };
}

function timesShown(rule: LookoutRuleId, shown: Lookout['shown'] = []): number | undefined {
  return comparingRules.includes(rule) ? shown.length : undefined;
}

function unshown(rule: LookoutRuleId) {
  return { colours: colourRules.includes(rule) ? [] : undefined, shown: timesShown(rule), show: 'not-now' } as const;
}

function timesText({ from, to }: Lookout): { from: string; to: string } {
  return { from: from === undefined ? '' : clockText(from), to: to === undefined ? '' : clockText(to) };
}

type Form = Readonly<Record<string, unknown>>;

/** What was typed; one whose name and corners were emptied is taken away. */
export function typedLookouts(form: Form): LookoutValue[] {
  return Array.from({ length: mostLookouts + lookoutRuleIds.length }, (_, index) => typedOne(form, index)).filter(
    ({ name, points }) => name !== '' || points !== '',
  );
}

function typedOne(form: Form, index: number): LookoutValue {
  const text = (field: string) => textOf(form[`lookout-${index}-${field}`]);
  const rule = lookoutRuleIds.find((id) => id === text('rule')) ?? lookoutRuleIds[0];
  const first = emptyLookout(rule, index);
  return {
    index,
    rule,
    id: text('id'),
    name: text('name'),
    nameEn: text('nameEn'),
    points: text('points'),
    when: lookoutTimes.find((time) => time === text('when')) ?? first.when,
    from: text('from'),
    to: text('to'),
    leastPx: text('leastPx') || first.leastPx,
    hold: text('hold') || first.hold,
    again: text('again') || first.again,
    colours:
      first.colours && clothesColours.filter((colour) => listOf(form[`lookout-${index}-colours`]).includes(colour)),
    shown: first.shown,
    show: text('show') === 'now' ? 'now' : 'not-now',
  };
}

/**
 * The lookouts those values mean. One that is known keeps who set it; a new one is `by` whoever saves. Throws Problem with
 * every fault at its field.
 */
export function lookoutsOf(
  values: readonly LookoutValue[],
  before: readonly Lookout[],
  { by, now }: { readonly by: Lookout['setBy']; readonly now: number },
): Lookout[] {
  const faults: Fault[] = [];
  // What an administrator set is no field of an owner's form: it stays as it is.
  const kept = by === 'shop' ? before.filter(({ setBy }) => setBy === 'house') : [];
  const taken = new Set(before.map(({ id }) => id));
  const own = values.filter(({ id }) => !kept.some((lookout) => lookout.id === id));
  const lookouts = own.flatMap((value) => {
    const known = before.find(({ id }) => id === value.id);
    const id = known?.id ?? freeId(taken);
    taken.add(id);
    const lookout = lookoutOf(value, { id, setBy: known?.setBy ?? by }, faults);
    return lookout === undefined ? [] : { ...lookout, ...shownTo(lookout, known, value.show, now) };
  });
  if (kept.length + own.length > mostLookouts) faults.push({ place: 'lookouts', code: 'too_many', detail: 'too_many' });
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  return lookoutsSchema.parse([...kept, ...lookouts]);
}

function coloursOf({ colours }: LookoutValue): Pick<Lookout, 'colours'> {
  return colours === undefined ? {} : { colours: [...colours] };
}

/** What was shown of another zone says nothing of this one. */
function shownTo(lookout: Lookout, known: Lookout | undefined, show: LookoutValue['show'], now: number) {
  if (!comparingRules.includes(lookout.rule)) return {};
  const same = known !== undefined && JSON.stringify(known.points) === JSON.stringify(lookout.points);
  const before = same ? (known.shown ?? []) : [];
  return { shown: show === 'now' ? [...before, now].slice(-mostShown) : before };
}

function freeId(taken: ReadonlySet<string>): string {
  let number = 1;
  while (taken.has(`l${number}`)) number++;
  return `l${number}`;
}

function lookoutOf(value: LookoutValue, own: Pick<Lookout, 'id' | 'setBy'>, faults: Fault[]): Lookout | undefined {
  const before = faults.length;
  const fault = (field: string, code: string) =>
    faults.push({ place: `lookout-${value.index}-${field}`, code, detail: code });
  const points = readPoints(value.points);
  if (value.name === '' || value.name.length > 40) fault('name', 'zone_name');
  if (points === undefined) fault('points', 'zone_points');
  const number = (field: 'leastPx' | 'hold' | 'again', least: number, most: number): number => {
    const typed = Number(value[field]);
    if (!(Number.isInteger(typed) && typed >= least && typed <= most)) fault(field, field);
    return typed;
  };
  const numbers = {
    leastPx: number('leastPx', 6, 2000),
    holdSeconds: number('hold', 0, 3600),
    againMinutes: number('again', 1, 1440),
  };
  const times = value.when === 'between' ? { from: minuteOfDay(value.from), to: minuteOfDay(value.to) } : {};
  if (value.when === 'between' && (times.from === undefined || times.to === undefined || times.from === times.to))
    fault('from', 'hours');
  if (value.colours?.length === 0) fault('colours', 'colours');
  if (faults.length > before || points === undefined) return undefined;
  const { name, nameEn, rule, when } = value;
  const said = {
    ...own,
    rule,
    name,
    points,
    when,
    ...numbers,
    ...(nameEn === '' ? {} : { nameEn }),
    ...coloursOf(value),
  };
  return times.from === undefined || times.to === undefined ? said : { ...said, from: times.from, to: times.to };
}
