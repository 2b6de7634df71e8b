// What a sender should know of the lots of an event that is taken all the same: dates nobody can read, a lot number that
// contradicts the lot's own name, a time far from when it was recorded.

import type { EpcisEvent } from '../event/event.ts';
import { datedNames, lotMasterData, masterData } from '../event/event-master-data.ts';
import { batchOf, begunBy } from '../event/event-pieces.ts';
import { readLabelDay } from '../event/label-day.ts';
import { addFault, shown } from './fault.ts';
import type { Reader } from './field.ts';

/** Adds warnings, never faults. `at` is the event's place. */
export function warnOfLots(reader: Reader, at: string, event: EpcisEvent): void {
  warnOfTime(reader, at, event);
  if (event.ilmd === undefined) return;
  for (const [name, { key, text }] of masterData(event)) {
    if (!datedNames.includes(name) || readLabelDay(text) !== undefined) continue;
    const detail = `${shown(text)} is no date of the standard, and is not kept: write 2026-12-31`;
    addFault(reader.warnings, `${at}/ilmd/${escaped(key)}`, 'unreadable_date', detail);
  }
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
