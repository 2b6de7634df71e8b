// Reads the form that starts a draw: every fault at once, each under the key of the words that say it.
import type { Fault } from '../../http/problem.ts';
import { type BeaconSource, beaconSources, roundFrom } from './beacon.ts';
import { poolKinds } from './draw-pool-store.ts';
import type { NewDraw } from './start-draw.ts';

export type DrawValues = Readonly<Record<string, string>>;

export type ReadDraw =
  | { readonly ok: true; readonly draw: NewDraw }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export const usualDraw: DrawValues = {
  kinds: 'kitchen',
  size: '10',
  inspectors: '1',
  recentDays: '90',
  source: 'drand-quicknet',
  minutes: '10',
};

/** `values.kinds`: with commas between. */
export function readDrawForm(values: DrawValues, now: number): ReadDraw {
  const faults: Fault[] = [];
  const fault = (place: string, code: string, detail: string) => faults.push({ place: `/${place}`, code, detail });
  const whole = (name: string, least: number, most: number) => {
    const text = (values[name] ?? '').trim();
    const number = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    fault(name, name, `A whole number from ${least} to ${most}.`);
    return least;
  };
  const title = (values['title'] ?? '').trim();
  if (title.length < 1 || title.length > 120) fault('title', 'title', 'Write a title of at most 120 characters.');
  const asked = (values['kinds'] ?? '').split(',');
  const kinds = poolKinds.filter((kind) => asked.includes(kind));
  if (kinds.length === 0) fault('kinds', 'kinds', 'Choose at least one kind.');
  const source = beaconSources.find((known) => known === values['source']) ?? 'drand-quicknet';
  const draw = {
    title,
    kinds,
    district: /^\d{1,9}$/.test(values['district'] ?? '') ? Number(values['district']) : null,
    size: whole('size', 1, 50_000),
    inspectorsEach: whole('inspectors', 1, 5),
    recentDays: whole('recentDays', 0, 3_650),
    beacon: { source, round: askedRound(source, values, whole, now) },
  };
  return faults.length > 0 ? { ok: false, faults } : { ok: true, draw };
}

type Whole = (name: string, least: number, most: number) => number;

function askedRound(source: BeaconSource, values: DrawValues, whole: Whole, now: number): number {
  if ((values['round'] ?? '').trim() !== '') return whole('round', 1, 1_000_000_000);
  return roundFrom(source, now + whole('minutes', 1, 10_000) * 60_000);
}
