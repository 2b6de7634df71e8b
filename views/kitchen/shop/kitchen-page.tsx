// The record of one kitchen: score, cameras, orders, flags.
import { ClosedNote } from '../../parts/closed-note.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import { type RecalledGoods, RecalledGoodsNote } from '../../parts/recalled-goods.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import { type FlagLine, FlagTable } from '../flag/flag-table.tsx';
import type { Named } from '../named.ts';
import { type OrderRow, OrderTable } from '../order/order-table.tsx';
import { ScoreCard, type ScoreView } from '../order/score-card.tsx';
import { type CameraCard, CameraList } from './camera-list.tsx';

export type KitchenView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly restaurant: Named & {
    readonly id: number;
    readonly closedOn: string | null;
    readonly siteId: string;
    readonly licence: string;
    readonly licenceUntil: string | null;
    readonly address: string;
    readonly addressEn: string | null;
    /** Undefined: around the clock. */
    readonly hours: string | undefined;
  };
  readonly score: ScoreView;
  readonly cameras: readonly CameraCard[];
  readonly orders: readonly OrderRow[];
  readonly flags: readonly FlagLine[];
  readonly recalled: readonly RecalledGoods[];
};

export function KitchenPage(view: KitchenView) {
  const { words, here, viewer, restaurant } = view;
  const { kitchen, lang } = words;
  const down = view.cameras.filter(({ state }) => state !== 'online' && state !== 'new').length;
  return (
    <Page words={words} title={localName(lang, restaurant)} here={here} viewer={viewer}>
      <header>
        <p class="small">
          <a href="/kitchens">{words.common.nav.kitchens}</a>
        </p>
        <h1>{localName(lang, restaurant)}</h1>
        {viewer?.role === 'inspector' || viewer?.role === 'admin' ? (
          <p>
            <a class="btn small" href={`/kitchens/${restaurant.id}/standing`}>
              {words.standing.link}
            </a>
          </p>
        ) : null}
      </header>
      <ClosedNote words={words} day={restaurant.closedOn} />
      <RecalledGoodsNote words={words} goods={view.recalled} reader="office" />
      <div class="cols">
        <div class="stack-wide">
          <section class="card">
            <h2>{kitchen.orderList}</h2>
            <OrderTable words={words} orders={view.orders} />
          </section>
          <section class="card">
            <h2>{kitchen.recentFlags}</h2>
            <FlagTable words={words} flags={view.flags} lots="linked" />
          </section>
        </div>
        <div class="stack-wide">
          <Facts {...view} />
          <ScoreCard words={words} score={view.score} />
        </div>
      </div>
      <section class="card">
        <div class="card-head">
          <h2>{words.common.nav.cameras}</h2>
          <span class="small soft">{kitchen.camerasLine(view.cameras.length, down)}</span>
        </div>
        {view.cameras.length === 0 ? (
          <p class="soft">{kitchen.noCameras}</p>
        ) : (
          <CameraList words={words} cameras={view.cameras} />
        )}
      </section>
    </Page>
  );
}

function Facts({ words, restaurant }: KitchenView) {
  const { kitchen, lang } = words;
  return (
    <section class="card stack">
      <h2>{kitchen.restaurantFacts}</h2>
      <dl class="facts">
        <dt>{kitchen.licence}</dt>
        <dd>
          <code>{restaurant.licence}</code>
          {restaurant.licenceUntil === null ? null : (
            <span class="soft small"> {kitchen.until(restaurant.licenceUntil)}</span>
          )}
        </dd>
        <dt>{kitchen.address}</dt>
        <dd>{lang === 'en' && restaurant.addressEn !== null ? restaurant.addressEn : restaurant.address}</dd>
        <dt>{kitchen.hours}</dt>
        <dd>{restaurant.hours ?? kitchen.allDay}</dd>
        <dt>{kitchen.siteId}</dt>
        <dd>
          <code>{restaurant.siteId}</code>
        </dd>
      </dl>
    </section>
  );
}
