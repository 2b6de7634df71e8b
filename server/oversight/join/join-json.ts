// The join for programs: the kitchens of a lot with their frames, and the lots of a flag's hour.
import { z } from 'zod';
import type { PresentLot } from '../../../views/oversight/join/flag-lots-page.tsx';
import type { JoinedLot, StayedKitchen } from '../../../views/oversight/join/lot-kitchens-page.tsx';
import type { Operations } from '../../http/openapi.ts';

const tag = 'Oversight';
const lot = z.object({ lot: z.int(), product: z.string().nullable(), batch: z.string(), state: z.string() });
const frame = z.object({ at: z.iso.datetime(), place: z.string(), picture: z.string() });

const kitchensAnswer = z.object({
  lot: z.int(),
  kitchens: z.array(
    z.object({
      restaurant: z.int(),
      name: z.string(),
      since: z.iso.datetime(),
      until: z.iso.datetime().nullable(),
      goods: z.array(lot.extend({ scope: z.string() })),
      frames: z.array(frame).nullable(),
      kept: z.int().nullable(),
    }),
  ),
  cut: z.boolean(),
});
const lotsAnswer = z.object({
  flag: z.int(),
  at: z.iso.datetime(),
  site: z.string(),
  lots: z.array(lot.extend({ presence: z.string(), came: z.iso.datetime(), left: z.iso.datetime().nullable() })),
  cut: z.boolean(),
});

export const joinOperations: Operations = {
  'GET /api/lots/:id/kitchens': {
    summary:
      'Kitchens that had the lot or anything made of it, when, and their frames of those hours; null outside the district',
    tag,
    answer: kitchensAnswer,
  },
  'GET /api/flags/:id/lots': {
    summary: 'The lots that were in the kitchen at the hour of a flag, and how that is known',
    tag,
    answer: lotsAnswer,
  },
};

export function kitchensJson(
  id: number,
  { kitchens, cut }: { readonly kitchens: readonly StayedKitchen[]; readonly cut: boolean },
): z.infer<typeof kitchensAnswer> {
  return {
    lot: id,
    kitchens: kitchens.map(({ restaurantId, name, since, until, goods, seen }) => ({
      restaurant: restaurantId,
      name,
      since: time(since),
      until: until === null ? null : time(until),
      goods: goods.map(({ scope, ...held }) => ({ ...lotJson(held), scope })),
      frames: seen === null ? null : seen.frames.map(({ at, place, href }) => ({ at: time(at), place, picture: href })),
      kept: seen === null ? null : seen.total,
    })),
    cut,
  };
}

export function lotsJson(
  { id, at, siteId }: { readonly id: number; readonly at: number; readonly siteId: string },
  { lots, cut }: { readonly lots: readonly PresentLot[]; readonly cut: boolean },
): z.infer<typeof lotsAnswer> {
  return {
    flag: id,
    at: time(at),
    site: siteId,
    lots: lots.map(({ presence, cameAt, leftAt, ...held }) => ({
      ...lotJson(held),
      presence,
      came: time(cameAt),
      left: leftAt === null ? null : time(leftAt),
    })),
    cut,
  };
}

function lotJson({ id, productName, batch, state }: JoinedLot): z.infer<typeof lot> {
  return { lot: id, product: productName, batch, state };
}

function time(at: number): string {
  return new Date(at).toISOString();
}
