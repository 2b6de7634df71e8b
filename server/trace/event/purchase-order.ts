// The purchase order that goods are sent and received for, as an EPCIS business transaction.
import { z } from 'zod';
import type { JsonObject } from './event.ts';

/** A URI, such as `urn:uuid:…`; left out: no order is named. */
export const orderUri = z
  .string()
  .trim()
  .max(200)
  .regex(/^(urn:[a-z0-9][a-z0-9-]{0,31}:|https?:\/\/)\S+$/i, 'A URI, such as urn:uuid:… or https://….')
  .optional();

/** The part of an event that names it (CBV 2.0 §7.3: `po`). */
export function orderOf(order: string | undefined): JsonObject {
  return order === undefined ? {} : { bizTransactionList: [{ type: 'po', bizTransaction: order }] };
}
