// An order from its issue to its end, and when cameras are due.
import { beforeEach, describe, expect, it } from 'vitest';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { answerOrder } from '../../../server/kitchen/order/answer-order.ts';
import { appealVerdict, decideAppeal } from '../../../server/kitchen/order/appeal-verdict.ts';
import { closeOrder } from '../../../server/kitchen/order/close-order.ts';
import { closeOverdueOrders } from '../../../server/kitchen/order/close-overdue.ts';
import { stepsOf, visibleOrder } from '../../../server/kitchen/order/order-store.ts';
import { restaurantById } from '../../../server/kitchen/restaurant/restaurant-store.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { scheduleSamples } from '../../../server/kitchen/sample/schedule-samples.ts';
import { type Cast, frameOf, jpeg, openCast, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;

let cast: Cast;

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
});

const noMask = [seen('no_mask', 0.87)];

/** Frames half a minute apart; returns the flags they raised. */
async function frames(count: number, detections = noMask): Promise<number[]> {
  const raised: number[] = [];
  for (let i = 0; i < count; i++) {
    server.clock.pass(30_000);
    raised.push(...recordSample(server.deps, await frameOf(cast.camera, { at: server.clock.now(), detections })).flags);
  }
  return raised;
}

async function oneFlag(): Promise<number> {
  const raised = await frames(2);
  expect(raised).toHaveLength(1);
  return raised[0]!;
}

describe('an order', () => {
  async function order(): Promise<number> {
    return judgeFlag(server.deps, cast.reviewer, { flagId: await oneFlag(), decision: 'confirmed' }).orderId!;
  }

  it('is answered with a photo, accepted, and the score recovers', async () => {
    const orderId = await order();
    await answerOrder(server.deps, cast.owner, { orderId, text: '已配齐口罩', photo: await jpeg() });
    expect(closeOrder(server.deps, cast.reviewer, { orderId, decision: 'accepted' }).state).toBe('accepted');
    expect(restaurantById(server.db, cast.restaurant.id)?.score).toBe(99);
    expect(stepsOf(server.db, orderId).map((step) => step.kind)).toEqual(['issued', 'answered', 'accepted']);
  });

  it('is not answered by something that is no picture', async () => {
    const orderId = await order();
    const answer = answerOrder(server.deps, cast.owner, {
      orderId,
      text: '',
      photo: Buffer.from('<svg onload=alert(1)>'),
    });
    await expect(answer).rejects.toMatchObject({ code: 'unreadable_picture' });
    expect(visibleOrder(server.db, cast.owner, orderId)?.state).toBe('issued');
  });

  it('of another shop is not there', async () => {
    const orderId = await order();
    const stranger = { ...cast.owner, sites: ['local:other'] };
    await expect(answerOrder(server.deps, stranger, { orderId, text: '', photo: await jpeg() })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('that is returned says why and has a new deadline', async () => {
    const orderId = await order();
    await answerOrder(server.deps, cast.owner, { orderId, text: '', photo: await jpeg() });
    expect(() => closeOrder(server.deps, cast.reviewer, { orderId, decision: 'returned' })).toThrow();
    closeOrder(server.deps, cast.reviewer, { orderId, decision: 'returned', note: '看不清口鼻' });
    expect(visibleOrder(server.db, cast.owner, orderId)).toMatchObject({
      state: 'issued',
      dueAt: server.clock.now() + 12 * 3600_000,
    });
  });

  it('past its deadline costs two points, once', async () => {
    const orderId = await order();
    server.clock.pass(25 * 3600_000);
    expect(closeOverdueOrders(server.deps)).toBe(1);
    expect(closeOverdueOrders(server.deps)).toBe(0);
    expect(restaurantById(server.db, cast.restaurant.id)?.score).toBe(95);
    expect(stepsOf(server.db, orderId).at(-1)?.kind).toBe('overdue');
  });

  it('that is appealed is decided by another reviewer, and an overturned verdict gives the points back', async () => {
    const orderId = await order();
    appealVerdict(server.deps, cast.owner, { orderId, text: '画面中为顾客' });
    const decision = { orderId, decision: 'overturned' as const, note: '确为顾客' };
    expect(() => decideAppeal(server.deps, cast.reviewer, decision)).toThrow(/own verdict/);
    decideAppeal(server.deps, cast.secondReviewer, decision);
    expect(restaurantById(server.db, cast.restaurant.id)?.score).toBe(100);
    expect(visibleOrder(server.db, cast.owner, orderId)?.state).toBe('withdrawn');
  });
});

describe('the schedule', () => {
  it('adds one job a due camera and no second one while it waits', () => {
    expect(scheduleSamples(server.deps)).toBe(1);
    expect(scheduleSamples(server.deps)).toBe(0);
    server.clock.pass(60_000);
    expect(scheduleSamples(server.deps)).toBe(0);
    expect(server.deps.queue.counts().waiting).toBe(1);
  });
});
