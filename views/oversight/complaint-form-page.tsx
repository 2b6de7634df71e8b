// The diner's form: what happened with this lot or at this place, when, and if they like how to reach them and a photo.
import { Faults, Field, type FieldFault, fieldId } from '../parts/form.tsx';
import { Icon } from '../parts/icon.tsx';
import { Page } from '../parts/page.tsx';
import type { Texts } from '../text/texts.ts';
import { namedFaults, type PageView } from '../trace/parts.tsx';
import { productOf } from '../trace/product-name.ts';

/** A lot, or a place, which has no batch. */
export type ComplaintSubject = {
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly batch: string;
  /** Its public address. */
  readonly href: string;
};

export type ComplaintFormView = PageView & {
  readonly lot: ComplaintSubject;
  readonly ticket: string;
  /** The site the reader stands in, when the code said so. */
  readonly at: string;
  /** Today, as a date field has it. */
  readonly today: string;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
};

const kinds = ['foreign', 'spoiled', 'illness', 'expired', 'label', 'hygiene', 'other'] as const;

export function ComplaintFormPage(view: ComplaintFormView) {
  const { words, here, viewer, lot, ticket, at, faults } = view;
  const text = words.complaints;
  const names: Readonly<Record<string, string>> = text.faultNames;
  return (
    <Page words={words} title={text.formTitle} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css']}>
      <section class="card rim stack">
        <h1 class="title">{text.formTitle}</h1>
        <p class="soft">{text.formLead}</p>
        <p>
          {text.about} <a href={lot.href}>{productOf(words, lot)}</a> <span class="code">{lot.batch}</span>
        </p>
        <p class="note small">
          <Icon name="info" />
          <span>{text.emergency}</span>
        </p>
        <form class="stack" method="post" action="/reports" enctype="multipart/form-data" novalidate>
          <Faults words={words} faults={namedFaults(words, faults, (place) => names[place])} />
          <input type="hidden" name="code" value={lot.href} />
          <input type="hidden" name="at" value={at} />
          <input type="hidden" name="ticket" value={ticket} />
          <Kinds view={view} />
          <Story view={view} />
          <Reach view={view} />
          <label class="choice">
            <input type="checkbox" name="settle" value="shop_first" checked={view.values['settle'] === 'shop_first'} />
            {words.mediation.consent}
          </label>
          <Trap words={words} />
          <button class="btn main wide" type="submit">
            {text.send}
          </button>
        </form>
      </section>
    </Page>
  );
}

function Kinds({ view: { words, values, faults } }: { view: ComplaintFormView }) {
  const text = words.complaints;
  const fault = faults.find(({ place }) => fieldId(place) === fieldId('kind'));
  return (
    <fieldset id={fieldId('kind')} aria-describedby={fault === undefined ? undefined : 'kind-error'}>
      <legend>{text.kind}</legend>
      <div class="choices two">
        {kinds.map((kind) => (
          <label class="choice">
            <input type="radio" name="kind" value={kind} checked={values['kind'] === kind} required />
            {text.kinds[kind]}
          </label>
        ))}
      </div>
      {fault === undefined ? null : (
        <p class="error" id="kind-error">
          <Icon name="alert" />
          {fault.detail}
        </p>
      )}
    </fieldset>
  );
}

function Story({ view: { words, values, faults, today } }: { view: ComplaintFormView }) {
  const text = words.complaints;
  return (
    <>
      <Field label={text.words} name="words" hint={text.wordsHint} faults={faults}>
        <textarea id={fieldId('words')} name="words" maxlength={2000} required aria-describedby="f-words-hint">
          {values['words'] ?? ''}
        </textarea>
      </Field>
      <Field label={text.when} name="when" faults={faults}>
        <input id={fieldId('when')} name="when" type="date" value={values['when'] ?? today} max={today} required />
      </Field>
      <Field label={text.place} name="place" value={values['place']} faults={faults} autocomplete="off" />
      <Field label={text.photo} name="photo" hint={text.photoHint} faults={faults}>
        <input id={fieldId('photo')} name="photo" type="file" accept="image/jpeg,image/png,image/webp" />
      </Field>
    </>
  );
}

function Reach({ view: { words, values, faults } }: { view: ComplaintFormView }) {
  const text = words.complaints;
  return (
    <Field
      label={text.contact}
      name="contact"
      value={values['contact']}
      hint={text.contactHint}
      faults={faults}
      autocomplete="email"
    />
  );
}

/** A field no person sees and programs like to fill. */
function Trap({ words }: { words: Texts }) {
  return (
    <div class="hide" aria-hidden="true">
      <label for="f-website">{words.complaints.trap}</label>
      <input id="f-website" name="website" tabindex={-1} autocomplete="off" />
    </div>
  );
}
