// A notice: what it is about, its words in both languages, and when somebody who sleeps is told.
import { z } from 'zod';
import { dayMs } from '../../clock.ts';

/** What a notice is about; the house's own kinds beside those that people write. */
export const noticeKinds = [
  'general',
  'rule',
  'training',
  'weather',
  'recall',
  'alert',
  'visit',
  'complaint',
  'order',
  'day',
  'trade',
  'ask',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What people choose from when they write one; the rest is said by the house. */
export const writtenKinds = [
  'general',
  'rule',
  'training',
  'weather',
  'alert',
] as const satisfies readonly NoticeKind[];

/** These wake people: they are about goods that somebody may eat tonight. */
const urgent: ReadonlySet<NoticeKind> = new Set(['recall', 'alert']);

export const noticeChannels = ['email', 'webhook'] as const;
export type NoticeChannel = (typeof noticeChannels)[number];

export const deliveryStates = ['waiting', 'sent', 'dead'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Words in both languages; without English ones the reader gets the Chinese. */
export type BothWords = { readonly zh: string; readonly en?: string | null };

const words = (longest: number) =>
  z.object({ zh: z.string().trim().min(2).max(longest), en: z.string().trim().max(longest).nullish() });

export const noticeWordsSchema = z.object({
  kind: z.enum(noticeKinds),
  title: words(120),
  body: words(4_000),
  /** A page of this server that it leads to. */
  href: z
    .string()
    .max(300)
    .regex(/^\/(?!\/)[^\s\\]*$/, 'A path of this server, such as /orders/7.')
    .nullish(),
});

export function wordsIn(lang: string, { zh, en }: BothWords): string {
  return lang === 'en' && en !== undefined && en !== null && en !== '' ? en : zh;
}

/** Minutes after midnight, Beijing time; equal minutes mean none. */
export type QuietHours = { readonly fromMinute: number; readonly untilMinute: number };

const beijingMs = 8 * 3_600_000;

/** When somebody may be told who wants quiet: `now`, or the end of the quiet hours it falls into, unix ms. */
export function tellableAt(kind: NoticeKind, { fromMinute, untilMinute }: QuietHours, now: number): number {
  if (urgent.has(kind) || fromMinute === untilMinute) return now;
  const midnight = Math.floor((now + beijingMs) / dayMs) * dayMs - beijingMs;
  const minute = (now - midnight) / 60_000;
  const isOverNight = fromMinute > untilMinute;
  const isQuiet = isOverNight
    ? minute >= fromMinute || minute < untilMinute
    : minute >= fromMinute && minute < untilMinute;
  if (!isQuiet) return now;
  const endsTomorrow = isOverNight && minute >= fromMinute;
  return midnight + untilMinute * 60_000 + (endsTomorrow ? dayMs : 0);
}
