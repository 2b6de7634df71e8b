// What came, filled in as it was sent: one tap when it is all here.
import { Faults, Field } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { DecimalInput } from '../../trace/amount-fields.tsx';
import { amountWithMark, namedFaults, unitMark } from '../../trace/parts.tsx';
import type { OrderPageView } from './order-view.ts';

export function ReceiveForm({ view: { words, order, values, faults } }: { view: OrderPageView }) {
  const text = words.purchase;
  const parcels = order.lines.flatMap((line) => line.parcels.map((parcel) => ({ line, parcel })));
  const nameOf = (place: string) => parcels[Number(/^parcels\/(\d+)\//.exec(place)?.[1] ?? -1)]?.parcel.batch;
  return (
    <form class="card rim is-warn stack" method="post" action={`/my/trade/${order.id}/received`} novalidate>
      <button class="btn main wide-phone" type="submit">
        <Icon name="check" />
        {text.receiveNow}
      </button>
      <p class="soft small">{text.receiveLead}</p>
      <Faults words={words} faults={namedFaults(words, faults, nameOf)} />
      {parcels.map(({ line, parcel }, index) => (
        <fieldset class="stack">
          <legend>
            {line.product} · <span class="code">{parcel.batch}</span>
          </legend>
          <p class="small soft">
            {text.sent} {amountWithMark(words, parcel.sent, line.unit)}
          </p>
          <input type="hidden" name={`parcels.${index}.id`} value={String(parcel.id)} />
          <Field
            label={`${text.received} (${unitMark(words, line.unit)})`}
            name={`parcels.${index}.quantity`}
            faults={faults}
          >
            <DecimalInput
              name={`parcels.${index}.quantity`}
              value={values[`parcels.${index}.quantity`] ?? String(parcel.sent)}
            />
          </Field>
        </fieldset>
      ))}
      <Field label={text.celsius} name="celsius" faults={faults}>
        <DecimalInput name="celsius" value={values['celsius']} />
      </Field>
    </form>
  );
}
