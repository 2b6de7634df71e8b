// The shop's orders: what is to be received, what can be ordered again with one tap, and the earlier ones.
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';
import { EmptyState, type PageView, placeName } from '../../trace/parts.tsx';
import { goodsSaid, OrderBadge } from './order-parts.tsx';
import type { OrderView } from './order-view.ts';

export type TradeView = PageView & {
  readonly onItsWay: readonly OrderView[];
  readonly waiting: readonly OrderView[];
  readonly last: readonly OrderView[];
  readonly earlier: readonly OrderView[];
};

export function TradePage({ words, here, viewer, onItsWay, waiting, last, earlier }: TradeView) {
  const text = words.purchase;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css']}>
      <header class="row spread top">
        <div class="stack">
          <h1>{text.title}</h1>
          <p class="soft">{text.lead}</p>
        </div>
        <a class="btn" href="/my/trade/new">
          {text.newOrder}
        </a>
      </header>
      {last.length + waiting.length === 0 ? <EmptyState title={text.none} lead={text.noneLead} /> : null}
      {onItsWay.length === 0 ? null : (
        <section class="stack">
          <h2>{text.onItsWay}</h2>
          {onItsWay.map((order) => (
            <article class="card rim is-warn stack">
              <Head words={words} order={order} />
              <a
                class="btn main wide-phone"
                href={`/my/trade/${order.id}`}
                aria-label={text.receiveOf(placeName(words, order.supplier))}
              >
                <Icon name="check" />
                {text.receive}
              </a>
            </article>
          ))}
        </section>
      )}
      {last.length === 0 ? null : (
        <section class="stack">
          <h2>{text.lastTime}</h2>
          {last.map((order) => (
            <article class="card stack">
              <Head words={words} order={order} />
              <a
                class="btn wide-phone"
                href={`/my/trade/new?again=${order.id}`}
                aria-label={text.againOf(placeName(words, order.supplier))}
              >
                <Icon name="undo" />
                {text.again}
              </a>
            </article>
          ))}
        </section>
      )}
      <OrderList words={words} title={text.waiting} orders={waiting} />
      <OrderList words={words} title={text.earlier} orders={earlier} />
    </Page>
  );
}

function Head({ words, order }: { words: Texts; order: OrderView }) {
  return (
    <div class="stack">
      <p class="row spread">
        <b>{placeName(words, order.supplier)}</b>
        <OrderBadge words={words} state={order.state} />
      </p>
      <p>{goodsSaid(words, order.lines)}</p>
      <p class="small soft">
        {words.purchase.due} {order.dueDay}
      </p>
    </div>
  );
}

function OrderList({ words, title, orders }: { words: Texts; title: string; orders: readonly OrderView[] }) {
  if (orders.length === 0) return null;
  return (
    <section class="card stack">
      <h2>{title}</h2>
      <ul class="stack plain">
        {orders.map((order) => (
          <li class="stack">
            <p class="row spread">
              <a href={`/my/trade/${order.id}`}>
                {words.purchase.orderTitle(order.id)} · {placeName(words, order.supplier)}
              </a>
              <OrderBadge words={words} state={order.state} />
            </p>
            <p class="small soft">{goodsSaid(words, order.lines)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
