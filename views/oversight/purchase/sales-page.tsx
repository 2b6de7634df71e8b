// The supplier's day: what to send to whom, what was sent and not received, what differed, and what buyers ask for.
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';
import { EmptyState, type PageView, placeName } from '../../trace/parts.tsx';
import { differenceSaid, goodsSaid, OrderBadge } from './order-parts.tsx';
import type { OrderView } from './order-view.ts';

export type SalesView = PageView & {
  readonly today: string;
  readonly now: number;
  readonly toSend: readonly OrderView[];
  readonly notReceived: readonly OrderView[];
  readonly differed: readonly OrderView[];
  readonly asked: readonly { readonly href: string; readonly title: string }[];
};

const hourMs = 3_600_000;

export function SalesPage(view: SalesView) {
  const { words, here, viewer, toSend, notReceived, differed, asked, now } = view;
  const text = words.purchase;
  return (
    <Page words={words} title={text.salesTitle} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css']}>
      <header class="row spread top">
        <div class="stack">
          <h1>{text.salesTitle}</h1>
          <p class="soft">{text.salesLead}</p>
        </div>
        <a class="btn" href="/my/sales/board">
          {text.board}
        </a>
      </header>
      <section class="stack">
        <h2>
          {text.toSend} {toSend.length === 0 ? '' : toSend.length}
        </h2>
        {toSend.length === 0 ? <EmptyState title={text.nothingToSend} lead={text.nothingToSendLead} /> : null}
        {toSend.map((order) => (
          <ToSend view={view} order={order} />
        ))}
      </section>
      <Orders
        words={words}
        title={text.notReceived}
        orders={notReceived}
        noteOf={(order) => text.hours(Math.floor((now - (order.sentAt ?? now)) / hourMs))}
      />
      <Orders words={words} title={text.differed} orders={differed} noteOf={(order) => differencesOf(words, order)} />
      <section class="card stack">
        <h2>{text.asked}</h2>
        {asked.length === 0 ? <p class="soft">{text.askedNone}</p> : null}
        <ul class="stack plain">
          {asked.map(({ href, title }) => (
            <li>
              <a href={href}>{title}</a>
            </li>
          ))}
        </ul>
      </section>
    </Page>
  );
}

function ToSend({ view: { words, today }, order }: { view: SalesView; order: OrderView }) {
  const text = words.purchase;
  const due = order.dueDay < today ? text.late : order.dueDay === today ? text.today : undefined;
  return (
    <article class={`card rim stack${order.dueDay < today ? ' is-bad' : ' is-warn'}`}>
      <p class="row spread">
        <b>{placeName(words, order.buyer)}</b>
        <span class="row">
          <span class="small soft">{order.dueDay}</span>
          {due === undefined ? null : <span class={`badge ${order.dueDay < today ? 'overdue' : 'due'}`}>{due}</span>}
        </span>
      </p>
      <p>{goodsSaid(words, order.lines)}</p>
      <a
        class="btn main wide-phone"
        href={`/my/trade/${order.id}`}
        aria-label={text.sendOf(placeName(words, order.buyer))}
      >
        <Icon name="truck" />
        {text.send}
      </a>
    </article>
  );
}

type OrdersProps = {
  words: Texts;
  title: string;
  orders: readonly OrderView[];
  noteOf: (order: OrderView) => string;
};

function Orders({ words, title, orders, noteOf }: OrdersProps) {
  return (
    <section class="card stack">
      <h2>{title}</h2>
      {orders.length === 0 ? <p class="soft">{words.purchase.noneHere}</p> : null}
      <ul class="stack plain">
        {orders.map((order) => (
          <li class="stack">
            <p class="row spread">
              <a href={`/my/trade/${order.id}`}>
                {words.purchase.orderTitle(order.id)} · {placeName(words, order.buyer)}
              </a>
              <OrderBadge words={words} state={order.state} />
            </p>
            <p class="small soft">
              {goodsSaid(words, order.lines)} · {noteOf(order)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function differencesOf(words: Texts, { lines }: OrderView): string {
  const said = lines.flatMap(({ product, unit, parcels }) =>
    parcels.flatMap(({ sent, received }) => {
      const difference = differenceSaid(words, sent, received ?? sent, unit);
      return difference === undefined ? [] : [`${product} ${difference}`];
    }),
  );
  return said.join(words.lang === 'en' ? ', ' : '、');
}
