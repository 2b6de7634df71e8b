// The ticket in a complaint's form: when it was handed out and for which lot, so that programs cannot make their own.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { complaintLimits } from './complaint.ts';

/** `lotPath`: the public address of the lot the form is for; `now` in unix ms. */
export function newTicket(key: Buffer, lotPath: string, now: number): string {
  return `${now.toString(36)}-${markOf(key, lotPath, now)}`;
}

export type TicketState = 'good' | 'too_fast' | 'too_old' | 'forged';

export function readTicket(key: Buffer, lotPath: string, ticket: string, now: number): TicketState {
  const [time = '', mark = ''] = ticket.split('-');
  const at = /^[0-9a-z]{1,10}$/.test(time) ? Number.parseInt(time, 36) : Number.NaN;
  const wanted = Buffer.from(Number.isSafeInteger(at) ? markOf(key, lotPath, at) : '');
  const given = Buffer.from(mark);
  if (given.length !== wanted.length || wanted.length === 0 || !timingSafeEqual(given, wanted)) return 'forged';
  if (now - at < complaintLimits.fastestMs) return 'too_fast';
  return now - at > complaintLimits.slowestMs ? 'too_old' : 'good';
}

function markOf(key: Buffer, lotPath: string, at: number): string {
  return createHmac('sha256', key).update(`complaint ${at} ${lotPath}`).digest('hex').slice(0, 32);
}
