// The numbers of an event's sensors, each with its time, temperatures in °C.
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

/** The numeric reports of an event, each with its time: the report's, the element's, else the event's. */
export function sensorReadings(event: EpcisEvent): readonly Reading[] {
  if (event.sensorElements.length === 0) return none;
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
  return readings.slice(0, mostReadings);
}

const none: readonly Reading[] = [];

function middle({ minValue, maxValue }: SensorReport): number | undefined {
  return minValue !== undefined && maxValue !== undefined ? (minValue + maxValue) / 2 : (minValue ?? maxValue);
}

/** UN/CEFACT: CEL °C, FAH °F, KEL K; a temperature without a unit is taken as °C. */
function celsius(value: number, unit: string | undefined): number {
  if (unit === 'FAH') return ((value - 32) * 5) / 9;
  return unit === 'KEL' ? value - 273.15 : value;
}
