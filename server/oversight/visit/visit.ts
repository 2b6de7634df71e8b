// A visit: why it is due, how it ends, and how long what follows from it may take.
import { dayMs, hourMs } from '../../clock.ts';

export const visitReasonKinds = ['draw', 'recall', 'complaint', 'plan', 'recheck'] as const;
export type VisitReasonKind = (typeof visitReasonKinds)[number];

/** `off`: called off before anybody went, as the place closed. */
export const visitStates = ['open', 'closed', 'off'] as const;

/** `pass`: nothing to mend. `fix`: an order with a deadline. `stop`: an order at once, and business stands still until it is mended. */
export const visitResults = ['pass', 'fix', 'stop'] as const;
export type VisitResult = (typeof visitResults)[number];

export const answers = ['ok', 'bad', 'na'] as const;
export type Answer = (typeof answers)[number];

export const orderStates = ['issued', 'answered', 'accepted'] as const;

/** A recheck is due 72 hours after the order was issued, as Chongqing does it. */
export const recheckAfterMs = 72 * hourMs;
export const fixWithinMs = { fix: 48 * hourMs, stop: 12 * hourMs } as const;

/** How soon a visit is due by its reason. */
export const dueAfterMs: Readonly<Record<VisitReasonKind, number>> = {
  recall: dayMs,
  complaint: 3 * dayMs,
  recheck: recheckAfterMs,
  draw: 30 * dayMs,
  plan: 30 * dayMs,
};

export type CheckItem = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  /** One that is bad stops the business. */
  readonly critical: boolean;
};

export type GivenAnswer = { readonly item: string; readonly answer: Answer };

/** What the answers come to: the inspector does not choose the result, the list does. */
export function resultOf(items: readonly CheckItem[], given: readonly GivenAnswer[]): VisitResult {
  const bad = new Set(given.filter(({ answer }) => answer === 'bad').map(({ item }) => item));
  if (bad.size === 0) return 'pass';
  return items.some(({ id, critical }) => critical && bad.has(id)) ? 'stop' : 'fix';
}

export type Position = { readonly lat: number; readonly lon: number };

const earthM = 6_371_000;

/** Metres along the ground, good to a hundredth within a city. */
export function metresBetween(a: Position, b: Position): number {
  const rad = Math.PI / 180;
  const east = (b.lon - a.lon) * rad * Math.cos(((a.lat + b.lat) / 2) * rad);
  const north = (b.lat - a.lat) * rad;
  return Math.round(earthM * Math.hypot(east, north));
}

export function visitNumber(id: number): string {
  return `JC-${String(id).padStart(4, '0')}`;
}
