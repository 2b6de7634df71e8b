// The list of kitchens, the record of one, and the settings of this half of the house.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { SettingsPage } from '../../../views/kitchen/setting/settings-page.tsx';
import { KitchenPage } from '../../../views/kitchen/shop/kitchen-page.tsx';
import { KitchensPage, kitchenColumns } from '../../../views/kitchen/shop/kitchens-page.tsx';
import type { RecalledGoods } from '../../../views/parts/recalled-goods.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, idParam } from '../../http/input.ts';
import { listFile } from '../../http/list-file.ts';
import { Problem } from '../../http/problem.ts';
import { here, page, seeOther } from '../../http/respond.tsx';
import { formFields } from '../../http/upload-form.ts';
import { camerasOf } from '../camera/camera-store.ts';
import { listFlags } from '../flag/flag-store.ts';
import { orderRow } from '../order/order-data.ts';
import { listOrders } from '../order/order-store.ts';
import { scoreView } from '../order/score-store.ts';
import { type GoingClass, goingByClass, type HeldFor, type KeepDays } from '../picture/old-picture-store.ts';
import { clockText } from '../restaurant/hours.ts';
import {
  kitchenOrders,
  kitchenTroubles,
  longestRestaurantList,
  type Restaurant,
  restaurantSummaries,
  visibleRestaurant,
} from '../restaurant/restaurant-store.ts';
import { changeSettings } from '../setting/change-setting.ts';
import { formFaults, typedValues } from '../setting/form-faults.ts';
import { type NetworkRule, readNetworks, typedNetworkFaults } from '../setting/network-rule.ts';
import type { KitchenSettings } from '../setting/setting.ts';
import { readSettings } from '../setting/setting-store.ts';
import { cameraCard, flagLine } from './camera-data.ts';

const shownFlags = 12;
const shownOrders = 20;

// A list is shown whatever its address says.
const kitchenSearch = z.object({
  words: z.string().max(100).catch(''),
  order: z.enum(kitchenOrders).catch('score'),
  only: z.enum([...kitchenTroubles, 'all']).catch('all'),
});

/** By site id: goods of open recalls that are there, as whoever sees both halves knows. */
export type RecalledGoodsOf = (siteId: string) => readonly RecalledGoods[];

export function restaurantRoutes(deps: Deps, recalledGoods: RecalledGoodsOf, heldFor: () => HeldFor): Hono<Env> {
  const app = new Hono<Env>();
  settingRoutes(app, deps, heldFor);
  app.get('/kitchens', (c) => {
    const caller = signedInCaller(c);
    const search = kitchenSearch.parse(c.req.query());
    const kitchens = restaurantSummaries(deps.db, caller, deps.clock(), search);
    const admin = caller.role === 'admin';
    const cut = kitchens.length === longestRestaurantList;
    const view = {
      words: c.get('words'),
      here: here(c),
      viewer: c.get('viewer'),
      search,
      kitchens,
      mayRegister: admin,
      maySet: admin,
      cut,
    };
    return page(c, <KitchensPage {...view} />);
  });
  app.get('/kitchens.csv', (c) => {
    const search = kitchenSearch.parse(c.req.query());
    const kitchens = restaurantSummaries(deps.db, signedInCaller(c), deps.clock(), search);
    return listFile(c, 'kitchens', kitchenColumns(c.get('words')), kitchens, { most: longestRestaurantList - 1 });
  });
  app.get('/kitchens/:id', (c) => {
    const restaurant = visibleRestaurant(deps.db, signedInCaller(c), idParam(c, 'id'));
    if (restaurant === undefined) throw new Problem('not_found');
    return page(c, <KitchenPage {...recordView(c, deps, restaurant)} recalled={recalledGoods(restaurant.siteId)} />);
  });
  return app;
}

