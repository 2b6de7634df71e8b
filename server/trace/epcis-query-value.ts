// Reads single values of a query's parameters: lists, times, numbers, whole numbers and page tokens, with their faults.
import type { Fault } from '../http/problem.ts';
import { readTime } from './event-time.ts';

const mostValues = 100;

/** Where a page ends: the sort key and id of its last event, and how many events the pages so far gave. */
export type Position = { readonly key: number; readonly id: number; readonly given: number };

/** The parameters of one request, each taken once; what nobody took is unknown. */
export class Parameters {
  readonly faults: Fault[] = [];
  readonly #given: ReadonlyMap<string, string>;
  readonly #fixed: Readonly<Record<string, string>>;

  /** `fixed`: what the address itself says (`/bizSteps/shipping/events`), whole values that are not lists. */
  constructor(given: Readonly<Record<string, readonly string[]>>, fixed: Readonly<Record<string, string>> = {}) {
    this.#given = new Map(Object.entries(given).map(([name, values]) => [name, values[0] ?? '']));
    this.#fixed = fixed;
    for (const [name, values] of Object.entries(given)) {
      if (values.length > 1) this.fault(name, 'repeated', `${name} stands more than once; part its values by |.`);
      if (Object.hasOwn(fixed, name)) this.fault(name, 'unknown_parameter', `${name} is said by the address already.`);
    }
  }

  /** A parameter may be read more than once; its fault is told once. */
  fault(place: string, code: string, detail: string): void {
    if (this.faults.some((fault) => fault.place === place.slice(0, 60) && fault.code === code)) return;
    this.faults.push({ place: place.slice(0, 60), code, detail });
  }

  names(): string[] {
    return [...new Set([...Object.keys(this.#fixed), ...this.#given.keys()])];
  }

  text(name: string): string | undefined {
    return this.#given.get(name);
  }

  /** Values are parted by `|`; empty when the parameter is not there. */
  list(name: string): string[] {
    const fixed = Object.hasOwn(this.#fixed, name) ? this.#fixed[name] : undefined;
    if (fixed !== undefined) return [fixed];
    const value = this.#given.get(name);
    if (value === undefined) return [];
    const parted = value.split('|').map((each) => each.trim());
    const values = parted.filter((each) => each !== '');
    if (values.length === 0) this.fault(name, 'missing', `${name} has no value.`);
    if (values.length > mostValues) this.fault(name, 'too_many', `At most ${mostValues} values at once.`);
    return values.slice(0, mostValues);
  }

  oneOf<T extends string>(name: string, words: readonly T[]): T | undefined {
    const value = this.#given.get(name);
    if (value === undefined) return undefined;
    const found = words.find((word) => word === value);
    if (found === undefined) this.fault(name, 'not_in_vocabulary', `${name} is one of ${words.join(', ')}.`);
    return found;
  }

  /** Unix ms. */
  time(name: string): number | undefined {
    const value = this.#given.get(name);
    if (value === undefined) return undefined;
    // A plus in an address is a space unless it was encoded.
    const at = readTime(value.replace(' ', '+'));
    if (at === undefined) {
      const detail = `${value.slice(0, 40)} is no time with a zone, such as 2026-11-22T08:30:00+08:00.`;
      this.fault(name, 'not_a_time', detail);
    }
    return at;
  }

  number(name: string): number | undefined {
    const value = this.#given.get(name);
    if (value === undefined) return undefined;
    const number = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value) ? Number(value) : Number.NaN;
    if (Number.isFinite(number)) return number;
    this.fault(name, 'not_a_number', `${name} is a number, not ${value.slice(0, 40)}.`);
    return undefined;
  }

  whole(name: string, least: number, most: number): number | undefined {
    const value = this.#given.get(name);
    if (value === undefined) return undefined;
    const count = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (count >= least) return Math.min(count, most);
    this.fault(name, 'not_a_number', `${name} is a whole number from ${least}; more than ${most} is taken as ${most}.`);
    return undefined;
  }

  position(name: string): Position | undefined {
    const value = this.#given.get(name);
    if (value === undefined) return undefined;
    const text = Buffer.from(value, 'base64url').toString('latin1');
    const [, key, id, given] = /^(-?\d{1,16})\.(\d{1,15})\.(\d{1,9})$/.exec(text) ?? [];
    if (key !== undefined) return { key: Number(key), id: Number(id), given: Number(given) };
    this.fault(name, 'bad_value', 'This is no token of an earlier answer.');
    return undefined;
  }
}

export function pageToken({ key, id, given }: Position): string {
  return Buffer.from(`${key}.${id}.${given}`).toString('base64url');
}
