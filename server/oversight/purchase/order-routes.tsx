// Orders between a shop and its supplier over HTTP: placed, sent, received, ended, each from its page in two taps.
import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { OrderFormPage } from '../../../views/oversight/purchase/order-form-page.tsx';
import { OrderPage } from '../../../views/oversight/purchase/order-page.tsx';
import { TradePage } from '../../../views/oversight/purchase/trade-page.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import { dayMs } from '../../clock.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, formValues, idParam } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import { ownPlaces } from '../../trace/place/own-place-store.ts';
import { placesOf } from '../../trace/place/place-store.ts';
import { endOrder } from './end-order.ts';
import { productsOrdered, suppliersFor } from './offer-store.ts';
import { moneyShown, ordersShown, suggestionsFor } from './order-data.ts';
import { faultsSaid } from './order-fault.ts';
import { atRows, type FormValues, orderOfForm, receivedOfForm, sentOfForm, shownRows } from './order-form.ts';
import { moneySchema, newOrderSchema, receivedSchema, sentSchema } from './purchase.ts';
import { lastOrders, linesOf, ordersOf, ownOrder } from './purchase-store.ts';
import { receiveOrder } from './receive-order.ts';
import { recordMoney, takeBackMoney } from './record-money.ts';
import { sendOrder } from './send-order.ts';
import { writeOrder } from './write-order.ts';

const mostShown = 50;
const mostAgain = 5;
const reasonSchema = z.object({ reason: z.string().trim().min(2).max(200) });

export function orderRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/my/trade', (c) => trade(c, deps));
  app.get('/my/trade/new', (c) => newForm(c, deps, { values: againValues(c, deps), faults: [] }));
  app.post('/my/trade', (c) => place(c, deps));
  app.get('/my/trade/:id', (c) => show(c, deps, { values: {}, faults: [] }));
  app.post('/my/trade/:id/sent', (c) =>
    step(c, deps, (values, id) => {
      const { input, rows } = sentOfForm(values);
      return { rows, take: () => sendOrder(deps, signedInCaller(c), id, check(sentSchema, input)) };
    }),
  );
  app.post('/my/trade/:id/received', (c) =>
    step(c, deps, (values, id) => {
      const { input, rows } = receivedOfForm(values);
      return { rows, take: () => receiveOrder(deps, signedInCaller(c), id, check(receivedSchema, input)) };
    }),
  );
  app.post('/my/trade/:id/ended', (c) =>
    step(c, deps, (values, id) => ({
      rows: [],
      take: () => endOrder(deps, signedInCaller(c), id, check(reasonSchema, values).reason),
    })),
  );
  app.post('/my/trade/:id/money', (c) =>
    step(c, deps, (values, id) => ({
      rows: [],
      take: () => recordMoney(deps, signedInCaller(c), id, check(moneySchema, values)),
    })),
  );
  app.post('/my/trade/:id/money/:money/taken-back', (c) => {
    const id = idParam(c, 'id');
    takeBackMoney(deps, signedInCaller(c), id, idParam(c, 'money'));
    return seeOther(c, `/my/trade/${id}`);
  });
  return app;
}

function trade(c: Context<Env>, deps: Deps): Promise<Response> {
  const { db } = deps;
  const { sites } = signedInCaller(c);
  const of = (...states: Parameters<typeof ordersOf>[2]['states']) =>
    ordersShown(deps, ordersOf(db, sites, { side: 'buyer', states, limit: mostShown }));
  return page(
    c,
    <TradePage
      words={c.get('words')}
      here="/my/trade"
      viewer={c.get('viewer')}
      onItsWay={of('sent')}
      waiting={of('placed')}
      last={ordersShown(deps, lastOrders(db, sites, mostAgain))}
      earlier={of('received', 'cancelled', 'declined')}
    />,
  );
}

type Shown = { readonly values: FormValues; readonly faults: readonly Fault[] };

/** `?again=`: an order of one's own, written into the form as it was. */
function againValues(c: Context<Env>, { db }: Deps): FormValues {
  const asked = Number(c.req.query('again') ?? '');
  if (!Number.isSafeInteger(asked) || asked <= 0) return {};
  const order = ownOrder(db, signedInCaller(c), asked, 'buyer');
  const lines = linesOf(db, [order.id]).get(order.id) ?? [];
  const fields = lines.flatMap(({ product, quantity, unit, priceFen }, row) => [
    [`lines.${row}.product`, product],
    [`lines.${row}.quantity`, String(quantity)],
    [`lines.${row}.unit`, unit ?? ''],
    ...(priceFen === null ? [] : [[`lines.${row}.price`, String(priceFen / 100)]]),
  ]);
  return { supplier: order.supplier, site: order.buyer, ...Object.fromEntries(fields) };
}

function newForm(c: Context<Env>, { db, clock }: Deps, { values, faults }: Shown): Promise<Response> {
  const words = c.get('words');
  const caller = signedInCaller(c);
  const offered = suppliersFor(db, caller.sites);
  const places = placesOf(db, offered);
  return page(
    c,
    <OrderFormPage
      words={words}
      here="/my/trade"
      viewer={c.get('viewer')}
      sites={ownPlaces(db, caller)}
      suppliers={offered.map(
        (id) => places.get(id) ?? { id, name: id, nameEn: null, kind: null, address: null, addressEn: null },
      )}
      products={productsOrdered(db, caller.sites)}
      values={{ due: beijingDay(clock() + dayMs), ...values }}
      rows={shownRows(values)}
      faults={faultsSaid(words, faults)}
      formKey={values['key'] ?? randomUUID()}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

async function place(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await formValues(c);
  if (values['rows'] !== undefined) return newForm(c, deps, { values, faults: [] });
  const { input, rows } = orderOfForm(values);
  try {
    const { id } = writeOrder(deps, check(newOrderSchema, input), signedInCaller(c));
    return seeOther(c, `/my/trade/${id}`);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return newForm(c, deps, { values, faults: atRows(error.faults, rows) });
  }
}

function show(c: Context<Env>, deps: Deps, { values, faults }: Shown): Promise<Response> {
  const words = c.get('words');
  const order = ownOrder(deps.db, signedInCaller(c), idParam(c, 'id'));
  const [shown] = ordersShown(deps, [order]);
  if (shown === undefined) throw new Problem('not_found');
  const isToSend = order.state === 'placed' && order.sides.includes('supplier');
  return page(
    c,
    <OrderPage
      words={words}
      here={`/my/trade/${order.id}`}
      viewer={c.get('viewer')}
      order={shown}
      sides={order.sides}
      suggested={isToSend ? suggestionsFor(deps, order) : []}
      values={values}
      faults={faultsSaid(words, faults)}
      money={moneyShown(deps.db, order.id)}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

type Step = { readonly rows: readonly number[]; readonly take: () => void };

/** A step of an order from its page. Pressed twice, the second press finds it done and shows it. */
async function step(c: Context<Env>, deps: Deps, read: (values: FormValues, id: number) => Step): Promise<Response> {
  const id = idParam(c, 'id');
  const values = await formValues(c);
  const { rows, take } = read(values, id);
  try {
    take();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'duplicate')
      return show(c, deps, { values, faults: [{ place: '/reference', code: 'duplicate', detail: error.message }] });
    if (error.code !== 'conflict' && error.faults.length === 0) throw error;
    if (error.faults.length > 0) return show(c, deps, { values, faults: atRows(error.faults, rows) });
  }
  return seeOther(c, `/my/trade/${id}`);
}
