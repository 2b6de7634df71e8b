// The form that takes a lot the way people keep it: what it is, where from, where to.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import type { Texts } from '../../text/texts.ts';
import { namedFaults, type PageView } from '../parts.tsx';
import { TracePage } from '../trace-page.tsx';
import { UnitSelect } from '../unit-select.tsx';

/** What was typed, by field name; flow rows as `flow.0.to`. */
export type LotFormValues = Readonly<Record<string, string>>;

export type NewLotView = PageView & {
  readonly values: LotFormValues;
  readonly faults: readonly FieldFault[];
  readonly sites: readonly { readonly id: string; readonly name: string }[];
  readonly flowRows: number;
};

export function NewLotPage({ words, here, viewer, values, faults, sites, flowRows }: NewLotView) {
  const text = words.trace.lots;
  return (
    <TracePage words={words} title={text.newTitle} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{text.newTitle}</h1>
        <p class="soft">{text.newLead}</p>
      </header>
      <form class="card rim stack-wide form-wide" method="post" action="/lots/new" novalidate>
        <Faults words={words} faults={namedFaults(words, faults, (place) => fieldName(words, place))} />
        <What words={words} values={values} faults={faults} />
        <Origin words={words} values={values} faults={faults} />
        <Flow words={words} values={values} faults={faults} rows={flowRows} />
        <SiteList sites={sites} />
        <div class="row">
          <button class="btn main" type="submit">
            {text.create}
          </button>
          <button class="btn" type="submit" name="rows" value={String(flowRows + 3)} formnovalidate>
            {text.moreRows}
          </button>
        </div>
      </form>
    </TracePage>
  );
}

/** The label of the field at `place`. */
function fieldName(words: Texts, place: string): string | undefined {
  const text = words.trace.lots;
  const [, row, part] = /^flow\/(\d+)\/(\w+)$/.exec(place) ?? [];
  if (row !== undefined) {
    const parts: Readonly<Record<string, string>> = { to: text.flowTo, at: text.flowAt, quantity: text.flowQuantity };
    return `${text.flowRow(Number(row) + 1)} ${parts[part ?? ''] ?? ''}`.trim();
  }
  const names: Readonly<Record<string, string>> = {
    product: text.productName,
    productEn: text.productNameEn,
    batch: text.batch,
    gtin: text.gtin,
    quantity: text.quantity,
    unit: text.unit,
    producedAt: text.producedAt,
    expiresAt: text.expiresAt,
    origin: text.origin,
    madeAt: text.originSite,
    variety: text.variety,
    supplierPhone: text.originPhone,
    'certificates/quarantine': text.quarantine,
    'certificates/quality': text.quality,
  };
  return names[place];
}

type Part = { readonly words: Texts; readonly values: LotFormValues; readonly faults: readonly FieldFault[] };

function What({ words, values, faults }: Part) {
  const text = words.trace.lots;
  const of = (name: string) => ({ name, value: values[name], faults });
  return (
    <fieldset class="stack">
      <legend class="title">{text.whatSection}</legend>
      <div class="grid-2">
        <Field label={text.productName} {...of('product')} required />
        <Field label={text.productNameEn} {...of('productEn')} />
        <Field label={text.batch} {...of('batch')} hint={text.batchHint} required />
        <Field label={text.gtin} {...of('gtin')} hint={text.gtinHint} />
        <Field label={text.variety} {...of('variety')} hint={text.varietyHint} />
      </div>
      <div class="grid-4">
        <Field label={text.quantity} {...of('quantity')} type="text" />
        <Field label={text.unit} name="unit" faults={faults}>
          <UnitSelect words={words} name="unit" value={values['unit']} />
        </Field>
        <Field label={text.producedAt} {...of('producedAt')} type="date" />
        <Field label={text.expiresAt} {...of('expiresAt')} type="date" />
      </div>
    </fieldset>
  );
}

function Origin({ words, values, faults }: Part) {
  const text = words.trace.lots;
  const of = (name: string) => ({ name, value: values[name], faults });
  return (
    <fieldset class="stack">
      <legend class="title">{text.originSection}</legend>
      <div class="grid-2">
        <Field label={text.origin} {...of('origin')} hint={text.originHint} />
        <Field label={text.originSite} name="madeAt" faults={faults} hint={text.originSiteHint}>
          <input
            id={fieldId('madeAt')}
            name="madeAt"
            value={values['madeAt']}
            list="sites"
            aria-describedby={`${fieldId('madeAt')}-hint`}
          />
        </Field>
        <Field label={text.originPhone} {...of('supplierPhone')} type="tel" />
        <Field label={text.quarantine} {...of('certificates.quarantine')} hint={text.certificateHint} />
        <Field label={text.quality} {...of('certificates.quality')} />
      </div>
    </fieldset>
  );
}

function Flow({ words, values, faults, rows }: Part & { readonly rows: number }) {
  const text = words.trace.lots;
  return (
    <fieldset class="stack">
      <legend class="title">{text.flowSection}</legend>
      <p class="soft small">{text.flowLead}</p>
      {Array.from({ length: rows }, (_, row) => {
        const of = (part: string) => ({ name: `flow.${row}.${part}`, value: values[`flow.${row}.${part}`], faults });
        return (
          <fieldset class="flow-row">
            <legend class="hide">{text.flowRow(row + 1)}</legend>
            <Field label={text.flowTo} name={`flow.${row}.to`} faults={faults}>
              <input
                id={fieldId(`flow.${row}.to`)}
                name={`flow.${row}.to`}
                value={values[`flow.${row}.to`]}
                list="sites"
              />
            </Field>
            <Field label={text.flowAt} {...of('at')} type="datetime-local" />
            <Field label={text.flowQuantity} {...of('quantity')} />
          </fieldset>
        );
      })}
    </fieldset>
  );
}

function SiteList({ sites }: Pick<NewLotView, 'sites'>) {
  return (
    <datalist id="sites">
      {sites.map(({ id, name }) => (
        <option value={id}>{name}</option>
      ))}
    </datalist>
  );
}
