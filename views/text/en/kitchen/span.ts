// Lengths of time and counts as the English pages of the kitchen say them.
import type { kitchen as reference } from '../../zh-CN/kitchen/words.ts';

export type Words = typeof reference;
export type Span = { readonly days: number; readonly hours: number; readonly minutes: number };

export function spanText({ days, hours, minutes }: Span): string {
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  return `${minutes} min`;
}

export function counted(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}
