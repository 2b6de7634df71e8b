// The form of a grower's promise, and the promise that was written, to print.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { AmountFields } from '../../trace/amount-fields.tsx';
import { namedFaults, type PageView, type PlaceName } from '../../trace/parts.tsx';
import { SiteField } from '../../trace/site-field.tsx';
import { PromisePaper, type PromiseView } from './promise-paper.tsx';

export type PromiseFormView = PageView & {
  readonly lot: { readonly id: number; readonly product: string; readonly batch: string };
  readonly sites: readonly PlaceName[];
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
};

export function PromiseFormPage({ words, here, viewer, lot, sites, values, faults }: PromiseFormView) {
  const text = words.purchase;
  const names: Readonly<Record<string, string>> = {
    grower: text.grower,
    contact: text.contact,
    quantity: text.quantity,
  };
  return (
    <Page words={words} title={text.promiseNew} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css']}>
      <header class="stack">
        <h1>{text.promiseNew}</h1>
        <p>
          {lot.product} · {text.promiseOf(lot.batch)}
        </p>
        <p class="soft">{text.promiseLead}</p>
      </header>
      <form class="card stack" method="post" action="/my/promises" novalidate>
        <Faults words={words} faults={namedFaults(words, faults, (place) => names[place])} />
        <input type="hidden" name="lot" value={String(lot.id)} />
        <SiteField words={words} label={text.owner} sites={sites} chosen={values['site']} faults={faults} />
        <div class="box-more">
          <AmountFields
            words={words}
            names={{ quantity: 'quantity', unit: 'unit' }}
            values={values}
            faults={faults}
            usual="KGM"
          />
        </div>
        <Field label={text.grower} name="grower" value={values['grower']} faults={faults} />
        <Field label={text.contact} name="contact" value={values['contact']} faults={faults} />
        <Field label={text.ground} name="ground" faults={faults}>
          <select id={fieldId('ground')} name="ground">
            {(['word', 'own_test', 'laboratory', 'control'] as const).map((ground) => (
              <option value={ground} selected={values['ground'] === ground}>
                {text.grounds[ground]}
              </option>
            ))}
          </select>
        </Field>
        <Field label={text.ownNumber} name="number" value={values['number']} faults={faults} />
        <p>{text.promiseWords}</p>
        <ol>
          {text.promises.map((line) => (
            <li>{line}</li>
          ))}
        </ol>
        <button class="btn main wide-phone" type="submit">
          {text.writePromise}
        </button>
      </form>
    </Page>
  );
}

export function PromisePage({ words, here, viewer, promise }: PageView & { readonly promise: PromiseView }) {
  const text = words.purchase;
  return (
    <Page
      words={words}
      title={text.promiseTitle}
      here={here}
      viewer={viewer}
      mainClass="narrow"
      styles={['trace.css', 'oversight.css']}
    >
      <h1 class="no-print">{text.promiseTitle}</h1>
      <PromisePaper words={words} promise={promise} />
    </Page>
  );
}
