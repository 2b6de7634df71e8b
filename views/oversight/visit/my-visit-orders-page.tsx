// What visits found in a shop, for the shop: by when to mend it, and where to show it mended.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import { EmptyState, namedFaults, type PageView } from '../../trace/parts.tsx';
import { OrderLine, type VisitOrderView } from './visit-page.tsx';

export type MyVisitOrder = VisitOrderView & {
  readonly id: number;
  readonly name: string;
  readonly nameEn: string | null;
  readonly items: readonly { readonly name: string; readonly nameEn: string }[];
};

export type MyVisitOrdersView = PageView & {
  readonly orders: readonly MyVisitOrder[];
  /** The order whose form had faults. */
  readonly at: number | undefined;
  readonly typed: string;
  readonly faults: readonly FieldFault[];
};

export function MyVisitOrdersPage(view: MyVisitOrdersView) {
  const { words, here, viewer, orders } = view;
  const text = words.visit;
  return (
    <Page words={words} title={text.myTitle} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css']}>
      <header class="stack">
        <h1>{text.myTitle}</h1>
        <p class="soft">{text.myLead}</p>
      </header>
      {orders.length === 0 ? <EmptyState title={text.myEmptyTitle} lead={text.myEmptyLead} /> : null}
      {orders.map((order) => (
        <section class="card stack">
          <h2>{localName(words.lang, order)}</h2>
          <OrderLine words={words} order={order} />
          <ul>
            {order.items.map((item) => (
              <li>{words.lang === 'en' ? item.nameEn : item.name}</li>
            ))}
          </ul>
          {order.state === 'accepted' ? null : <AnswerForm words={words} order={order} view={view} />}
        </section>
      ))}
    </Page>
  );
}

function AnswerForm({ words, order, view }: { words: Texts; order: MyVisitOrder; view: MyVisitOrdersView }) {
  const text = words.visit;
  const isHere = view.at === order.id;
  const faults = isHere ? view.faults : [];
  return (
    <form
      class="stack"
      method="post"
      action={`/my/visit-orders/${order.id}/answer`}
      enctype="multipart/form-data"
      novalidate
    >
      <Faults words={words} faults={namedFaults(words, faults, (place) => text.faultNames[place])} />
      <Field label={text.text} name={isHere ? 'text' : `text.${order.id}`} faults={faults}>
        <textarea id={fieldId(isHere ? 'text' : `text.${order.id}`)} name="text" maxlength={1000} rows={2}>
          {isHere ? view.typed : ''}
        </textarea>
      </Field>
      <Field label={text.photo} name={isHere ? 'photo' : `photo.${order.id}`} faults={faults}>
        <input
          id={fieldId(isHere ? 'photo' : `photo.${order.id}`)}
          name="photo"
          type="file"
          accept="image/jpeg,image/png,image/webp"
        />
      </Field>
      <button class="btn main" type="submit">
        {text.answer}
      </button>
    </form>
  );
}
