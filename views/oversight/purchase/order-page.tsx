// One order: what was ordered, sent and received, the next step for whoever reads it, its papers and its money.
import { Field } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import { amountWithMark, placeName } from '../../trace/parts.tsx';
import { MoneyCard } from './money-card.tsx';
import { differenceSaid, OrderBadge } from './order-parts.tsx';
import type { LineView, OrderPageView, ParcelView } from './order-view.ts';
import { ReceiveForm } from './receive-form.tsx';
import { SendForm } from './send-form.tsx';

export function OrderPage(view: OrderPageView) {
  const { words, here, viewer, order, sides } = view;
  const text = words.purchase;
  const title = text.orderTitle(order.id);
  const sends = order.state === 'placed' && sides.includes('supplier');
  const receives = order.state === 'sent' && sides.includes('buyer');
  const other = sides.includes('buyer') ? order.supplier : order.buyer;
  return (
    <Page words={words} title={title} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css']}>
      <header class="stack">
        <div class="row spread">
          <h1>{placeName(words, other)}</h1>
          <OrderBadge words={words} state={order.state} />
        </div>
        <p class="soft">
          {title} · {text.due} {order.dueDay} · {text.placedAt} {formatMoment(order.placedAt, words.lang)}
        </p>
        {order.reason === null ? null : (
          <p class="note is-warn">
            {text.endReason}
            {words.lang === 'en' ? ': ' : '：'}
            {order.reason}
          </p>
        )}
      </header>
      {sends ? <SendForm view={view} /> : null}
      {receives ? <ReceiveForm view={view} /> : null}
      {sends || receives ? null : <Goods view={view} />}
      {order.sentAt === null ? null : (
        <p class="row">
          <a class="btn wide-phone" href={`/my/trade/${order.id}/papers`}>
            {text.papers}
          </a>
        </p>
      )}
      <MoneyCard words={words} order={order.id} money={view.money} values={view.values} faults={view.faults} />
      {order.state === 'placed' ? <EndForm view={view} /> : null}
    </Page>
  );
}

function Goods({ view: { words, order } }: { view: OrderPageView }) {
  const text = words.purchase;
  return (
    <section class="card stack">
      {order.lines.map((line) => (
        <div class="stack">
          <h2>{line.product}</h2>
          <p class="soft">
            {text.ordered} {amountWithMark(words, line.quantity, line.unit)}
          </p>
          {order.sentAt !== null && line.parcels.length === 0 ? <p>{text.notSent}</p> : null}
          {line.parcels.map((parcel) => (
            <Parcel view={{ words, line, parcel }} />
          ))}
        </div>
      ))}
    </section>
  );
}

type ParcelProps = { view: { words: OrderPageView['words']; line: LineView; parcel: ParcelView } };

function Parcel({ view: { words, line, parcel } }: ParcelProps) {
  const text = words.purchase;
  const { sent, received } = parcel;
  const difference = received === null ? undefined : differenceSaid(words, sent, received, line.unit);
  return (
    <p class="row">
      <a class="code" href={parcel.href}>
        {parcel.batch}
      </a>
      <span>
        {text.sent} {amountWithMark(words, sent, line.unit)}
      </span>
      {received === null ? null : (
        <span>
          {text.received} {amountWithMark(words, received, line.unit)}
        </span>
      )}
      {received === null ? null : (
        <span class={`badge ${difference === undefined ? 'done' : 'overdue'}`}>{difference ?? text.asSent}</span>
      )}
    </p>
  );
}

function EndForm({ view: { words, order, sides, values, faults } }: { view: OrderPageView }) {
  const text = words.purchase;
  const name = sides.includes('buyer') ? text.endBuyer : text.endSupplier;
  return (
    <details class="card" open={faults.some(({ place }) => place === '/reason')}>
      <summary>{name}</summary>
      <form class="stack" method="post" action={`/my/trade/${order.id}/ended`} novalidate>
        <Field label={text.endReason} name="reason" value={values['reason']} faults={faults} />
        <button class="btn" type="submit">
          {name}
        </button>
      </form>
    </details>
  );
}
