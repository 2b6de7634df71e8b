// What a sender should know of the lots of an event that is taken all the same: dates nobody can read, a lot number that
// contradicts the lot's own name, a time far from when it was recorded.

import type { EpcisEvent } from '../event/event.ts';
import { datedNames, isStandardKey, lotMasterData, masterData } from '../event/event-master-data.ts';
import { batchOf, begunBy } from '../event/event-pieces.ts';
import { readLabelDay } from '../event/label-day.ts';
import { addFault, type EpcisWarningCode, shown } from './fault.ts';
import type { Reader } from './field.ts';

/** Adds warnings, never faults. `at` is the event's place. */
export function warnOfLots(reader: Reader, at: string, event: EpcisEvent): void {
  warnOfTime(reader, at, event);
  if (event.ilmd === undefined) return;
  warnOfDates(reader, at, event);
  const said = lotMasterData(event).lotNumber;
  const other =
    said === undefined
      ? undefined
      : begunBy(event)
          .map(batchOf)
          .find((batch) => batch !== undefined && batch !== said.text);
  if (said === undefined || other === undefined) return;
  const detail = `the master data says lot ${shown(said.text)}, and the goods are named lot ${shown(other)}: the name counts`;
  addFault(reader.warnings, `${at}/ilmd/${escaped(said.key)}`, 'lot_contradicts', detail);
}

/** Dates and lot numbers that nobody can read, that are said twice, or that stand under a name which is none of the standard. */
function warnOfDates(reader: Reader, at: string, event: EpcisEvent): void {
  const known = masterData(event);
  const warn = (key: string, code: EpcisWarningCode, detail: string) =>
    addFault(reader.warnings, `${at}/ilmd/${escaped(key)}`, code, detail);
  for (const [key, value] of Object.entries(event.ilmd ?? {})) {
    const name = lookedAt.find((one) => one.toLowerCase() === localName(key).toLowerCase());
    if (name === undefined) continue;
    const counted = known.get(name);
    const unreadable = `is no date of the standard, and is not kept: write 2026-12-31`;
    if (counted === undefined) {
      if (isStandardKey(key, event.context) && localName(key) === name)
        warn(key, 'unreadable_date', `what stands here ${unreadable}`);
      else warn(key, 'not_standard', notStandard(key, name, event));
    } else if (counted.key === key) {
      if (Array.isArray(value) && new Set(value.map((one) => JSON.stringify(one))).size > 1)
        warn(key, 'said_twice', `${name} is said more than once; ${shown(counted.text)} counts`);
      if (datedNames.includes(name) && readLabelDay(counted.text, event.eventTimeMs) === undefined)
        warn(key, 'unreadable_date', `${shown(counted.text)} ${unreadable}`);
    }
  }
}

const lookedAt: readonly string[] = [...datedNames, 'lotNumber'];

function notStandard(key: string, name: string, { context: { namespaces } }: EpcisEvent): string {
  const prefix = key.split(':')[0] ?? '';
  const means = Object.hasOwn(namespaces, prefix) ? ` (its prefix means ${shown(namespaces[prefix] ?? '')})` : '';
  return `${key} is no attribute of the standard${means}, and is not read: write cbvmda:${name}, where cbvmda is urn:epcglobal:cbv:mda`;
}

function localName(key: string): string {
  return key.slice(Math.max(key.lastIndexOf(':'), key.lastIndexOf('/'), key.lastIndexOf('#')) + 1);
}

const minuteMs = 60_000;
// Clocks differ by minutes; a zone left out makes hours.
const aheadMs = 15 * minuteMs;
const behindMs = 366 * 24 * 60 * minuteMs;

function warnOfTime(reader: Reader, at: string, { eventTimeMs, recordTimeMs }: EpcisEvent): void {
  if (recordTimeMs === undefined) return;
  const behind = recordTimeMs - eventTimeMs;
  if (behind < -aheadMs) {
    const detail = `it is said to have happened ${hours(-behind)} after it was recorded: is its zone right?`;
    addFault(reader.warnings, `${at}/eventTime`, 'after_record', detail);
  } else if (behind > behindMs) {
    addFault(
      reader.warnings,
      `${at}/eventTime`,
      'long_before_record',
      'it happened more than a year before it was recorded: is its year right?',
    );
  }
}

function hours(ms: number): string {
  return ms >= 60 * minuteMs ? `${Math.round(ms / (60 * minuteMs))} h` : `${Math.round(ms / minuteMs)} min`;
}

/** A key as a part of a JSON pointer. */
function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
