// A subscription to a query as it is asked for (EPCIS 2.0 §8.2.5, §12): read with every fault at its place.
import { z } from 'zod';
import { check } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { readTime } from '../event/event-time.ts';
import type { EventQuery } from '../query/query.ts';
import { type Schedule, type ScheduleField, scheduleFaults } from './schedule.ts';

export const mostSubscriptions = 50;
const longestAddress = 2_048;

const field = z.union([z.string().max(200), z.number().int().transform(String)]).optional();
const scheduleShape = {
  second: field,
  minute: field,
  hour: field,
  dayOfMonth: field,
  month: field,
  dayOfWeek: field,
} satisfies Record<ScheduleField, unknown>;

/** The body of POST /queries/{name}/subscriptions. */
export const subscriptionSchema = z.strictObject({
  dest: z.string().max(longestAddress).describe('https or http address that deliveries are posted to'),
  signatureToken: z
    .string()
    .min(16)
    .max(256)
    .optional()
    .describe('what deliveries are signed with; one is made and shown once when it is left out'),
  stream: z.literal(true).optional().describe('tell each event as soon as it is captured'),
  schedule: z.strictObject(scheduleShape).optional().describe('when to tell what was captured since the last time'),
  reportIfEmpty: z.boolean().default(false).describe('a scheduled run without events is told too'),
  initialRecordTime: z.string().optional().describe('only events captured from this time on; now when left out'),
});

export type NewSubscription = {
  readonly dest: string;
  readonly signatureToken: string | undefined;
  /** Undefined: each event at once. */
  readonly schedule: Schedule | undefined;
  readonly reportIfEmpty: boolean;
  /** Unix ms; undefined: now. */
  readonly initialAt: number | undefined;
};

/** Throws Problem with every fault. */
export function readSubscription(body: unknown, now: number): NewSubscription {
  const given = check(subscriptionSchema, body);
  const faults: Fault[] = [];
  const schedule = given.schedule === undefined ? undefined : (given.schedule as Schedule);
  if (schedule !== undefined) faults.push(...scheduleFaults(schedule, '/schedule', now));
  if ((schedule === undefined) === (given.stream === undefined)) {
    const detail = 'A subscription says either "stream": true or a schedule, not both and not neither.';
    faults.push({ place: '/stream', code: schedule === undefined ? 'missing' : 'excluded', detail });
  }
  const initialAt = given.initialRecordTime === undefined ? undefined : readTime(given.initialRecordTime);
  if (given.initialRecordTime !== undefined && initialAt === undefined) {
    const detail = 'initialRecordTime is a time with a zone, such as 2026-11-22T08:30:00+08:00.';
    faults.push({ place: '/initialRecordTime', code: 'not_a_time', detail });
  }
  if (faults.length > 0)
    throw new Problem('invalid_input', { type: 'epcisException:SubscriptionControlsException', faults });
  const { dest, signatureToken, reportIfEmpty } = given;
  return { dest, signatureToken, schedule, reportIfEmpty, initialAt };
}

/** A standing query tells everything once, in the order of capture: it cannot stop at a count. Throws Problem. */
export function refuseCounts({ eventCountLimit, maxEventCount }: EventQuery): void {
  if (eventCountLimit === undefined && maxEventCount === undefined) return;
  const detail = 'A query with eventCountLimit or maxEventCount can be asked and not subscribed to.';
  throw new Problem('invalid_input', {
    type: 'epcisException:SubscribeNotPermittedException',
    detail,
    faults: [{ place: '/query', code: 'not_offered', detail }],
  });
}
