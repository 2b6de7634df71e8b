// Writing a notice: whom it is for, its words, and, before anything is sent, who would get it and how many.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import { kindName, namedFaultsOf, type PageView, type PlaceName, placeName } from './notice-parts.ts';

type Named = { readonly name: string; readonly nameEn: string | null };

export type WriteNoticeView = PageView & {
  readonly kinds: readonly string[];
  readonly siteKinds: readonly string[];
  readonly districts: readonly (Named & { readonly id: number })[];
  readonly grades: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
  /** Null: not looked at yet. */
  readonly preview: {
    readonly people: readonly Named[];
    readonly count: number;
    readonly places: number;
    readonly silent: readonly PlaceName[];
    readonly silentCount: number;
  } | null;
};

export function WriteNoticePage(view: WriteNoticeView) {
  const { words, here, viewer, faults, preview } = view;
  const text = words.notices;
  return (
    <Page words={words} title={text.writeTitle} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css']}>
      <header class="stack">
        <h1>{text.writeTitle}</h1>
        <p class="soft">{text.writeLead}</p>
      </header>
      <form class="card stack" method="post" action="/notices" novalidate>
        <Faults words={words} faults={namedFaultsOf(words, faults)} />
        <Whom view={view} />
        <NoticeWords view={view} />
        <button class={preview === null ? 'btn main wide' : 'btn wide'} type="submit" name="step" value="preview">
          {text.preview}
        </button>
        {preview === null ? null : <Preview words={words} preview={preview} />}
      </form>
    </Page>
  );
}

function Whom({ view: { words, values, faults, siteKinds, districts, grades } }: { view: WriteNoticeView }) {
  const text = words.notices;
  const select = (name: string, label: string, options: readonly (readonly [string, string])[]) => (
    <Field label={label} name={name} faults={faults}>
      <select id={fieldId(name)} name={name}>
        <option value="">{text.any}</option>
        {options.map(([value, said]) => (
          <option value={value} selected={values[name] === value}>
            {said}
          </option>
        ))}
      </select>
    </Field>
  );
  return (
    <fieldset class="stack" id={fieldId('to')}>
      <legend>{text.whom}</legend>
      <p class="hint">{text.whomHint}</p>
      <label class="choice">
        <input type="checkbox" name="everyone" value="1" checked={values['everyone'] === '1'} />
        {text.everyone}
      </label>
      {select(
        'siteKind',
        text.siteKind,
        siteKinds.map((kind) => [kind, kindName(words, kind)]),
      )}
      {select(
        'district',
        text.district,
        districts.map((district) => [String(district.id), localName(words.lang, district)]),
      )}
      <Field label={text.holds} name="to/holds" hint={text.holdsHint} faults={faults}>
        <input id={fieldId('to/holds')} name="holds" value={values['holds'] ?? ''} autocomplete="off" />
      </Field>
      {grades.length === 0
        ? null
        : select(
            'grade',
            text.grade,
            grades.map((grade) => [grade, grade]),
          )}
    </fieldset>
  );
}

function NoticeWords({ view: { words, values, faults, kinds } }: { view: WriteNoticeView }) {
  const text = words.notices;
  const area = (name: string, label: string, value: string | undefined, hint?: string) => (
    <Field label={label} name={name} faults={faults} {...(hint === undefined ? {} : { hint })}>
      <textarea id={fieldId(name)} name={name.replace('/', '-')} rows={4}>
        {value ?? ''}
      </textarea>
    </Field>
  );
  const line = (name: string, label: string, hint?: string) => (
    <Field label={label} name={name} faults={faults} {...(hint === undefined ? {} : { hint })}>
      <input id={fieldId(name)} name={name.replace('/', '-')} value={values[name.replace('/', '-')] ?? ''} />
    </Field>
  );
  return (
    <fieldset class="stack">
      <legend>{words.notices.title}</legend>
      <Field label={text.kind} name="kind" faults={faults}>
        <select id={fieldId('kind')} name="kind">
          {kinds.map((kind) => (
            <option value={kind} selected={values['kind'] === kind}>
              {text.kinds[kind]}
            </option>
          ))}
        </select>
      </Field>
      {line('title/zh', text.titleZh)}
      {area('body/zh', text.bodyZh, values['body-zh'])}
      {line('title/en', text.titleEn, text.enHint)}
      {area('body/en', text.bodyEn, values['body-en'])}
      {line('href', text.href, text.hrefHint)}
    </fieldset>
  );
}

type Shown = NonNullable<WriteNoticeView['preview']>;

function Preview({ words, preview }: { words: Texts; preview: Shown }) {
  const text = words.notices;
  const { people, count, places, silent, silentCount } = preview;
  return (
    <section class="stack" id="preview" aria-live="polite">
      <h2>{text.reached(count, places)}</h2>
      <p>
        {people.map((person) => localName(words.lang, person)).join(words.lang === 'en' ? ', ' : '、')}
        {count > people.length ? ` ${text.more(count - people.length)}` : ''}
      </p>
      {silentCount === 0 ? null : (
        <p class="note small">
          {text.silent(silentCount)}{' '}
          {silent.map((place) => placeName(words, place)).join(words.lang === 'en' ? ', ' : '、')}
        </p>
      )}
      <button class="btn main wide" type="submit" name="step" value="send">
        {text.send(count)}
      </button>
    </section>
  );
}
