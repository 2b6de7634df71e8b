// Reads which part of the queue is wanted from the desk's address, and writes it there again.
import { z } from 'zod';
import { type QueueFilter, type QueueView, queueOrders, type ReviewQueue } from '../flag/queue.ts';

const id = z.coerce.number().int().positive().optional().catch(undefined);

// What cannot be read is left out: a link that somebody cut still opens the desk.
const querySchema = z.object({
  violation: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,39}$/)
    .optional()
    .catch(undefined),
  district: id,
  kitchen: id,
  camera: id,
  hours: z.coerce.number().int().min(1).max(8760).optional().catch(undefined),
  order: z.enum(queueOrders).catch('age'),
});

export const queuePaths: Readonly<Record<ReviewQueue, string>> = {
  desk: '/review',
  lens: '/review/lens',
  unsure: '/review/unsure',
};

export function readView(queue: ReviewQueue, query: Readonly<Record<string, unknown>>): QueueView {
  const blankLeftOut = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
  const { violation, district, kitchen, camera, hours, order } = querySchema.parse(blankLeftOut);
  const filter: QueueFilter = {
    violation,
    districtId: district,
    restaurantId: kitchen,
    cameraId: camera,
    olderHours: hours,
  };
  return { queue, order, filter };
}

/** The query of an address, without the question mark; empty for the plain queue. */
export function queryOf({ order, filter }: QueueView): string {
  const { violation, districtId, restaurantId, cameraId, olderHours } = filter;
  const all = {
    violation,
    district: districtId,
    kitchen: restaurantId,
    camera: cameraId,
    hours: olderHours,
    order: order === 'age' ? undefined : order,
  };
  const said = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return new URLSearchParams(said).toString();
}

export function addressOf(view: QueueView): string {
  const query = queryOf(view);
  return query === '' ? queuePaths[view.queue] : `${queuePaths[view.queue]}?${query}`;
}
