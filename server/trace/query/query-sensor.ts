// Query parameters about sensor elements: kinds, devices, times, values in their units (EPCIS 2.0 §8.2.7.1).

import { bareName } from '../event/cbv.ts';
import type { EpcisEvent, JsonObject } from '../event/event.ts';
import { readTime } from '../event/event-time.ts';
import { objectsIn } from '../event/json-value.ts';
import { comparisons } from './comparison.ts';
import type { EventTest } from './event-test.ts';
import type { FieldTest } from './query-field.ts';
import type { Parameters } from './query-value.ts';

const elements = ({ json }: EpcisEvent) => objectsIn(json['sensorElementList']);
const metadata = (event: EpcisEvent) => elements(event).flatMap((one) => objectsIn(one['sensorMetadata']));
const reports = (event: EpcisEvent) => elements(event).flatMap((one) => objectsIn(one['sensorReport']));
const both = (event: EpcisEvent) => [...metadata(event), ...reports(event)];

type Holders = (event: EpcisEvent) => readonly JsonObject[];

/** One of the listed values must stand in the attribute of this name. */
const listed: Readonly<Record<string, Holders>> = {
  deviceID: both,
  dataProcessingMethod: both,
  bizRules: both,
  type: reports,
  microorganism: reports,
  chemicalSubstance: reports,
  stringValue: reports,
  hexBinaryValue: reports,
  uriValue: reports,
  booleanValue: reports,
};
const timed: Readonly<Record<string, Holders>> = { time: both, startTime: metadata, endTime: metadata };
const measured = /^(EQ|GT|GE|LT|LE)_(value|minValue|maxValue|meanValue|sDev|percValue)_([A-Z0-9]{2,4})$/;
const ranked = /^(EQ|GT|GE|LT|LE)_percRank$/;

/** Every event that can answer has this in its JSON. */
const sensorNeedle = '"sensorElementList"';

/** The test of such a parameter; undefined when its name is none of them. Adds the faults of its value. */
export function sensorTest(parameters: Parameters, name: string): FieldTest | undefined {
  if (name === 'EXISTS_sensorElementList' && !parameters.isAsked(name)) return { test: () => true, needle: '' };
  const test = testOf(parameters, name);
  return test === undefined ? undefined : { test, needle: sensorNeedle };
}

function testOf(parameters: Parameters, name: string): EventTest | undefined {
  if (name === 'EXISTS_sensorElementList') return (event) => elements(event).length > 0;
  const attribute = /^EQ_(\w+)$/.exec(name)?.[1] ?? '';
  if (Object.hasOwn(listed, attribute)) return listedTest(parameters, name, attribute);
  const [, sign = '', moment = ''] = /^(GE|LT)_(time|startTime|endTime)$/.exec(name) ?? [];
  const holders = timed[moment];
  if (holders !== undefined) return timeTest(parameters, name, sign, moment, holders);
  return numberTest(parameters, name);
}

function listedTest(parameters: Parameters, name: string, attribute: string): EventTest {
  const read = (text: string) =>
    attribute === 'type' ? bareName('measurement', text) : attribute === 'hexBinaryValue' ? text.toUpperCase() : text;
  const wanted = new Set(parameters.list(name).map(read));
  const wrong = attribute === 'booleanValue' ? [...wanted].find((text) => !/^(true|false)$/.test(text)) : undefined;
  if (wrong !== undefined) parameters.fault(name, 'not_in_vocabulary', `${name} is true or false.`);
  const holders = listed[attribute] ?? both;
  return (event) =>
    holders(event).some((one) => one[attribute] !== undefined && wanted.has(read(String(one[attribute]))));
}

function timeTest(parameters: Parameters, name: string, sign: string, moment: string, holders: Holders): EventTest {
  const limit = parameters.time(name) ?? 0;
  const compare = comparisons[sign];
  return (event) =>
    holders(event).some((one) => {
      const at = typeof one[moment] === 'string' ? readTime(one[moment]) : undefined;
      return at !== undefined && compare?.(at, limit) === true;
    });
}

/** Values in the unit asked for; temperatures are turned into it from any of the three. */
function numberTest(parameters: Parameters, name: string): EventTest | undefined {
  const [, sign, field = 'percRank', unit] = measured.exec(name) ?? ranked.exec(name) ?? [];
  const compare = sign === undefined ? undefined : comparisons[sign];
  if (compare === undefined) return undefined;
  const limits = sign === 'EQ' ? parameters.numbers(name) : [parameters.number(name) ?? 0];
  return (event) =>
    reports(event).some((one) => {
      const value = one[field];
      if (typeof value !== 'number') return false;
      const found = unit === undefined ? value : inUnit(value, String(one['uom'] ?? ''), unit, field);
      return found !== undefined && limits.some((limit) => compare(found, limit));
    });
}

function inUnit(value: number, given: string, asked: string, field: string): number | undefined {
  if (given === asked) return value;
  // A deviation is a difference: it has no zero to shift.
  const [from, to] = field === 'sDev' ? [] : [temperatures[given], temperatures[asked]];
  if (from === undefined || to === undefined) return undefined;
  const turned = ((value - from.zero) / from.degree) * to.degree + to.zero;
  // A unit's turn and back leaves dust behind the ninth digit.
  return Math.round(turned * 1e9) / 1e9;
}

/** What 0 °C and one degree Celsius are in each. */
const temperatures: Readonly<Record<string, { readonly zero: number; readonly degree: number }>> = {
  CEL: { zero: 0, degree: 1 },
  FAH: { zero: 32, degree: 1.8 },
  KEL: { zero: 273.15, degree: 1 },
};
