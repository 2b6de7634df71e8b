// Keeps the sensor readings of an event for every lot it is about.
import type { Reading } from '../event/event-sensor.ts';
import { expandSubjects, type KeptEvent } from './capture-edges.ts';
import type { CaptureRows } from './capture-rows.ts';

const mostRows = 100_000;

/** Writes `readings` under each lot the event names or its containers held. */
export function keepReadings(rows: CaptureRows, kept: KeptEvent, readings: readonly Reading[]): void {
  if (readings.length === 0) return;
  const lots = expandSubjects(rows, kept).slice(0, Math.max(1, Math.floor(mostRows / readings.length)));
  for (const lotId of lots) {
    for (const { type, at, value, minValue, maxValue, unit, device } of readings) {
      rows.statements.reading.run(lotId, type, at, kept.id, value, minValue, maxValue, unit, device);
    }
  }
}

/** Gives the readings of a kept event to whatever lots it is about now: a box may have been packed late, or a code stand for another lot. */
export function reassignReadings(rows: CaptureRows, kept: KeptEvent, readings: readonly Reading[]): void {
  if (readings.length === 0) return;
  keepReadings(rows, kept, readings);
  rows.statements.dropReadings.run(kept.id, JSON.stringify(expandSubjects(rows, kept)));
}
