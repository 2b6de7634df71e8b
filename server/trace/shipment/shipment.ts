// Goods that leave a place, as they are scanned out: to another place, or sold to consumers, written as EPCIS events.
import { z } from 'zod';
import { siteUri } from '../code/lot-code-own.ts';
import type { JsonObject } from '../event/event.ts';
import { timeAtOffset } from '../event/event-time.ts';
import { orderOf, orderUri } from '../event/purchase-order.ts';
import { typedAmount, typedQuantity } from '../sheet/typed-amount.ts';

export const mostLines = 100;

export const shipmentSchema = z.object({
  /** Site id the goods leave; the caller's only one when left out. */
  site: z.string().trim().max(200).optional(),
  /** When it was begun, ISO 8601 with zone; now when left out. The same shipment sent twice is one because this does not change. */
  at: z.iso.datetime({ offset: true }).optional(),
  way: z.enum(['ship', 'sell']).default('ship'),
  /** Who gets it: a site id, or a name. Needed for `ship`. */
  to: z.string().trim().max(200).optional(),
  /** The purchase order it answers: a URI. */
  order: orderUri,
  /** Lots that are recalled, on hold or expired leave only when somebody says so: back to the supplier, say. */
  accept: z.enum(['warned']).optional(),
  lines: z
    .array(
      z.object({
        code: z.string().trim().min(1).max(2_048),
        quantity: typedQuantity.optional(),
        unit: z
          .string()
          .trim()
          .max(40)
          .refine((unit) => typedAmount(undefined, unit) !== undefined, 'No unit; kg, 斤, 箱 or KGM are.')
          .optional(),
      }),
    )
    .min(1)
    .max(mostLines),
});
export type ShipmentInput = z.output<typeof shipmentSchema>;

export type ShipmentLine = {
  readonly key: string;
  readonly kind: 'lot' | 'piece';
  readonly quantity: number | undefined;
  readonly unit: string | undefined;
};

export type Shipment = {
  readonly at: number;
  readonly site: string;
  /** Undefined: sold to consumers. */
  readonly to: string | undefined;
  /** The purchase order's URI. */
  readonly order?: string | undefined;
  readonly lines: readonly ShipmentLine[];
};

const zoneMinutes = 480;

/** One event a line. `undoneAt`: the same events declared wrong, which have the same hash and void them. */
export function shipmentDocument(shipment: Shipment, now: number, undoneAt?: number): JsonObject {
  const declared =
    undoneAt === undefined
      ? {}
      : { errorDeclaration: { declarationTime: timeAtOffset(undoneAt, zoneMinutes), reason: 'did_not_occur' } };
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: new Date(now).toISOString(),
    epcisBody: {
      eventList: shipment.lines.map((line, index) => ({ ...eventOf(shipment, line, index), ...declared })),
    },
  };
}

/** Two boxes of one lot and one weight are two: each line has a moment of its own, a millisecond on. */
function eventOf(
  { at, site, to, order }: Shipment,
  { key, kind, quantity, unit }: ShipmentLine,
  index: number,
): JsonObject {
  const amount = quantity === undefined ? {} : { quantity, ...(unit === undefined ? {} : { uom: unit }) };
  return {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    bizStep: to === undefined ? 'retail_selling' : 'shipping',
    disposition: to === undefined ? 'retail_sold' : 'in_transit',
    eventTime: timeAtOffset(at + index, zoneMinutes),
    eventTimeZoneOffset: '+08:00',
    ...(kind === 'piece' ? { epcList: [key] } : { quantityList: [{ epcClass: key, ...amount }] }),
    readPoint: { id: placeUri(site) },
    ...orderOf(order),
    ...(to === undefined
      ? { bizLocation: { id: placeUri(site) } }
      : {
          sourceList: [{ type: 'location', source: placeUri(site) }],
          destinationList: [{ type: 'location', destination: placeUri(to) }],
        }),
  };
}

function placeUri(siteId: string): string {
  return /^\d{13}$|^local:/.test(siteId) ? siteUri(siteId) : siteId;
}
