// What visits found in a shop, for the shop: its list, and the answer with a photo.
import { type Context, Hono } from 'hono';
import { MyVisitOrdersPage } from '../../../views/oversight/visit/my-visit-orders-page.tsx';
import { say } from '../../../views/text/say.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { idParam } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { formFields } from '../../http/upload-form.ts';
import { answerVisitOrder } from './answer-visit-order.ts';
import { itemsOf } from './check-list-store.ts';
import { siteNames } from './site-name-store.ts';
import { orderShown } from './visit-data.ts';
import { ordersOfSites, type VisitOrder } from './visit-order-store.ts';
import { visitById } from './visit-store.ts';

export function visitOrderRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/my/visit-orders', (c) => list(c, deps, { at: undefined, typed: '', faults: [] }));
  app.post('/my/visit-orders/:id/answer', (c) => answer(c, deps));
  return app;
}

type Typed = { readonly at: number | undefined; readonly typed: string; readonly faults: readonly Fault[] };

function list(c: Context<Env>, { db }: Deps, { at, typed, faults }: Typed): Promise<Response> {
  const words = c.get('words');
  const orders = ordersOfSites(db, signedInCaller(c).sites);
  const names = siteNames(
    db,
    orders.map(({ siteId }) => siteId),
  );
  return page(
    c,
    <MyVisitOrdersPage
      words={words}
      here="/my/visit-orders"
      viewer={c.get('viewer')}
      orders={orders.map((order) => ({
        ...orderShown(order),
        id: order.id,
        name: names.get(order.siteId)?.name ?? order.siteId,
        nameEn: names.get(order.siteId)?.nameEn ?? null,
        items: itemsSaid(db, order),
      }))}
      at={at}
      typed={typed}
      faults={faults.map(({ place, code, detail }) => ({
        place,
        detail: words.visit.faults[code] ?? say(words, detail),
      }))}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

function itemsSaid(db: Deps['db'], { visitId, items }: VisitOrder) {
  const list = itemsOf(db, visitById(db, visitId)?.checkList ?? 1) ?? [];
  return list.filter(({ id }) => items.includes(id));
}

async function answer(c: Context<Env>, deps: Deps): Promise<Response> {
  const id = idParam(c, 'id');
  const { text, photo } = await formFields(c);
  const typed = typeof text === 'string' ? text.trim() : '';
  try {
    const file = photo instanceof File && photo.size > 0 ? photo : undefined;
    await answerVisitOrder(deps, signedInCaller(c), id, { text: typed, photo: file });
    return seeOther(c, '/my/visit-orders');
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return list(c, deps, { at: id, typed, faults: error.faults });
  }
}
