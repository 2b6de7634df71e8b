// Keeps the sensor readings of an event for every lot it is about, temperatures in °C.
import { expandSubjects, type KeptEvent } from './capture-edges.ts';
import type { CaptureRows } from './capture-rows.ts';
import type { EpcisEvent, SensorReport } from './event.ts';

export type Reading = {
  readonly type: string;
  /** Unix ms. */
  readonly at: number;
  readonly value: number;
  readonly minValue: number;
  readonly maxValue: number;
  readonly unit: string | null;
  readonly device: string | null;
};

const mostReadings = 10_000;
const mostRows = 100_000;

/** Writes the readings of `kept` under each lot it names or its containers held. */
export function readingsOf(rows: CaptureRows, kept: KeptEvent): void {
  const readings = sensorReadings(kept.event).slice(0, mostReadings);
  if (readings.length === 0) return;
  const lots = expandSubjects(rows, kept.event).slice(0, Math.max(1, Math.floor(mostRows / readings.length)));
  for (const lotId of lots) {
    for (const { type, at, value, minValue, maxValue, unit, device } of readings) {
      rows.statements.reading.run(lotId, type, at, kept.id, value, minValue, maxValue, unit, device);
    }
  }
}

/** The numeric reports of an event, each with its time: the report's, the element's, else the event's. */
export function sensorReadings(event: EpcisEvent): Reading[] {
  const readings: Reading[] = [];
  for (const element of event.sensorElements) {
    const elementTime = element.timeMs ?? element.endTimeMs ?? event.eventTimeMs;
    for (const report of element.reports) {
      const value = report.value ?? report.meanValue ?? middle(report);
      if (value === undefined || report.type === undefined) continue;
      const inUnit = (number: number) => (report.type === 'Temperature' ? celsius(number, report.uom) : number);
      readings.push({
        type: report.type,
        at: report.timeMs ?? elementTime,
        value: inUnit(value),
        minValue: inUnit(report.minValue ?? value),
        maxValue: inUnit(report.maxValue ?? value),
        unit: report.type === 'Temperature' ? 'CEL' : (report.uom ?? null),
        device: report.deviceID ?? element.deviceID ?? null,
      });
    }
  }
  return readings;
}

function middle({ minValue, maxValue }: SensorReport): number | undefined {
  return minValue !== undefined && maxValue !== undefined ? (minValue + maxValue) / 2 : (minValue ?? maxValue);
}

/** UN/CEFACT: CEL °C, FAH °F, KEL K; a temperature without a unit is taken as °C. */
function celsius(value: number, unit: string | undefined): number {
  if (unit === 'FAH') return ((value - 32) * 5) / 9;
  return unit === 'KEL' ? value - 273.15 : value;
}
