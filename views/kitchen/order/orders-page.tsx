// What waits for a reviewer beside the desk: answers to look at, and appeals.
import { Icon } from '../../parts/icon.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import { After, Before, type OrderCardData, OrderHead, OrderPlace } from './order-card.tsx';
import { AppealDecisionForm, DecisionForm } from './order-page.tsx';

export type OrdersView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly answered: readonly OrderCardData[];
  readonly appealed: readonly (OrderCardData & { readonly appealText: string })[];
};

export function OrdersPage({ words, here, viewer, answered, appealed }: OrdersView) {
  const { kitchen } = words;
  const none = answered.length === 0 && appealed.length === 0;
  return (
    <Page words={words} title={words.common.nav.orders} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{words.common.nav.orders}</h1>
        <p class="soft">{kitchen.ordersLead}</p>
      </header>
      {none ? <NothingWaits words={words} /> : null}
      {appealed.length === 0 ? null : (
        <section class="card">
          <h2>{kitchen.appealsTitle(appealed.length)}</h2>
          {appealed.map((order) => (
            <Compared words={words} order={order}>
              <p class="note is-warn">
                <Icon name="question" />
                <span>{order.appealText}</span>
              </p>
              <AppealDecisionForm words={words} order={order} />
            </Compared>
          ))}
        </section>
      )}
      {answered.length === 0 ? null : (
        <section class="card">
          <h2>{kitchen.answersTitle(answered.length)}</h2>
          {answered.map((order) => (
            <Compared words={words} order={order}>
              {order.after === undefined || order.after.text === '' ? null : <p>{order.after.text}</p>}
              <DecisionForm words={words} order={order} />
            </Compared>
          ))}
        </section>
      )}
    </Page>
  );
}

function Compared({ words, order, children }: { words: Texts; order: OrderCardData; children?: unknown }) {
  return (
    <article class="order compare" id={`order-${order.id}`}>
      <div class="stack">
        <OrderHead words={words} order={order} />
        <h3 class="title">
          <a href={`/orders/${order.id}`}>{order.violation.name}</a>
        </h3>
        <p>{localName(words.lang, order.restaurant)}</p>
        <OrderPlace words={words} order={order} />
        {children}
      </div>
      <div class="pair">
        <Before words={words} order={order} />
        <After words={words} order={order} />
      </div>
    </article>
  );
}

function NothingWaits({ words }: { words: Texts }) {
  return (
    <section class="card empty">
      <svg class="art" viewBox="0 0 96 72" aria-hidden="true">
        <rect x="18" y="12" width="60" height="48" rx="6" />
        <path class="hot" d="M34 36l10 10 20-22" />
      </svg>
      <h2>{words.kitchen.noOrders}</h2>
      <p>{words.kitchen.noOrdersNext}</p>
      <a class="btn" href="/review">
        {words.common.nav.review}
      </a>
    </section>
  );
}
