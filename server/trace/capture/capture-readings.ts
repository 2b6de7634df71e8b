// Keeps the sensor readings of an event for every lot it is about.

import { linksOf } from '../event/chain-links.ts';
import { draftOf } from '../event/event-draft.ts';
import type { Reading } from '../event/event-sensor.ts';
import { rereadEvent } from './capture-document.ts';
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

/** Gives the readings kept under a lot to whatever lots their events are about now. */
export function reassignReadings(rows: CaptureRows, lotId: number): void {
  for (const [id, json, context] of rows.statements.readingEvents.all(lotId) as [number, string, string][]) {
    const event = rereadEvent(json, context);
    const kept = { id, at: event.eventTimeMs, links: linksOf(event) };
    keepReadings(rows, kept, draftOf(event).readings);
    if (!expandSubjects(rows, kept).includes(lotId)) rows.statements.dropReadings.run(lotId, id);
  }
}
