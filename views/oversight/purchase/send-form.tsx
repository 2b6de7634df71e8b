// What the supplier sends, filled in from what it holds: one tap when it is right.
import { Faults, Field } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { formatDate } from '../../parts/time.ts';
import { DecimalInput } from '../../trace/amount-fields.tsx';
import { amountWithMark, namedFaults, unitMark } from '../../trace/parts.tsx';
import { differenceSaid } from './order-parts.tsx';
import type { LineView, OrderPageView, Suggestion } from './order-view.ts';

export function SendForm({ view }: { view: OrderPageView }) {
  const { words, order, faults } = view;
  const text = words.purchase;
  return (
    <form class="card rim is-warn stack" method="post" action={`/my/trade/${order.id}/sent`} novalidate>
      <button class="btn main wide-phone" type="submit">
        <Icon name="truck" />
        {text.sendNow}
      </button>
      <p class="soft small">{text.sendLead}</p>
      <Faults words={words} faults={namedFaults(words, faults, (place) => batchAt(view, place))} />
      {order.lines.map((line) => (
        <Line view={view} line={line} />
      ))}
    </form>
  );
}

function batchAt({ suggested }: OrderPageView, place: string): string | undefined {
  const row = /^parcels\/(\d+)\//.exec(place)?.[1];
  return row === undefined ? undefined : suggested.find((each) => each.row === Number(row))?.batch || undefined;
}

function Line({ view, line }: { view: OrderPageView; line: LineView }) {
  const { words } = view;
  const text = words.purchase;
  const parcels = view.suggested.filter(({ lineId }) => lineId === line.id);
  const sum = parcels.reduce((total, { quantity }) => total + quantity, 0);
  const isHeld = parcels.some(({ code }) => code !== '');
  const difference = isHeld ? differenceSaid(words, line.quantity, sum, line.unit) : undefined;
  return (
    <fieldset class="stack">
      <legend>
        {line.product} · {text.ordered} {amountWithMark(words, line.quantity, line.unit)}
      </legend>
      {isHeld ? null : <p class="note is-warn">{text.notHeld(line.product)}</p>}
      {difference === undefined ? null : <p class="note is-warn">{difference}</p>}
      {parcels.map((parcel) => (
        <ParcelFields view={view} line={line} parcel={parcel} />
      ))}
    </fieldset>
  );
}

type FieldsProps = { view: OrderPageView; line: LineView; parcel: Suggestion };

function ParcelFields({ view: { words, values, faults }, line, parcel }: FieldsProps) {
  const text = words.purchase;
  const name = (part: string) => `parcels.${parcel.row}.${part}`;
  const missing = (['quarantine', 'quality'] as const).filter(
    (kind) => !parcel.certificates.some((each) => each.kind === kind),
  );
  const known =
    parcel.onHand === null ? text.onHandUnknown : text.onHand(amountWithMark(words, parcel.onHand, line.unit));
  return (
    <div class="stack">
      <input type="hidden" name={name('line')} value={String(line.id)} />
      {parcel.code === '' ? (
        <Field label={text.code} name={name('code')} value={values[name('code')]} faults={faults} />
      ) : (
        <p class="row">
          <input type="hidden" name={name('code')} value={parcel.code} />
          <b class="code">{parcel.batch}</b>
          <span class="small soft">{known}</span>
          {parcel.expiresAt === null ? null : (
            <span class="small soft">
              {words.trace.expiresAt} {formatDate(parcel.expiresAt)}
            </span>
          )}
        </p>
      )}
      <Field label={`${text.quantity} (${unitMark(words, line.unit)})`} name={name('quantity')} faults={faults}>
        <DecimalInput name={name('quantity')} value={values[name('quantity')] ?? quantitySaid(parcel)} />
      </Field>
      {parcel.certificates.length === 0 ? null : (
        <p class="small soft">{parcel.certificates.map(({ number }) => number).join(' · ')}</p>
      )}
      {parcel.lotId === null || parcel.certificates.length > 0 ? null : (
        <a class="small" href={`/my/promises/new?lot=${parcel.lotId}`}>
          {text.promiseNew}
        </a>
      )}
      {missing.length === 0 ? null : (
        <details class="more">
          <summary>{text.numbers}</summary>
          {missing.map((kind) => (
            <Field
              label={words.trace.certificateKinds[kind]}
              name={name(kind)}
              value={values[name(kind)]}
              faults={faults}
            />
          ))}
        </details>
      )}
    </div>
  );
}

function quantitySaid({ code, quantity }: Suggestion): string {
  return code === '' ? '' : String(Math.round(quantity * 1e3) / 1e3);
}
