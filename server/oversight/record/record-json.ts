// A kitchen's public record for programs.
import { z } from 'zod';
import type { PublicRecord } from '../../../views/oversight/record/record-data.ts';

const time = z.string().nullable();

export const recordAnswer = z.object({
  site: z.string(),
  name: z.string(),
  nameEn: z.string().nullable(),
  closedOn: z.string().nullable().describe('The first day without business; null while it is open'),
  formerNames: z.array(z.object({ name: z.string(), nameEn: z.string().nullable(), until: time })),
  licence: z.string(),
  licenceUntil: z.string().nullable(),
  address: z.string(),
  grade: z.enum(['A', 'B', 'C']).nullable(),
  gradeSince: time,
  credit: z.int(),
  dineIn: z.boolean(),
  brightKitchen: z.boolean().describe('True only while a camera is really live'),
  cameras: z.int(),
  live: z.int(),
  orders: z.array(
    z.object({
      violation: z.string().nullable().describe('Null: taken back'),
      state: z.string(),
      issued: time,
      closed: time,
      late: z.boolean(),
    }),
  ),
  visits: z.array(z.object({ result: z.string().nullable(), at: time })),
  recalls: z.array(z.object({ product: z.string(), state: z.string(), answered: z.boolean(), told: time })),
});

export function answerOf(record: PublicRecord): z.output<typeof recordAnswer> {
  const at = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  const {
    site,
    name,
    nameEn,
    closedOn,
    licence,
    licenceUntil,
    address,
    grade,
    gradeSince,
    credit,
    dineIn,
    cameras,
    live,
  } = record;
  return {
    ...{ site, name, nameEn, closedOn, licence, licenceUntil, address, grade, credit, cameras, live },
    formerNames: record.formerNames.map(({ name: former, nameEn: formerEn, at: until }) => ({
      name: former,
      nameEn: formerEn,
      until: at(until),
    })),
    gradeSince: at(gradeSince),
    dineIn: dineIn === 1,
    brightKitchen: live > 0,
    orders: record.orders.map(({ violation, state, at: issued, closedAt, late }) => ({
      violation: state === 'withdrawn' ? null : violation,
      state,
      issued: at(issued),
      closed: at(closedAt),
      late: late === 1 && state !== 'withdrawn',
    })),
    visits: record.visits.map(({ result, at: ended }) => ({ result, at: at(ended) })),
    recalls: record.recalls.map(({ product, state, answer, at: told }) => ({
      product,
      state,
      answered: answer === 'answered',
      told: at(told),
    })),
  };
}
