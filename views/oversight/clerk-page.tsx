// A clerk's form for what is told on the phone, written or said at the counter.
import { Faults, Field, type FieldFault, fieldId } from '../parts/form.tsx';
import { Page } from '../parts/page.tsx';
import type { PageView } from '../trace/parts.tsx';

export type ClerkView = PageView & {
  readonly today: string;
  readonly sites: readonly { readonly id: string; readonly name: string }[];
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
};

const kinds = ['foreign', 'spoiled', 'illness', 'expired', 'label', 'hygiene', 'other'] as const;
const channels = ['phone12345', 'phone12315', 'letter', 'visit'] as const;

export function ClerkPage(view: ClerkView) {
  const { words, here, viewer, faults, values, today, sites } = view;
  const [text, said] = [words.mediation, words.complaints];
  const field = (name: string, label: string, more: object = {}) => (
    <Field label={label} name={name} value={values[name]} faults={faults} autocomplete="off" {...more} />
  );
  return (
    <Page words={words} title={text.clerkTitle} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css']}>
      <section class="card rim stack">
        <h1 class="title">{text.clerkTitle}</h1>
        <p class="soft">{text.clerkLead}</p>
        <form class="stack" method="post" action="/complaints" novalidate>
          <Faults words={words} faults={faults} />
          <Origin view={view} />
          <Field label={said.words} name="words" faults={faults}>
            <textarea id={fieldId('words')} name="words" maxlength={2000} required>
              {values['words'] ?? ''}
            </textarea>
          </Field>
          <Field label={said.when} name="when" faults={faults}>
            <input id={fieldId('when')} name="when" type="date" value={values['when'] ?? today} max={today} required />
          </Field>
          {field('hour', text.hour)}
          {field('lot', text.lotCode)}
          <Field label={text.site} name="site" faults={faults}>
            <input id={fieldId('site')} name="site" list="sites" value={values['site'] ?? ''} autocomplete="off" />
            <datalist id="sites">
              {sites.map(({ id, name }) => (
                <option value={name}>{id}</option>
              ))}
            </datalist>
          </Field>
          {field('contact', said.contact)}
          <label class="choice">
            <input type="checkbox" name="settle" value="shop_first" checked={values['settle'] === 'shop_first'} />
            {text.consent}
          </label>
          <button class="btn main wide" type="submit">
            {text.register}
          </button>
        </form>
      </section>
    </Page>
  );
}

/** How it came, and what it is about. */
function Origin({ view: { words, faults, values } }: { view: ClerkView }) {
  const [text, said] = [words.mediation, words.complaints];
  return (
    <>
      <Field label={text.channel} name="channel" faults={faults}>
        <select id={fieldId('channel')} name="channel">
          {channels.map((each) => (
            <option value={each} selected={values['channel'] === each}>
              {text.channels[each]}
            </option>
          ))}
        </select>
      </Field>
      <Field label={text.reference} name="reference" value={values['reference']} faults={faults} autocomplete="off" />
      <Field label={said.kind} name="kind" faults={faults}>
        <select id={fieldId('kind')} name="kind">
          {kinds.map((each) => (
            <option value={each} selected={values['kind'] === each}>
              {said.kinds[each]}
            </option>
          ))}
        </select>
      </Field>
    </>
  );
}
