// First-station coding (首站赋码): goods from outside get a code of ours and are received in one go.
import { Faults, Field, fieldId } from '../../parts/form.tsx';
import type { Texts } from '../../text/texts.ts';
import { namedFaults, placeName } from '../parts.tsx';
import { UnitSelect } from '../unit-select.tsx';
import type { ReceiveView } from './receive-view.ts';

export function Uncoded({ view }: { view: ReceiveView }) {
  const { words, values, faults, sites } = view;
  const text = words.trace.shop;
  const uncodedFaults = faults.filter(({ place }) => place.startsWith('/uncoded'));
  return (
    <details class="card more-card" id="uncoded" open={uncodedFaults.length > 0}>
      <summary>
        <h2>{text.uncoded}</h2>
      </summary>
      <form class="stack" method="post" action="/receive/uncoded" novalidate>
        <Faults words={words} faults={namedFaults(words, uncodedFaults, (place) => uncodedName(words, place))} />
        <p class="small soft">{text.uncodedLead}</p>
        {sites.length === 1 ? (
          <input type="hidden" name="site" value={sites[0]?.id} />
        ) : (
          <select name="site" aria-label={text.at}>
            {sites.map((site) => (
              <option value={site.id} selected={values['site'] === site.id}>
                {placeName(words, site)}
              </option>
            ))}
          </select>
        )}
        <Field
          label={text.uncodedProduct}
          name="uncoded.product"
          value={values['uncoded.product']}
          faults={faults}
          required
        />
        <Field
          label={text.uncodedOrigin}
          name="uncoded.origin"
          value={values['uncoded.origin']}
          faults={faults}
          required
        />
        <Field
          label={text.uncodedBatch}
          name="uncoded.batch"
          value={values['uncoded.batch']}
          faults={faults}
          required
        />
        <div class="grid-2">
          <Field label={text.quantity} name="uncoded.quantity" faults={faults}>
            <input
              id={fieldId('uncoded.quantity')}
              name="uncoded.quantity"
              inputmode="decimal"
              autocomplete="off"
              value={values['uncoded.quantity'] ?? ''}
            />
          </Field>
          <Field label={text.unit} name="uncoded.unit" faults={faults}>
            <UnitSelect words={words} name="uncoded.unit" value={values['uncoded.unit']} />
          </Field>
        </div>
        <button class="btn main wide-phone" type="submit">
          {text.giveCode}
        </button>
      </form>
    </details>
  );
}

function uncodedName(words: Texts, place: string): string | undefined {
  const { shop } = words.trace;
  const names: Readonly<Record<string, string>> = {
    product: shop.uncodedProduct,
    origin: shop.uncodedOrigin,
    batch: shop.uncodedBatch,
    quantity: shop.quantity,
    unit: shop.unit,
  };
  return names[place.split('/').at(-1) ?? ''];
}
