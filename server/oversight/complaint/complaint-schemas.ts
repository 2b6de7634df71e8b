// What another system sends of a complaint.
import { z } from 'zod';
import { channels, complaintKinds } from './complaint.ts';

const text = (most: number) => z.string().trim().max(most);

export const newComplaintSchema = z.strictObject({
  /** Their own number: sent again, it is the same complaint. */
  reference: text(80).min(1),
  channel: z.enum(channels).default('api'),
  kind: z.enum(complaintKinds),
  words: text(2_000),
  when: z.iso.date(),
  hour: z.int().min(0).max(23).optional(),
  lot: text(300).optional(),
  site: text(200).optional(),
  contact: text(200).optional(),
  /** Whether whoever complained agreed that the shop sees the words and answers first. */
  settle: z.enum(['shop_first', 'office']).default('office'),
});
