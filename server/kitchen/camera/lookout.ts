// What a lookout of a camera may be set to: its rule, its zone, when it watches, and how large, how long and how often.
import { z } from 'zod';
import type { OpeningHours } from '../restaurant/hours.ts';
import { isOpen } from '../restaurant/hours.ts';

export const mostLookouts = 8;
/** By day, by lamp, at night. */
export const mostShown = 3;

export const lookoutRuleIds = ['person', 'fire', 'floor', 'clothes', 'hat', 'bare'] as const;
export type LookoutRuleId = (typeof lookoutRuleIds)[number];

export const lookoutTimes = ['always', 'open', 'closed', 'between'] as const;
export type LookoutTime = (typeof lookoutTimes)[number];

/** Families of colour that people name alike under any lamp; pale ones count as white, orange and brown as yellow. */
export const clothesColours = ['white', 'grey', 'black', 'blue', 'green', 'red', 'yellow', 'purple'] as const;
export type ClothesColour = (typeof clothesColours)[number];

/** A shop may not take away what the regulator asked for. */
export const lookoutSetters = ['shop', 'house'] as const;

const fraction = z.number().min(0).max(1);
const minute = z.int().min(0).max(1439);

export const lookoutSchema = z
  .strictObject({
    /** Stays the same while it is changed: what it remembers goes by it. */
    id: z.string().regex(/^[a-z0-9]{1,12}$/),
    rule: z.enum(lookoutRuleIds),
    name: z.string().min(1).max(40),
    nameEn: z.string().max(80).optional(),
    /** A polygon, in fractions of the picture. */
    points: z
      .array(z.tuple([fraction, fraction]))
      .min(3)
      .max(40),
    /** When it watches; the camera's own hours say when it is open. */
    when: z.enum(lookoutTimes),
    /** For `between`: minutes after midnight in Beijing, past midnight where `to` is smaller. */
    from: minute.optional(),
    to: minute.optional(),
    /** Smaller than this, in pixels of the picture as it came, does not count. */
    leastPx: z.int().min(6).max(2000),
    /** It has to hold so long without a gap. */
    holdSeconds: z.int().min(0).max(3600),
    /** Within this time it is not said again. */
    againMinutes: z.int().min(1).max(1440),
    /** When somebody said that all is as it should be (clean, off), unix ms: the looks after that are what later ones are held against. */
    shown: z.array(z.int()).max(mostShown).optional(),
    /** Of work clothes in this kitchen, aprons among them; of its hats where the rule is about hats. */
    colours: z.array(z.enum(clothesColours)).max(clothesColours.length).optional(),
    setBy: z.enum(lookoutSetters),
  })
  .refine(({ when, from, to }) => when !== 'between' || (from !== undefined && to !== undefined && from !== to), {
    path: ['from'],
    message: 'Give both times, and not the same one twice.',
  });

export type Lookout = z.infer<typeof lookoutSchema>;

/** No two with one id. */
export const lookoutsSchema = z
  .array(lookoutSchema)
  .max(mostLookouts)
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, { message: 'Each id once.' });

/** Whether a lookout watches at this moment; `hours` are those in which the camera's kitchen works. */
export function watchesAt({ when, from = 0, to = 0 }: Lookout, hours: OpeningHours, at: number): boolean {
  if (when === 'always') return true;
  if (when === 'between') return isOpen({ opensAtMinute: from, closesAtMinute: to }, at);
  return isOpen(hours, at) === (when === 'open');
}
