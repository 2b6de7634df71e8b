// What a notice is sent as, by the house and by people, and what a preview asks.
import { z } from 'zod';
import { audienceSchema } from './audience.ts';
import { noticeWordsSchema, writtenKinds } from './notice.ts';

export const noticeSchema = noticeWordsSchema.extend({
  to: audienceSchema,
  /** The same key is the same notice: sent again, nobody is told twice. */
  key: z.string().trim().min(1).max(100).nullish(),
});
/** What people write; the house's own kinds are the house's. */
export const writtenNoticeSchema = noticeSchema.extend({ kind: z.enum(writtenKinds) });
export const previewSchema = z.object({ to: audienceSchema });
