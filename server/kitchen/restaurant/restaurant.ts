// What a restaurant's registration has to say: a minute on a phone.
import { z } from 'zod';
import { minuteOfDay } from './hours.ts';

const blankAsUnset = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const optionalText = (longest: number) => z.preprocess(blankAsUnset, z.string().trim().max(longest).optional());
const timeOfDay = z.string().refine((text) => minuteOfDay(text) !== undefined, 'Write the time as 09:30.');

export const newRestaurantSchema = z.object({
  name: z.string().trim().min(2).max(60),
  nameEn: optionalText(120),
  /** 食品经营许可证: JY and 14 digits. */
  licence: z
    .string()
    .trim()
    .regex(/^JY\d{14}$/, 'A licence number is JY and 14 digits.'),
  licenceUntil: z.preprocess(blankAsUnset, z.iso.date().optional()),
  address: z.string().trim().min(2).max(120),
  addressEn: optionalText(200),
  opensAt: timeOfDay.default('09:00'),
  closesAt: timeOfDay.default('22:00'),
  /** GLN of the place, when it has one. */
  gln: z.preprocess(
    blankAsUnset,
    z
      .string()
      .regex(/^\d{13}$/, 'A GLN has 13 digits.')
      .optional(),
  ),
});

export type NewRestaurant = z.infer<typeof newRestaurantSchema>;

/** GS1 mod 10: whether the last digit of a GLN fits the others. */
export function glnHolds(gln: string): boolean {
  const digits = [...gln].map(Number);
  const sum = digits.slice(0, -1).reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 3), 0);
  return (10 - (sum % 10)) % 10 === digits.at(-1);
}

/** The site id of a place without a GLN. The licence number is unique in the country. */
export function localSiteId(licence: string): string {
  return `local:${licence.toLowerCase()}`;
}
