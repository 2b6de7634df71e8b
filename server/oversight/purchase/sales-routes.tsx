// The supplier's day over HTTP: what to send, what was not received, what differed, what buyers ask for.
import { type Context, Hono } from 'hono';
import { differs } from '../../../views/oversight/purchase/order-parts.tsx';
import { SalesBoardPage } from '../../../views/oversight/purchase/sales-board-page.tsx';
import { salesCharts } from '../../../views/oversight/purchase/sales-charts.ts';
import { SalesPage } from '../../../views/oversight/purchase/sales-page.tsx';
import type { Chart } from '../../../views/parts/chart/chart.ts';
import { chartSheet } from '../../../views/parts/chart/chart-table.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import { dayMs } from '../../clock.ts';
import type { Deps, Env } from '../../deps.ts';
import { csv, page } from '../../http/respond.tsx';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import { placesOf } from '../../trace/place/place-store.ts';
import { noticesFor } from '../notice/notice-store.ts';
import { ordersShown } from './order-data.ts';
import { ordersOf } from './purchase-store.ts';
import { salesFigures } from './sales-board-store.ts';

const mostShown = 100;
const mostNotices = 200;
const lookBackMs = 30 * dayMs;

export function salesRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/my/sales', (c) => sales(c, deps));
  app.get('/my/sales/board', (c) => {
    const view = { words: c.get('words'), here: '/my/sales/board', viewer: c.get('viewer') };
    return page(c, <SalesBoardPage {...view} charts={chartsFor(c, deps)} />);
  });
  app.get('/my/sales/board.csv', (c) => csv(c, 'supply-board', chartSheet(chartsFor(c, deps))));
  return app;
}

function sales(c: Context<Env>, deps: Deps): Promise<Response> {
  const { db, clock } = deps;
  const [words, caller, now] = [c.get('words'), signedInCaller(c), clock()];
  const of = (...states: Parameters<typeof ordersOf>[2]['states']) =>
    ordersShown(deps, ordersOf(db, caller.sites, { side: 'supplier', states, limit: mostShown }));
  const received = of('received').filter(({ receivedAt }) => (receivedAt ?? 0) > now - lookBackMs);
  return page(
    c,
    <SalesPage
      words={words}
      here="/my/sales"
      viewer={c.get('viewer')}
      today={beijingDay(now)}
      now={now}
      toSend={of('placed').sort((a, b) => (a.dueDay === b.dueDay ? a.id - b.id : a.dueDay < b.dueDay ? -1 : 1))}
      notReceived={of('sent').reverse()}
      differed={received.filter(differs)}
      asked={noticesFor(db, caller.id, { before: Number.MAX_SAFE_INTEGER, limit: mostNotices })
        .filter(({ kind, at }) => kind === 'ask' && at > now - lookBackMs)
        .map(({ id, title, titleEn }) => ({
          href: `/notices/${id}`,
          title: words.lang === 'en' ? (titleEn ?? title) : title,
        }))}
    />,
  );
}

function chartsFor(c: Context<Env>, { db, clock }: Deps): Chart[] {
  const figures = salesFigures(db, signedInCaller(c).sites, clock());
  const places = placesOf(
    db,
    figures.buyers.map(({ site }) => site),
  );
  const buyers = figures.buyers.map(({ site, orders }) => {
    const place = places.get(site);
    return { name: place?.name ?? site, nameEn: place?.nameEn ?? null, orders };
  });
  return salesCharts(c.get('words'), { ...figures, buyers });
}
