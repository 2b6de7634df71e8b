// Orders as a table: number, what, where, until when, state.

import { Page, type Viewer } from '../../parts/page.tsx';
import { formatTime } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { OrderBadge } from '../state-badge.tsx';
import type { OrderCardData } from './order-card.tsx';

export type OrderRow = Pick<OrderCardData, 'id' | 'number' | 'state' | 'left' | 'violation' | 'place' | 'at'> & {
  readonly dueAt: number;
};

export function OrderTable({ words, orders }: { words: Texts; orders: readonly OrderRow[] }) {
  const { kitchen, lang } = words;
  if (orders.length === 0) return <p class="soft">{kitchen.noOrdersYet}</p>;
  return (
    <table class="cards">
      <caption class="hide">{kitchen.orderList}</caption>
      <thead>
        <tr>
          <th scope="col">{kitchen.order}</th>
          <th scope="col">{kitchen.violation}</th>
          <th scope="col">{kitchen.place}</th>
          <th scope="col">{kitchen.seenAt}</th>
          <th scope="col">{kitchen.dueAt}</th>
          <th scope="col">{kitchen.state}</th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <tr class={order.state === 'issued' && order.left.late ? 'is-late' : undefined}>
            <th scope="row">
              <a href={`/orders/${order.id}`}>{order.number}</a>
            </th>
            <td data-l={kitchen.violation}>{order.violation.name}</td>
            <td data-l={kitchen.place}>{localName(lang, order.place)}</td>
            <td data-l={kitchen.seenAt}>
              <time>{formatTime(order.at, lang)}</time>
            </td>
            <td data-l={kitchen.dueAt}>
              <time>{formatTime(order.dueAt, lang)}</time>
            </td>
            <td class="now" data-l={kitchen.state}>
              <OrderBadge words={words} state={order.state} left={order.left} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export type MyOrdersView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly orders: readonly OrderRow[];
  readonly cut: boolean;
};

export function MyOrdersPage({ words, here, viewer, orders, cut }: MyOrdersView) {
  return (
    <Page words={words} title={words.kitchen.orderList} here={here} viewer={viewer}>
      <h1>{words.kitchen.orderList}</h1>
      <section class="card">
        <OrderTable words={words} orders={orders} />
        {cut ? <p class="small soft">{words.common.cutShort}</p> : null}
      </section>
    </Page>
  );
}
