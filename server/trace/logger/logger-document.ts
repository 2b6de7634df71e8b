// The readings of a logger's file as EPCIS events about the lots of a shipment, between its two places.
import { siteUri } from '../code/lot-code-own.ts';
import type { JsonObject } from '../event/event.ts';
import { timeAtOffset } from '../event/event-time.ts';
import { placeZoneMinutes } from '../event/goods-day.ts';
import type { LoggedShipment } from './logged-shipment-store.ts';
import type { LoggerFile } from './logger-file.ts';
import type { LoggerReading } from './logger-reading.ts';

/** An event keeps ten thousand numbers; a temperature and a humidity are two. */
const readingsPerEvent = 4_000;

/** The same file attached twice gives the same events. */
export function loggerDocument(shipment: LoggedShipment, { readings, device }: LoggerFile, now: number): JsonObject {
  const parts: LoggerReading[][] = [];
  for (let at = 0; at < readings.length; at += readingsPerEvent) parts.push(readings.slice(at, at + readingsPerEvent));
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: new Date(now).toISOString(),
    epcisBody: { eventList: parts.map((part) => eventOf(shipment, part, device)) },
  };
}

function eventOf(
  { from, to, lots }: LoggedShipment,
  readings: readonly LoggerReading[],
  device: string | undefined,
): JsonObject {
  const classes = lots.filter(({ kind }) => kind === 'lot').map(({ code }) => ({ epcClass: code }));
  const pieces = lots.filter(({ kind }) => kind !== 'lot').map(({ code }) => code);
  const deviceID = device === undefined ? {} : { deviceID: `urn:brightkitchen:logger:${encodeURIComponent(device)}` };
  return {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    bizStep: 'sensor_reporting',
    eventTime: timeAtOffset(readings.at(-1)?.at ?? 0, placeZoneMinutes),
    eventTimeZoneOffset: '+08:00',
    ...(classes.length === 0 ? {} : { quantityList: classes }),
    ...(pieces.length === 0 ? {} : { epcList: pieces }),
    ...(from === null ? {} : { sourceList: [{ type: 'location', source: placeUri(from) }] }),
    ...(to === null ? {} : { destinationList: [{ type: 'location', destination: placeUri(to) }] }),
    sensorElementList: [{ sensorMetadata: deviceID, sensorReport: readings.flatMap(reportsOf) }],
  };
}

function reportsOf({ at, meanC, minC, maxC, humidity }: LoggerReading): JsonObject[] {
  const time = timeAtOffset(at, placeZoneMinutes);
  const range = minC === maxC ? {} : { minValue: minC, maxValue: maxC };
  return [
    { type: 'Temperature', value: meanC, ...range, uom: 'CEL', time },
    ...(humidity === undefined ? [] : [{ type: 'RelativeHumidity', value: humidity, uom: 'P1', time }]),
  ];
}

function placeUri(siteId: string): string {
  return /^\d{13}$|^local:/.test(siteId) ? siteUri(siteId) : siteId;
}
