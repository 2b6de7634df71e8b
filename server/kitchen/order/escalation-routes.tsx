// The owner's plan, the inspector's list of orders that rose, and the page of the published rules.
import { type Context, Hono } from 'hono';
import { RaisedPage } from '../../../views/kitchen/order/raised-page.tsx';
import { ScoreRulesPage } from '../../../views/kitchen/order/score-rules-page.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, idParam, readBody } from '../../http/input.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { formFields } from '../../http/upload-form.ts';
import { violationWords } from '../violation/violation-kinds.ts';
import { tierOf } from './escalation.ts';
import { escalated, raisedByDistrict, raisedOrders } from './escalation-store.ts';
import { orderRow, stepLines } from './order-data.ts';
import { planSchema } from './order-schemas.ts';
import { publishedRules } from './score-rules.ts';
import { writePlan } from './write-plan.ts';

export function escalationRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.post('/orders/:id/plan', async (c) => {
    const orderId = idParam(c, 'id');
    writePlan(deps, signedInCaller(c), { orderId, ...check(planSchema, await formFields(c)) });
    return seeOther(c, `/orders/${orderId}`);
  });
  app.post('/api/orders/:id/plan', async (c) => {
    const orderId = idParam(c, 'id');
    const step = writePlan(deps, signedInCaller(c), { orderId, ...(await readBody(c, planSchema)) });
    return c.json({ step }, 201);
  });
  app.get('/orders/raised', (c) => showRaised(c, deps));
  app.get('/score-rules', showRules);
  return app;
}

function showRaised(c: Context<Env>, deps: Deps) {
  const { db, clock } = deps;
  const caller = signedInCaller(c);
  const orders = raisedOrders(db, caller).map((order) => {
    const { steps, repeats } = escalated(db, order.id) ?? { steps: [], repeats: 0 };
    const has = (card: 'yellow_card' | 'red_card') => steps.some(({ kind }) => kind === card);
    return {
      ...orderRow(order, c.get('lang'), clock()),
      restaurant: { name: order.restaurantName, nameEn: order.restaurantNameEn },
      tier: tierOf(order.violation, repeats),
      card: has('red_card') ? ('red_card' as const) : has('yellow_card') ? ('yellow_card' as const) : undefined,
      repeats,
      steps: stepLines(db, order.id),
    };
  });
  const view = { words: c.get('words'), here: c.req.path, viewer: c.get('viewer'), orders };
  return page(c, <RaisedPage {...view} districts={raisedByDistrict(db, caller)} />);
}

function showRules(c: Context<Env>) {
  const [words, lang] = [c.get('words'), c.get('lang')];
  const { rules, ...numbers } = publishedRules();
  const named = rules.map((rule) => ({ ...rule, name: violationWords(rule.id, lang).name }));
  return page(
    c,
    <ScoreRulesPage
      words={words}
      here={c.req.path}
      viewer={c.get('viewer')}
      {...numbers}
      rules={named}
      clocks={words.kitchen.clockRuleTexts(numbers)}
    />,
  );
}
