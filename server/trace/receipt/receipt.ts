// A delivery as a cook scans it: boxes with what is known of them, written as EPCIS receiving events.
import { z } from 'zod';
import { type Fault, Problem } from '../../http/problem.ts';
import { type Element, humanReadable } from '../code/gs1-element-string.ts';
import { siteUri } from '../code/lot-code-own.ts';
import type { ScannedFacts } from '../code/scanned-facts.ts';
import type { JsonObject } from '../event/event.ts';
import { readTime, timeAtOffset } from '../event/event-time.ts';
import { dayOf, endOfDay, placeZoneMinutes, startOfDay } from '../event/goods-day.ts';
import { orderOf, orderUri } from '../event/purchase-order.ts';
import { readDay } from '../sheet/day-text.ts';
import { typedAmount, typedQuantity } from '../sheet/typed-amount.ts';

export const mostBoxes = 200;

/** What a person must have seen before such goods are taken. */
export const acknowledgements = ['recalled', 'held', 'expired'] as const;
export type Acknowledgement = (typeof acknowledgements)[number];

const filled = z.string().trim().min(1).max(2_048);
const day = z
  .string()
  .trim()
  .transform((text) => {
    const read = readDay(text);
    return read.ok && read.has === 'day' ? dayOf(read.at) : text;
  })
  .refine((text) => startOfDay(text) !== undefined, 'Write the day as 2026-11-30.');

export const receiptSchema = z.object({
  /** Site id that received; the caller's only one when left out. */
  site: z.string().trim().max(200).optional(),
  /** When it was scanned, ISO 8601 with zone; now when left out. A delivery sent twice is one because this does not change. */
  at: z.string().max(40).optional(),
  /** Who delivered: a site id, or a name. */
  from: z.string().trim().max(200).optional(),
  /** The purchase order it answers: a URI. */
  order: orderUri,
  boxes: z
    .array(
      z.object({
        code: filled,
        /** What the code says when left out, such as the weight in (310n). */
        quantity: typedQuantity.optional(),
        unit: z.string().trim().max(40).optional(),
        /** Measured on arrival. */
        celsius: z.coerce.number().min(-100).max(150).optional(),
        /** Last day of use and day of production as printed; what the code says when left out. */
        expiresOn: day.optional(),
        producedOn: day.optional(),
        /** Recalled and held goods are only taken when the person has seen that they are. */
        acknowledged: z.array(z.enum(acknowledgements)).max(acknowledgements.length).optional(),
      }),
    )
    .min(1)
    .max(mostBoxes),
});
export type ReceiptInput = z.output<typeof receiptSchema>;
export type BoxInput = ReceiptInput['boxes'][number];

/** The code of a box as it was found out. */
export type ScannedBox = {
  readonly key: string;
  readonly kind: 'lot' | 'instance' | 'container';
  readonly elements: readonly Element[];
  readonly facts: ScannedFacts;
};

export type ReceiptBox = {
  readonly key: string;
  readonly kind: ScannedBox['kind'];
  readonly quantity: number | undefined;
  readonly unit: string | undefined;
  readonly celsius: number | undefined;
  /** Days of the lot, unix ms. */
  readonly expiresAt: number | undefined;
  readonly producedAt: number | undefined;
  /** All that the label said beyond the name, `(17)270228(3103)012345`; undefined: nothing. */
  readonly label: string | undefined;
};

export type Receipt = {
  readonly at: number;
  readonly from: string | undefined;
  /** The purchase order's URI. */
  readonly order?: string | undefined;
  readonly boxes: readonly ReceiptBox[];
};

/** When the delivery was taken, unix ms; faults where it cannot be. */
export function receiptTime(
  { at: said }: ReceiptInput,
  now: number,
): { readonly at: number; readonly faults: readonly Fault[] } {
  const at = said === undefined || said === '' ? now : readTime(said);
  if (at === undefined)
    return {
      at: now,
      faults: [{ place: '/at', code: 'not_a_time', detail: 'Write the time as 2026-11-22T08:30:00+08:00.' }],
    };
  if (at <= now + 86_400_000) return { at, faults: [] };
  return { at, faults: [{ place: '/at', code: 'future', detail: 'The delivery lies more than a day in the future.' }] };
}

/** `scanned[i]` is box `i`. Throws Problem `invalid_input` naming every fault (`/boxes/0/unit`). */
export function readReceipt(input: ReceiptInput, at: number, scanned: readonly ScannedBox[]): Receipt {
  const faults: Fault[] = [];
  const boxes = scanned.flatMap((box, index) => {
    const typed = input.boxes[index];
    return typed === undefined ? [] : [boxOf(typed, box, `/boxes/${index}`, faults)];
  });
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  return { at, from: input.from === '' ? undefined : input.from, order: input.order, boxes };
}

/** What a person typed counts before what the label says. */
function boxOf(
  typed: BoxInput,
  { key, kind, elements, facts }: ScannedBox,
  place: string,
  faults: Fault[],
): ReceiptBox {
  const { expiresOn = facts.expiresOn, producedOn = facts.producedOn } = typed;
  return {
    key,
    kind,
    ...amountOf(typed, facts, place, faults),
    celsius: typed.celsius,
    expiresAt: expiresOn === undefined ? undefined : endOfDay(expiresOn),
    producedAt: producedOn === undefined ? undefined : startOfDay(producedOn),
    label: labelOf(elements, typed, facts),
  };
}

function amountOf(
  typed: BoxInput,
  { amount }: ScannedFacts,
  place: string,
  faults: Fault[],
): Pick<ReceiptBox, 'quantity' | 'unit'> {
  const read = typedAmount(typed.quantity, typed.unit);
  if (read === undefined)
    faults.push({
      place: `${place}/unit`,
      code: 'unknown_unit',
      detail: `${(typed.unit ?? '').slice(0, 20)} is no unit; kg, 斤, 箱 or KGM are.`,
    });
  return typed.quantity === undefined && amount !== undefined
    ? amount
    : (read ?? { quantity: undefined, unit: undefined });
}

const names = new Set(['00', '01', '02', '10', '21']);

/** In the order of their identifiers, so that two scans of one label say the same. */
function labelOf(elements: readonly Element[], input: BoxInput, facts: ScannedFacts): string | undefined {
  const typed = [
    ...typedDay('17', input.expiresOn, facts.expiresOn),
    ...typedDay('11', input.producedOn, facts.producedOn),
  ];
  const scanned = elements.filter(({ ai }) => !names.has(ai) && !typed.some((each) => each.ai === ai));
  const said = [...scanned, ...typed].sort((a, b) => (a.ai < b.ai ? -1 : 1));
  return said.length === 0 ? undefined : humanReadable(said);
}

/** A day that the form filled in from the code was not typed. */
function typedDay(ai: string, typed: string | undefined, said: string | undefined): Element[] {
  return typed === undefined || typed === said ? [] : [{ ai, value: typed.slice(2).replaceAll('-', '') }];
}

/** Our own words in an event, beside those of the standard. */
const vocabulary = { brightkitchen: 'urn:brightkitchen:voc:' };

/** One event a box, so that each keeps its own temperature and a box added later doubles nothing. */
export function receiptDocument(receipt: Receipt, siteId: string, now: number): JsonObject {
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', vocabulary],
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

function eventOf(box: ReceiptBox, turn: number, { at, from, order }: Receipt, siteId: string): JsonObject {
  const eventTime = timeAtOffset(at + turn, placeZoneMinutes);
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
    ...orderOf(order),
    ...(box.label === undefined ? {} : { 'brightkitchen:label': box.label }),
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
