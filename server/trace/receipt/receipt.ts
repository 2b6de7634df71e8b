// A delivery as a cook scans it: boxes with what is known of them, written as EPCIS receiving events.
import { z } from 'zod';
import { type Fault, Problem } from '../../http/problem.ts';
import { unitCode } from '../code/balance-unit.ts';
import { readLotCode } from '../code/lot-code.ts';
import { siteUri } from '../code/lot-code-own.ts';
import type { JsonObject } from '../event/event.ts';
import { readTime, timeAtOffset } from '../event/event-time.ts';

export const mostBoxes = 200;

const filled = z.string().trim().min(1).max(2_048);

export const receiptSchema = z.object({
  /** Site id that received; the caller's only one when left out. */
  site: z.string().trim().max(200).optional(),
  /** When it was scanned, ISO 8601 with zone; now when left out. A delivery sent twice is one because this does not change. */
  at: z.string().max(40).optional(),
  /** Who delivered: a site id, or a name. */
  from: z.string().trim().max(200).optional(),
  boxes: z
    .array(
      z.object({
        code: filled,
        quantity: z.coerce.number().positive().max(1e12).optional(),
        unit: z.string().trim().max(40).optional(),
        /** Measured on arrival. */
        celsius: z.coerce.number().min(-100).max(150).optional(),
      }),
    )
    .min(1)
    .max(mostBoxes),
});
export type ReceiptInput = z.output<typeof receiptSchema>;

export type ReceiptBox = {
  readonly key: string;
  readonly kind: 'lot' | 'instance' | 'container';
  readonly isOwn: 'own' | 'gs1';
  readonly given: string;
  readonly quantity: number | undefined;
  readonly unit: string | undefined;
  readonly celsius: number | undefined;
};

export type Receipt = { readonly at: number; readonly from: string | undefined; readonly boxes: readonly ReceiptBox[] };

/** Throws Problem `invalid_input` naming every fault (`/boxes/0/code`). */
export function readReceipt(input: ReceiptInput, now: number): Receipt {
  const faults: Fault[] = [];
  const at = input.at === undefined || input.at === '' ? now : readTime(input.at);
  if (at === undefined)
    faults.push({ place: '/at', code: 'not_a_time', detail: 'Write the time as 2026-11-22T08:30:00+08:00.' });
  if (at !== undefined && at > now + 86_400_000)
    faults.push({ place: '/at', code: 'future', detail: 'The delivery lies more than a day in the future.' });
  const boxes = input.boxes.flatMap((box, index) => readBox(box, `/boxes/${index}`, faults));
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  return { at: at ?? now, from: input.from === '' ? undefined : input.from, boxes };
}

function readBox(box: ReceiptInput['boxes'][number], place: string, faults: Fault[]): ReceiptBox[] {
  const code = readLotCode(box.code);
  if (!code.ok) {
    faults.push({
      place: `${place}/code`,
      code: code.fault,
      detail: `No lot can be read from ${code.found === '' ? 'this' : code.found}.`,
    });
    return [];
  }
  const unit = box.unit === undefined || box.unit === '' ? undefined : unitCode(box.unit);
  if (box.unit !== undefined && box.unit !== '' && unit === undefined)
    faults.push({
      place: `${place}/unit`,
      code: 'unknown_unit',
      detail: `${box.unit.slice(0, 20)} is no unit; kg, 箱 or KGM are.`,
    });
  const kind = code.kind === 'container' || code.kind === 'instance' ? code.kind : 'lot';
  return [
    {
      key: code.key,
      kind,
      isOwn: code.kind === 'own' ? 'own' : 'gs1',
      given: box.code,
      quantity: box.quantity,
      unit: unit === 'C62' ? undefined : unit,
      celsius: box.celsius,
    },
  ];
}

const zoneMinutes = 480;

/** One event a box, so that each keeps its own temperature and a box added later doubles nothing. */
export function receiptDocument(receipt: Receipt, siteId: string, now: number): JsonObject {
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: new Date(now).toISOString(),
    epcisBody: { eventList: receipt.boxes.map((box, index) => eventOf(box, turnOf(receipt, index), receipt, siteId)) },
  };
}

/**
 * How many boxes just like this one stood before it. Two boxes of one lot and one weight are two: each has a moment of its
 * own, a millisecond on, and keeps it when the delivery is sent again. Without an amount a second scan is the same box.
 */
function turnOf({ boxes }: Receipt, index: number): number {
  const box = boxes[index];
  if (box === undefined || box.kind !== 'lot' || box.quantity === undefined) return 0;
  const alike = ({ key, quantity, unit, celsius }: ReceiptBox) =>
    key === box.key && quantity === box.quantity && unit === box.unit && celsius === box.celsius;
  return boxes.slice(0, index).filter(alike).length;
}

function eventOf(box: ReceiptBox, turn: number, { at, from }: Receipt, siteId: string): JsonObject {
  const eventTime = timeAtOffset(at + turn, zoneMinutes);
  const lot = {
    epcClass: box.key,
    ...(box.quantity === undefined
      ? {}
      : { quantity: box.quantity, ...(box.unit === undefined ? {} : { uom: box.unit }) }),
  };
  return {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    bizStep: 'receiving',
    eventTime,
    eventTimeZoneOffset: '+08:00',
    ...(box.kind === 'lot' ? { quantityList: [lot] } : { epcList: [box.key] }),
    readPoint: { id: placeUri(siteId) },
    bizLocation: { id: placeUri(siteId) },
    ...(from === undefined ? {} : { sourceList: [{ type: 'location', source: placeUri(from) }] }),
    ...(box.celsius === undefined
      ? {}
      : {
          sensorElementList: [
            { sensorReport: [{ type: 'Temperature', value: box.celsius, uom: 'CEL', time: eventTime }] },
          ],
        }),
  };
}

function placeUri(siteId: string): string {
  return /^\d{13}$|^local:/.test(siteId) ? siteUri(siteId) : siteId;
}
