// Every way a run of element data can be read where its separators may be lost, and how much speaks for each.
import { applicationIdentifier, identifierAt, valueFault } from './gs1-ai.ts';
import { associationFaults } from './gs1-association.ts';
import type { Element } from './gs1-element-string.ts';

/**
 * `as_sent`: as it stands. The others suppose lost separators: `likely` where what follows each is a key, a plausible day or
 * a measure, which no batch holds by chance; `possible` where it could as well be the end of the batch.
 */
export type ElementsRead = { readonly elements: readonly Element[]; readonly trust: 'as_sent' | 'likely' | 'possible' };

const mostReadings = 24;
const mostSteps = 6_000;
const mostElements = 24;

/**
 * `data` with `^` for separators, as withCarets gives it. Readings with elements that contradict or exclude each other are
 * left out; those that suppose lost separators must be whole. Where a separator stands between elements, the device sends
 * them, and only the reading as sent is given.
 */
export function elementReadings(data: string): readonly ElementsRead[] {
  const text = data.replace(/^\^+/u, '');
  const sends = text.includes('^') || data.startsWith('^');
  const search: Search = { text, sends, found: [], steps: 0 };
  step(search, 0, [], 'as_sent');
  return search.found.filter(({ elements, trust }) => isSound(elements, trust));
}

type Search = { readonly text: string; readonly sends: boolean; readonly found: ElementsRead[]; steps: number };

function step(search: Search, position: number, before: readonly Element[], trust: ElementsRead['trust']): void {
  const { text } = search;
  search.steps += 1;
  if (search.steps > mostSteps || search.found.length >= mostReadings) return;
  if (position >= text.length) {
    if (before.length > 0) search.found.push({ elements: before, trust });
    return;
  }
  const identifier = identifierAt(text, position);
  if (identifier === undefined || before.length === mostElements) return;
  if (before.some(({ ai }) => ai === identifier.ai)) return;
  const start = position + identifier.ai.length;
  const mark = text.indexOf('^', start);
  const upTo = mark < 0 ? text.length : mark;
  const fixed = identifier.fixedLength;
  const ends = fixed === undefined ? endsOf(search, start, upTo) : [start + fixed];
  for (const end of ends) {
    const value = text.slice(start, end);
    if (end > upTo || valueFault(identifier, value) !== undefined) continue;
    const split = fixed === undefined && end < upTo;
    const next = text.charAt(end) === '^' ? end + 1 : end;
    step(search, next, [...before, { ai: identifier.ai, value }], split ? lower(trust, text, end) : trust);
  }
}

/** As far as the next separator first; shorter only where the device may have sent none. */
function endsOf({ sends }: Search, start: number, upTo: number): number[] {
  if (sends) return [upTo];
  return Array.from({ length: Math.max(0, upTo - start) }, (_, at) => upTo - at);
}

function lower(trust: ElementsRead['trust'], text: string, at: number): ElementsRead['trust'] {
  return trust !== 'possible' && speaksForItself(text, at) ? 'likely' : 'possible';
}

/** A key with its check digit, a day of these decades, or a measure. */
export function speaksForItself(text: string, at: number): boolean {
  const identifier = identifierAt(text, at);
  if (identifier?.fixedLength === undefined) return false;
  const { ai, fixedLength } = identifier;
  const value = text.slice(at + ai.length, at + ai.length + fixedLength);
  if (valueFault(identifier, value) !== undefined) return false;
  if (/^(?:0[012]|41\d)$/u.test(ai)) return true;
  if (/^1[1-7]$/u.test(ai)) return /^(?:1[5-9]|[23]\d|4[0-5])\d\d(?:0[1-9]|[123]\d)$/u.test(value);
  return /^3[1-6]\d\d$/u.test(ai);
}

function isSound(elements: readonly Element[], trust: ElementsRead['trust']): boolean {
  if (elements.some(({ ai }) => applicationIdentifier(ai) === undefined)) return false;
  // A case's pallet may carry its own label: (37) need not stand beside (00).
  const faults = associationFaults(elements).filter(({ fault, ai }) => fault !== 'incomplete' || ai !== '37');
  return trust === 'as_sent' || faults.length === 0;
}
