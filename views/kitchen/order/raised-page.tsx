// Orders that have risen to an inspector: why, which card, what happened so far.
import { Page, type Viewer } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import type { Named } from '../named.ts';
import { OrderBadge } from '../state-badge.tsx';
import type { StepLine } from './order-page.tsx';
import type { OrderRow } from './order-table.tsx';

export type RaisedOrder = OrderRow & {
  readonly violation: { readonly name: string };
  readonly restaurant: Named;
  readonly tier: keyof Texts['kitchen']['tiers'];
  readonly card: 'yellow_card' | 'red_card' | undefined;
  readonly repeats: number;
  readonly steps: readonly StepLine[];
};

type District = { readonly name: string | null; readonly nameEn: string | null; readonly count: number };
type View = {
  words: Texts;
  here: string;
  viewer: Viewer | null;
  orders: readonly RaisedOrder[];
  districts: readonly District[];
};

export function RaisedPage({ words, here, viewer, orders, districts }: View) {
  const { kitchen, lang } = words;
  const inAll = districts.reduce((sum, { count }) => sum + count, 0);
  return (
    <Page words={words} title={kitchen.raisedTitle} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{kitchen.raisedTitle}</h1>
        <p class="soft">{kitchen.raisedLead}</p>
        {inAll === 0 ? null : <Districts words={words} districts={districts} inAll={inAll} shown={orders.length} />}
      </header>
      {orders.length === 0 ? <p class="card soft">{kitchen.noneRaised}</p> : null}
      {orders.map((order) => (
        <section class="card stack">
          <div class="row">
            <OrderBadge words={words} state={order.state} left={order.left} />
            {order.card === undefined ? null : <b>{kitchen.steps[order.card]}</b>}
            <span class="soft">{kitchen.tiers[order.tier]}</span>
            <span class="faint small">{kitchen.orderNumber(order.number)}</span>
          </div>
          <h2>
            <a href={`/orders/${order.id}`}>{`${localName(lang, order.restaurant)}\u00a0· ${order.violation.name}`}</a>
          </h2>
          {order.repeats === 0 ? null : <p>{kitchen.repeatedTimes(order.repeats)}</p>}
          <ol class="small">
            {order.steps.map((step) => (
              <li>
                {`${formatMoment(step.at, lang)} ${kitchen.steps[step.kind]}${step.text ? `${lang === 'en' ? ': ' : '：'}${step.text}` : ''}`}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </Page>
  );
}

type Counted = { words: Texts; districts: readonly District[]; inAll: number; shown: number };

/** How many there are, district by district, and whether the list below is all of them. */
function Districts({ words, districts, inAll, shown }: Counted) {
  const { kitchen, lang } = words;
  return (
    <dl class="row wrap small">
      <div>
        <dt class="faint">{kitchen.raisedInAll}</dt>
        <dd>
          <b>{inAll}</b>
          {shown < inAll ? ` ${kitchen.raisedShown(shown)}` : ''}
        </dd>
      </div>
      {districts.map(({ name, nameEn, count }) => (
        <div>
          <dt class="faint">{name === null ? kitchen.noDistrict : localName(lang, { name, nameEn })}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </dl>
  );
}
