// The form of an order: whom, for which day, what and how much; filled in from the last one it is sent with one tap.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { AmountFields, DecimalInput } from '../../trace/amount-fields.tsx';
import { namedFaults, type PageView, type PlaceName, placeName } from '../../trace/parts.tsx';
import { SiteField } from '../../trace/site-field.tsx';

export type OrderFormView = PageView & {
  readonly sites: readonly PlaceName[];
  readonly suppliers: readonly PlaceName[];
  /** Names of goods ordered before. */
  readonly products: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly rows: number;
  readonly faults: readonly FieldFault[];
  /** Sent twice under one key it is one order. */
  readonly formKey: string;
};

export function OrderFormPage(view: OrderFormView) {
  const { words, here, viewer, suppliers, values, faults } = view;
  const text = words.purchase;
  return (
    <Page words={words} title={text.newTitle} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css']}>
      <h1>{text.newTitle}</h1>
      {suppliers.length === 0 ? (
        <p class="note is-warn">{text.noSupplier}</p>
      ) : (
        <form class="card stack" method="post" action="/my/trade" novalidate>
          <button class="btn main wide-phone" type="submit">
            {text.place}
          </button>
          <Faults words={words} faults={namedFaults(words, faults, (place) => faultName(view, place))} />
          <input type="hidden" name="key" value={view.formKey} />
          <SiteField words={words} label={text.buyer} sites={view.sites} chosen={values['site']} faults={faults} />
          <Field label={text.supplier} name="supplier" faults={faults}>
            <select id={fieldId('supplier')} name="supplier">
              <option value="">{text.choose}</option>
              {suppliers.map((place) => (
                <option value={place.id} selected={values['supplier'] === place.id}>
                  {placeName(words, place)}
                </option>
              ))}
            </select>
          </Field>
          <Field label={text.due} name="due" type="date" value={values['due']} faults={faults} />
          <ol class="boxes-in">
            {Array.from({ length: view.rows }, (_, row) => (
              <Row view={view} row={row} />
            ))}
          </ol>
          <datalist id="products">
            {view.products.map((name) => (
              <option value={name} />
            ))}
          </datalist>
          <div class="row">
            <button class="btn wide-phone" type="submit" name="rows" value={String(view.rows + 1)}>
              {text.oneMore}
            </button>
            <button class="btn main wide-phone" type="submit">
              {text.place}
            </button>
          </div>
        </form>
      )}
    </Page>
  );
}

function faultName({ words }: OrderFormView, place: string): string | undefined {
  const row = /^lines\/(\d+)\//.exec(place)?.[1];
  return row === undefined ? words.purchase.faultNames[place] : words.purchase.line(Number(row) + 1);
}

function Row({ view: { words, values, faults }, row }: { view: OrderFormView; row: number }) {
  const text = words.purchase;
  const name = (part: string) => `lines.${row}.${part}`;
  return (
    <li class="box-row">
      <b class="small">{text.line(row + 1)}</b>
      <Field label={text.product} name={name('product')} faults={faults}>
        <input
          id={fieldId(name('product'))}
          name={name('product')}
          value={values[name('product')] ?? ''}
          list="products"
          autocomplete="off"
          maxlength={120}
        />
      </Field>
      <div class="box-more">
        <AmountFields
          words={words}
          names={{ quantity: name('quantity'), unit: name('unit') }}
          values={values}
          faults={faults}
          usual="KGM"
        />
        <Field label={text.price} name={name('price')} faults={faults}>
          <DecimalInput name={name('price')} value={values[name('price')]} />
        </Field>
      </div>
    </li>
  );
}
