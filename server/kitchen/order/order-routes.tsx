// Rectification orders as pages: one order for everyone it concerns, and the reviewer's list of answers and appeals.
import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { OrderPage } from '../../../views/kitchen/order/order-page.tsx';
import { OrdersPage } from '../../../views/kitchen/order/orders-page.tsx';
import type { Caller } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, idParam } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { formFields } from '../../http/upload-form.ts';
import { standingVerdicts } from '../flag/verdict-store.ts';
import { formFaults } from '../setting/form-faults.ts';
import { answerOrder } from './answer-order.ts';
import { appealVerdict, decideAppeal } from './appeal-verdict.ts';
import { closeOrder } from './close-order.ts';
import { clocksOf, orderCard, planWaits, stepLines } from './order-data.ts';
import { readAnswerForm } from './order-form.ts';
import { appealDecisionSchema, appealSchema, orderDecisionSchema } from './order-schemas.ts';
import { appealOf, listOrders, openAppeals, type PlacedOrder, visibleOrder } from './order-store.ts';
import { appealWithinMs } from './rectification.ts';

const answersShown = 30;

export function orderRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/orders/:id', (c) => showOrder(c, deps));
  app.post('/orders/:id/answer', async (c) => {
    const orderId = idParam(c, 'id');
    try {
      await answerOrder(deps, signedInCaller(c), { orderId, ...(await readAnswerForm(c)) });
      return seeOther(c, `/orders/${orderId}`);
    } catch (error) {
      if (!(error instanceof Problem) || error.faults.length === 0) throw error;
      const { text } = await formFields(c);
      return showOrder(c, deps, error, typeof text === 'string' ? text : '');
    }
  });
  app.post('/orders/:id/decision', async (c) => {
    const orderId = idParam(c, 'id');
    closeOrder(deps, signedInCaller(c), { orderId, ...check(orderDecisionSchema, await formFields(c)) });
    return seeOther(c, '/review/orders');
  });
  app.post('/orders/:id/appeal', async (c) => {
    const orderId = idParam(c, 'id');
    appealVerdict(deps, signedInCaller(c), { orderId, ...check(appealSchema, await formFields(c)) });
    return seeOther(c, `/orders/${orderId}`);
  });
  app.post('/orders/:id/appeal-decision', async (c) => {
    const orderId = idParam(c, 'id');
    decideAppeal(deps, signedInCaller(c), { orderId, ...check(appealDecisionSchema, await formFields(c)) });
    return seeOther(c, '/review/orders');
  });
  app.get('/review/orders', (c) => showWaiting(c, deps));
  return app;
}

function showOrder(c: Context<Env>, deps: Deps, problem?: Problem, typed = '') {
  const caller = signedInCaller(c);
  const order = visibleOrder(deps.db, caller, idParam(c, 'id'));
  if (order === undefined) throw new Problem('not_found');
  const words = c.get('words');
  const may = mayDo(deps, caller, order);
  const view = {
    words,
    here: `/orders/${order.id}`,
    viewer: c.get('viewer'),
    order: orderCard(deps, order, c.get('lang'), may.decideAppeal ? caller : undefined),
    steps: stepLines(deps.db, order.id),
    may,
    flagId: order.flagId,
    clocks: clocksOf(deps.db, order, deps.clock()),
    typed,
    key: randomUUID(),
    faults: problem === undefined ? [] : formFaults(problem, words),
  };
  return page(c, <OrderPage {...view} />, problem === undefined ? 200 : (problem.status as 400));
}

function mayDo({ db, clock }: Deps, caller: Caller, order: PlacedOrder) {
  const owner = caller.role === 'owner';
  const judge = (caller.role === 'reviewer' || caller.role === 'admin') && !caller.sites.includes(order.siteId);
  const appeal = appealOf(db, order.id);
  const ownVerdict = standingVerdicts(db, order.flagId).some((verdict) => verdict.by === caller.id);
  const appealable = appeal === undefined && (order.state === 'issued' || order.state === 'answered');
  return {
    answer: owner && order.state === 'issued',
    plan: owner && order.state === 'issued' && planWaits(db, order),
    decide: judge && order.state === 'answered',
    appeal: owner && appealable && clock() - order.issuedAt <= appealWithinMs,
    decideAppeal: judge && appeal?.state === 'open' && !ownVerdict,
    takeEvidence: caller.role === 'inspector' || caller.role === 'admin',
  };
}

function showWaiting(c: Context<Env>, deps: Deps) {
  const caller = signedInCaller(c);
  const lang = c.get('lang');
  const answered = listOrders(deps.db, caller, { states: ['answered'], limit: answersShown }).filter(
    ({ siteId }) => !caller.sites.includes(siteId),
  );
  const appealed = openAppeals(deps.db).flatMap((appeal) => {
    const order = visibleOrder(deps.db, caller, appeal.orderId);
    const mine = order !== undefined && mayDo(deps, caller, order).decideAppeal;
    return mine ? [{ ...orderCard(deps, order, lang, caller), appealText: appeal.text }] : [];
  });
  // The oldest answer has waited longest.
  const cards = answered.reverse().map((order) => orderCard(deps, order, lang));
  return page(
    c,
    <OrdersPage
      words={c.get('words')}
      here={c.req.path}
      viewer={c.get('viewer')}
      answered={cards}
      appealed={appealed}
    />,
  );
}
