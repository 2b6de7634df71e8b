// First-station coding (首站赋码): goods from outside get a code of ours and are received in one go.
import { Faults, Field } from '../../parts/form.tsx';
import type { Texts } from '../../text/texts.ts';
import { AmountFields } from '../amount-fields.tsx';
import { namedFaults } from '../parts.tsx';
import { SiteField } from '../site-field.tsx';
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
        <SiteField words={words} label={text.at} sites={sites} chosen={values['site']} faults={faults} />
        {(['product', 'origin', 'batch'] as const).map((part) => (
          <Field
            label={uncodedNames(words)[part]}
            name={`uncoded.${part}`}
            value={values[`uncoded.${part}`]}
            faults={faults}
            required
          />
        ))}
        <div class="grid-2">
          <AmountFields
            words={words}
            names={{ quantity: 'uncoded.quantity', unit: 'uncoded.unit' }}
            values={values}
            faults={faults}
          />
        </div>
        <button class="btn main wide-phone" type="submit">
          {text.giveCode}
        </button>
      </form>
    </details>
  );
}

function uncodedNames({ trace: { shop } }: Texts) {
  return {
    product: shop.uncodedProduct,
    origin: shop.uncodedOrigin,
    batch: shop.uncodedBatch,
    quantity: shop.quantity,
    unit: shop.unit,
  };
}

function uncodedName(words: Texts, place: string): string | undefined {
  const names: Readonly<Record<string, string>> = uncodedNames(words);
  return names[place.split('/').at(-1) ?? ''];
}
