// Our own subscriptions: when each is told next, or the place of what is wrong with it.
import { describe, expect, it } from 'vitest';
import { Problem } from '../../server/http/problem.ts';
import { nextRun } from '../../server/trace/subscription/schedule.ts';
import { readSubscription } from '../../server/trace/subscription/subscription.ts';
import { vectorList } from '../support/vectors.ts';

type Vector = { readonly body: object; readonly next?: string; readonly place?: string; readonly code?: string };

/** 11:05 in Beijing, a Sunday. */
const now = Date.UTC(2026, 10, 22, 3, 5);
const vectors = vectorList<Vector>('queries/subscriptions.json');

describe('a subscription', () => {
  it.each(vectors.filter(({ place }) => place === undefined))('$body is taken', ({ body, next }) => {
    const { schedule } = readSubscription(body, now);
    expect(schedule === undefined ? undefined : nextRun(schedule, now)).toBe(next && Date.parse(next));
  });

  it.each(vectors.filter(({ place }) => place !== undefined))('$body is refused at $place', ({ body, place, code }) => {
    let refusal: unknown;
    try {
      readSubscription(body, now);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(Problem);
    expect((refusal as Problem).faults).toMatchObject([{ place, code }]);
  });
});
