// Orders over the API: for programs of shops and suppliers.
import { Hono } from 'hono';
import { z } from 'zod';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, idParam, readBody } from '../../http/input.ts';
import type { Db } from '../../store/db.ts';
import { lotById } from '../../trace/lot/lot-store.ts';
import { orderSums } from './keep-mismatches.ts';
import { moneySchema, newOrderSchema, orderStates, receivedSchema, sentSchema } from './purchase.ts';
import { linesOf, moneyOf, ordersOf, ownOrder, type PurchaseOrder } from './purchase-store.ts';
import { receiveOrder } from './receive-order.ts';
import { recordMoney } from './record-money.ts';
import { sendOrder } from './send-order.ts';
import { writeOrder } from './write-order.ts';

const listSchema = z.object({
  side: z.enum(['buyer', 'supplier']).default('buyer'),
  state: z.enum(orderStates).optional(),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export function orderApiRoutes(deps: Deps): Hono<Env> {
  const { db } = deps;
  const app = new Hono<Env>();
  app.get('/api/purchase-orders', (c) => {
    const { side, state, before, limit } = check(listSchema, c.req.query());
    const states = state === undefined ? orderStates : [state];
    const orders = ordersOf(db, signedInCaller(c).sites, { side, states, before, limit });
    return c.json({ orders: orders.map((order) => orderJson(db, order)) });
  });
  app.post('/api/purchase-orders', async (c) => {
    const caller = signedInCaller(c);
    const { id, again } = writeOrder(deps, await readBody(c, newOrderSchema), caller);
    return c.json(orderJson(db, ownOrder(db, caller, id)), again === 'first' ? 201 : 200);
  });
  app.get('/api/purchase-orders/:id', (c) => c.json(orderJson(db, ownOrder(db, signedInCaller(c), idParam(c, 'id')))));
  app.post('/api/purchase-orders/:id/sent', async (c) => {
    const [caller, id] = [signedInCaller(c), idParam(c, 'id')];
    sendOrder(deps, caller, ownOrder(db, caller, id, 'supplier').id, await readBody(c, sentSchema));
    return c.json(orderJson(db, ownOrder(db, caller, id)));
  });
  app.post('/api/purchase-orders/:id/received', async (c) => {
    const [caller, id] = [signedInCaller(c), idParam(c, 'id')];
    receiveOrder(deps, caller, ownOrder(db, caller, id, 'buyer').id, await readBody(c, receivedSchema));
    return c.json(orderJson(db, ownOrder(db, caller, id)));
  });
  app.post('/api/purchase-orders/:id/money', async (c) => {
    const [caller, id] = [signedInCaller(c), idParam(c, 'id')];
    recordMoney(deps, caller, ownOrder(db, caller, id).id, await readBody(c, moneySchema));
    return c.json(orderJson(db, ownOrder(db, caller, id)), 201);
  });
  return app;
}

function orderJson(db: Db, order: PurchaseOrder) {
  const { sums, mismatches } = orderSums(db, order.id);
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const yuan = (fen: number | null) => (fen === null ? null : fen / 100);
  const { id, uri, buyer, supplier, state, dueDay, placedAt, sentAt, receivedAt, endedAt, reason } = order;
  const times = {
    placedAt: time(placedAt),
    sentAt: time(sentAt),
    receivedAt: time(receivedAt),
    endedAt: time(endedAt),
  };
  const lines = (linesOf(db, [id]).get(id) ?? []).map((line) => ({
    id: line.id,
    product: line.product,
    quantity: line.quantity,
    unit: line.unit,
    price: yuan(line.priceFen),
    parcels: line.parcels.map(({ id: parcel, lotId, sent, received }) => ({
      id: parcel,
      code: lotById(db, lotId)?.code ?? null,
      sent,
      received,
    })),
  }));
  const money = moneyOf(db, id).map(({ kind, reference, amountFen }) => ({ kind, reference, amount: amountFen / 100 }));
  const held = { goods: yuan(sums.goods), invoiced: yuan(sums.invoiced), paid: yuan(sums.paid), mismatches };
  return { ...{ id, uri, buyer, supplier, state, due: dueDay, reason }, ...times, lines, money, ...held };
}
