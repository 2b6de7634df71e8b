// A delivery to a subscriber: how it is signed, what stands in its headers, and when it is tried again.
import { createHmac } from 'node:crypto';

/** What went wrong with a delivery, as the pages name it. */
export const webhookFaults = [
  'address',
  'forbidden',
  'name',
  'refused',
  'timeout',
  'protocol',
  'redirect',
  'status',
  'gone',
  'account',
  'query',
] as const;
export type WebhookFault = (typeof webhookFaults)[number];

/** After so many tries the subscription is given up, with its delivery kept: about seven hours. */
export const mostAttempts = 14;
const firstWaitMs = 5_000;
/** A delivery that waits longer for its next try was told so by a clock that was ahead. */
export const longestWaitMs = 3_600_000;

/** How long to wait after try number `attempt` failed; `random` from 0 up to 1 spreads those that failed together. */
export function waitAfter(attempt: number, random: number): number {
  const whole = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1));
  return Math.round(whole / 2 + (whole / 2) * random);
}

/** Whether the next try is now: its time has come, or was set by a clock that was ahead. */
export function isDue(nextTryAt: number, now: number): boolean {
  return nextTryAt <= now || nextTryAt > now + longestWaitMs;
}

/** `t=1700000000,v1=<hex>`: HMAC-SHA-256 of `<t>.<body>` under the subscription's signature token; t in unix seconds. */
export function signatureOf(token: string, body: string, now: number): string {
  const at = Math.floor(now / 1_000);
  return `t=${at},v1=${createHmac('sha256', token).update(`${at}.${body}`).digest('hex')}`;
}

export type WebhookHead = {
  readonly token: string;
  readonly body: string;
  /** The same at every try. */
  readonly deliveryId: string;
  readonly attempt: number;
  readonly isTest: boolean;
  readonly now: number;
};

export function webhookHeaders({ token, body, deliveryId, attempt, isTest, now }: WebhookHead): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'bright-kitchen',
    'GS1-EPCIS-Version': '2.0.0',
    'GS1-CBV-Version': '2.0.0',
    'GS1-Signature': signatureOf(token, body, now),
    'Bright-Kitchen-Delivery': deliveryId,
    'Bright-Kitchen-Attempt': String(attempt),
    ...(isTest ? { 'Bright-Kitchen-Test': 'true' } : {}),
  };
}

/** What of an address may be shown: its query can hold a key. */
export function shownAddress(dest: string): string {
  const url = URL.canParse(dest) ? new URL(dest) : undefined;
  return url === undefined ? dest.slice(0, 80) : `${url.origin}${url.pathname}`.slice(0, 120);
}
