// The owner's pages: home, registering a restaurant, all orders.
import { type Context, Hono } from 'hono';
import { MyOrdersPage } from '../../../views/kitchen/order/order-table.tsx';
import { MyPage } from '../../../views/kitchen/shop/my-page.tsx';
import { RestaurantFormPage } from '../../../views/kitchen/shop/restaurant-form-page.tsx';
import type { Arrival } from '../../../views/parts/arrivals.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import { dayMs, hourMs } from '../../clock.ts';
import type { Deps, Env } from '../../deps.ts';
import { check } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { formFields } from '../../http/upload-form.ts';
import { camerasOf } from '../camera/camera-store.ts';
import { orderCard, orderRow } from '../order/order-data.ts';
import { listOrders, longestOrderList } from '../order/order-store.ts';
import { scoreView } from '../order/score-store.ts';
import { newRestaurantSchema } from '../restaurant/restaurant.ts';
import { ownRestaurants, type Restaurant } from '../restaurant/restaurant-store.ts';
import { formFaults, typedValues } from '../setting/form-faults.ts';
import { cameraCard } from './camera-data.ts';
import { type OnRecord, registerRestaurant } from './register-restaurant.ts';

const ordersAtHome = 12;

/** What a shop received since a time, newest first. */
export type ArrivalsOf = (siteId: string, since: number) => readonly Arrival[];

type ShopJoin = { readonly isOnRecord: OnRecord; readonly arrivals: ArrivalsOf };

export function myRoutes(deps: Deps, { isOnRecord, arrivals }: ShopJoin): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/my', (c) => showHome(c, deps, arrivals));
  app.get('/my/orders', (c) => {
    const orders = listOrders(deps.db, signedInCaller(c), {});
    const rows = orders.map((order) => orderRow(order, c.get('lang'), deps.clock()));
    return page(
      c,
      <MyOrdersPage
        words={c.get('words')}
        here={c.req.path}
        viewer={c.get('viewer')}
        orders={rows}
        cut={orders.length === longestOrderList}
      />,
    );
  });
  app.get('/my/restaurants/new', (c) => showForm(c, { opensAt: '09:00', closesAt: '22:00' }));
  app.post('/my/restaurants', async (c) => {
    const form = await formFields(c);
    try {
      const caller = signedInCaller(c);
      const row = registerRestaurant(deps, caller, check(newRestaurantSchema, form), isOnRecord);
      return seeOther(
        c,
        caller.role === 'owner' ? `/my/cameras/new?site=${encodeURIComponent(row.siteId)}` : `/kitchens/${row.id}`,
      );
    } catch (error) {
      if (!(error instanceof Problem) || error.faults.length === 0) throw error;
      return showForm(c, typedValues(form), error);
    }
  });
  return app;
}

function showForm(c: Context<Env>, values: Readonly<Record<string, string>>, problem?: Problem) {
  const words = c.get('words');
  const faults = problem === undefined ? [] : formFaults(problem, words);
  const view = { words, here: '/my/restaurants/new', viewer: c.get('viewer'), values, faults };
  return page(c, <RestaurantFormPage {...view} />, problem === undefined ? 200 : 400);
}

function showHome(c: Context<Env>, deps: Deps, arrivals: ArrivalsOf) {
  const all = ownRestaurants(deps.db, signedInCaller(c));
  const asked = c.req.query('site');
  const restaurant = all.find(({ siteId }) => siteId === asked) ?? all[0];
  if (restaurant === undefined) return seeOther(c, '/my/restaurants/new');
  const others = all.filter((other) => other.id !== restaurant.id);
  const today = arrivals(restaurant.siteId, dayStart(deps.clock()));
  return page(c, <MyPage {...homeView(c, deps, restaurant)} others={others} arrivals={today} />);
}

/** Midnight in Beijing. */
function dayStart(now: number): number {
  const shift = 8 * hourMs;
  return now - ((now + shift) % dayMs);
}

function homeView(c: Context<Env>, deps: Deps, restaurant: Restaurant) {
  const [lang, now] = [c.get('lang'), deps.clock()];
  const orders = listOrders(deps.db, signedInCaller(c), {
    restaurantId: restaurant.id,
    states: ['issued', 'answered'],
  });
  // What the owner has to do comes first, and of that what is due first.
  orders.sort((a, b) => Number(a.state === 'answered') - Number(b.state === 'answered') || a.dueAt - b.dueAt);
  return {
    words: c.get('words'),
    here: c.req.path,
    viewer: c.get('viewer'),
    now,
    restaurant,
    orders: orders.slice(0, ordersAtHome).map((order) => orderCard(deps, order, lang)),
    cameras: camerasOf(deps.db, restaurant.id).map((camera) => cameraCard(deps, camera)),
    score: scoreView(deps.db, restaurant, now, lang),
  };
}