function recordView(c: Context<Env>, deps: Deps, restaurant: Restaurant) {
  const caller = signedInCaller(c);
  const [lang, now] = [c.get('lang'), deps.clock()];
  const flags = listFlags(deps.db, caller, { restaurantId: restaurant.id, limit: shownFlags });
  return {
    words: c.get('words'),
    here: c.req.path,
    viewer: c.get('viewer'),
    restaurant: { ...restaurant, hours: hoursText(restaurant) },
    score: scoreView(deps.db, restaurant, now, lang),
    cameras: camerasOf(deps.db, restaurant.id).map((camera) => cameraCard(deps, camera)),
    orders: listOrders(deps.db, caller, { restaurantId: restaurant.id, limit: shownOrders }).map((order) =>
      orderRow(order, lang, now),
    ),
    // An audit that was cleared says nothing of the kitchen.
    flags: flags
      .filter((flag) => flag.audit === 0 || flag.status === 'confirmed')
      .map((flag) => flagLine(deps, flag, lang)),
  };
}

function hoursText({ opensAtMinute, closesAtMinute }: Restaurant): string | undefined {
  return opensAtMinute === closesAtMinute ? undefined : `${clockText(opensAtMinute)}–${clockText(closesAtMinute)}`;
}

const percent = z.coerce.number().min(0).max(100);
const days = z.coerce.number().int().min(1).max(3650);
const frames = z.coerce.number().int().min(1).max(10);

const settingsForm = z
  .object({
    auditPercent: percent,
    secondPercent: percent,
    hits: frames,
    of: frames,
    networks: z.string().max(20_000),
    keepCleared: days,
    keepConfirmed: days,
    keepAnswer: days,
  })
  .refine(({ hits, of }) => hits <= of, { path: ['hits'] });

function settingRoutes(app: Hono<Env>, deps: Deps, heldFor: () => HeldFor): void {
  const going = (days: KeepDays) => goingByClass(deps, { days, now: deps.clock(), heldFor: heldFor() });
  app.get('/kitchens/settings', (c) => {
    const settings = readSettings(deps.db);
    return showSettings(c, valuesOf(settings), {
      saved: c.req.query('saved') === '1',
      going: going(settings.keepDays),
    });
  });
  app.post('/kitchens/settings', async (c) => {
    const form = await formFields(c);
    try {
      const checked = check(settingsForm, form, typedNetworkFaults);
      // What would go by these days is shown before anything is kept of them.
      if (form['action'] === 'look') return showSettings(c, typedValues(form), { going: going(keepDaysOf(checked)) });
      changeSettings(deps, signedInCaller(c), settingsOf(checked, readNetworks(checked.networks).rules));
      return seeOther(c, '/kitchens/settings?saved=1');
    } catch (error) {
      if (!(error instanceof Problem) || error.faults.length === 0) throw error;
      return showSettings(c, typedValues(form), { problem: error });
    }
  });
}

function showSettings(
  c: Context<Env>,
  values: Readonly<Record<string, string>>,
  { saved = false, problem, going = [] }: { saved?: boolean; problem?: Problem; going?: readonly GoingClass[] },
) {
  const words = c.get('words');
  const faults = problem === undefined ? [] : formFaults(problem, words);
  const view = { words, here: '/kitchens/settings', viewer: c.get('viewer'), values, faults, saved, going };
  return page(c, <SettingsPage {...view} />, problem === undefined ? 200 : 400);
}

function keepDaysOf({ keepCleared, keepConfirmed, keepAnswer }: z.output<typeof settingsForm>): KeepDays {
  return { cleared: keepCleared, confirmed: keepConfirmed, answer: keepAnswer };
}

function settingsOf(form: z.output<typeof settingsForm>, networks: readonly NetworkRule[]): Partial<KitchenSettings> {
  return {
    auditShare: form.auditPercent / 100,
    secondShare: form.secondPercent / 100,
    frames: { hits: form.hits, of: form.of },
    allowedNetworks: networks.map(({ network, ports }) =>
      ports === undefined ? { network } : { network, ports: [...ports] },
    ),
    keepDays: keepDaysOf(form),
  };
}

function valuesOf(settings: KitchenSettings): Record<string, string> {
  return {
    auditPercent: String(settings.auditShare * 100),
    secondPercent: String(settings.secondShare * 100),
    hits: String(settings.frames.hits),
    of: String(settings.frames.of),
    networks: settings.allowedNetworks
      .map(({ network, ports }) => [network, ports?.join(',')].join(' ').trim())
      .join('\n'),
    keepCleared: String(settings.keepDays.cleared),
    keepConfirmed: String(settings.keepDays.confirmed),
    keepAnswer: String(settings.keepDays.answer),
  };
}
