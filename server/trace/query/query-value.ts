// Reads single values of a query's parameters: lists, times, numbers, whole numbers and page tokens, with their faults.
import type { Fault } from '../../http/problem.ts';
import { pointerPart } from '../epcis/field.ts';
import type { JsonObject, JsonValue } from '../event/event.ts';
import { readTime } from '../event/event-time.ts';
import { isObject } from '../event/json-value.ts';

const mostValues = 100;
const longestValue = 2_048;
const longestPlace = 80;
const mostParameters = 200;
const mostFaults = 200;

/** Where a page ends: the sort key and id of its last event, and how many events the pages so far gave. */
export type Position = { readonly key: number; readonly id: number; readonly given: number };

type Given = { readonly text: string; readonly list: readonly string[] };

/** The parameters of one query, each taken once; what nobody took is unknown. */
export class Parameters {
  readonly faults: Fault[] = [];
  readonly #given = new Map<string, Given>();
  readonly #fixed: Readonly<Record<string, string>>;
  /** What stands before a parameter's name in the place of its fault. */
  readonly #top: string;

  private constructor(fixed: Readonly<Record<string, string>>, top: string) {
    this.#fixed = fixed;
    this.#top = top;
  }

  /** Of an address: lists parted by `|`. `fixed`: what the path says (`/bizSteps/shipping/events`), whole values that are not lists. */
  static ofAddress(
    given: Readonly<Record<string, readonly string[]>>,
    fixed: Readonly<Record<string, string>> = {},
  ): Parameters {
    const parameters = new Parameters(fixed, '');
    for (const [name, values] of Object.entries(given)) {
      const text = values[0] ?? '';
      parameters.#given.set(name, { text, list: text.split('|').map((each) => each.trim()) });
      if (values.length > 1) parameters.fault(name, 'repeated', `${name} stands more than once; part its values by |.`);
      if (Object.hasOwn(fixed, name))
        parameters.fault(name, 'unknown_parameter', `${name} is said by the address already.`);
    }
    return parameters;
  }

  /** Of a query written as JSON or XML; `top` is the place of the whole. */
  static ofDefinition(query: JsonObject, top: string): Parameters {
    const parameters = new Parameters({}, `${top}/`);
    const given = Object.entries(query).filter(([name]) => name !== '@context');
    if (given.length > mostParameters)
      parameters.fault('', 'too_many', `At most ${mostParameters} parameters at once.`);
    for (const [name, value] of given.slice(0, mostParameters)) parameters.#take(name, value);
    return parameters;
  }

  #take(name: string, value: JsonValue): void {
    const values = Array.isArray(value) ? value : [value];
    if (values.some((one) => Array.isArray(one) || isObject(one)))
      this.fault(name, 'wrong_type', `${name.slice(0, 60)} is a text, a number or a list of them.`);
    // The standard ignores the value of an EXISTS parameter, and its schema lets it be null.
    const list = values.map((one) => (one === null || typeof one === 'object' ? '' : String(one)));
    if (list.some((one) => one.length > longestValue))
      this.fault(name, 'too_large', `A value has at most ${longestValue} characters.`);
    this.#given.set(name, { text: list.length === 1 ? (list[0] ?? '') : list.join('|'), list });
  }

  /** A parameter may be read more than once; its fault is told once. */
  fault(name: string, code: string, detail: string): void {
    const place = this.#top + (this.#top === '' ? name : pointerPart(name)).slice(0, longestPlace);
    if (this.faults.length >= mostFaults) return;
    if (this.faults.some((fault) => fault.place === place && fault.code === code)) return;
    this.faults.push({ place, code, detail });
  }

  names(): string[] {
    return [...new Set([...Object.keys(this.#fixed), ...this.#given.keys()])];
  }

  text(name: string): string | undefined {
    return this.#given.get(name)?.text;
  }

  /** Empty when the parameter is not there. */
  list(name: string): string[] {
    const fixed = Object.hasOwn(this.#fixed, name) ? this.#fixed[name] : undefined;
    if (fixed !== undefined) return [fixed];
    const given = this.#given.get(name);
    if (given === undefined) return [];
    const values = given.list.filter((each) => each !== '');
    if (values.length === 0) this.fault(name, 'missing', `${name} has no value.`);
    if (values.length > mostValues) this.fault(name, 'too_many', `At most ${mostValues} values at once.`);
    return values.slice(0, mostValues);
  }

  oneOf<T extends string>(name: string, words: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const found = words.find((word) => word === value);
    if (found === undefined) this.fault(name, 'not_in_vocabulary', `${name} is one of ${words.join(', ')}.`);
    return found;
  }

  /** EXISTS parameters: there, with no value, `true` or `1`. */
  isAsked(name: string): boolean {
    const value = this.text(name);
    if (value === undefined) return false;
    if (!['', 'true', '1', 'false', '0'].includes(value))
      this.fault(name, 'not_in_vocabulary', `${name.slice(0, 60)} is true or false.`);
    return value !== 'false' && value !== '0';
  }

  /** Unix ms. */
  time(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const at = readAddressTime(value);
    if (at === undefined) {
      const detail = `${value.slice(0, 40)} is no time with a zone, such as 2026-11-22T08:30:00+08:00.`;
      this.fault(name, 'not_a_time', detail);
    }
    return at;
  }

  number(name: string): number | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : this.#numberOf(name, value);
  }

  numbers(name: string): number[] {
    return this.list(name).flatMap((value) => this.#numberOf(name, value) ?? []);
  }

  #numberOf(name: string, value: string): number | undefined {
    const number = readNumber(value);
    if (number === undefined) this.fault(name, 'not_a_number', `${name} is a number, not ${value.slice(0, 40)}.`);
    return number;
  }

  whole(name: string, least: number, most: number): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const count = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (count >= least) return Math.min(count, most);
    this.fault(name, 'not_a_number', `${name} is a whole number from ${least}; more than ${most} is taken as ${most}.`);
    return undefined;
  }
}

export function readNumber(text: string): number | undefined {
  const number = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** Unix ms. A plus in an address is a space unless it was encoded. */
export function readAddressTime(text: string): number | undefined {
  return readTime(text.replace(' ', '+'));
}
