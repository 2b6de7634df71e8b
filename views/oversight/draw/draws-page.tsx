// The list of draws, and the form that starts one.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { EmptyState, namedFaults, type PageView } from '../../trace/parts.tsx';

export type DrawLine = {
  readonly id: number;
  readonly title: string;
  readonly state: 'committed' | 'drawn' | 'published';
  readonly targets: number;
  readonly drawn: number | null;
  readonly at: number;
};

type Choice = { readonly id: number; readonly name: string; readonly nameEn: string | null };

export type DrawsView = PageView & {
  readonly draws: readonly DrawLine[];
  /** Empty for whoever oversees one district. */
  readonly districts: readonly Choice[];
  readonly mayStart: boolean;
  readonly isInspector: boolean;
  /** Whether a certificate of NIST's beacon is named, so that its signature can be checked. */
  readonly nist: 'signed' | 'unsigned';
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
};

export function DrawsPage(view: DrawsView) {
  const { words, here, viewer, draws, isInspector, mayStart } = view;
  const text = words.draw;
  return (
    <Page words={words} title={text.listTitle} here={here} viewer={viewer} styles={['trace.css']}>
      <header class="stack">
        <h1>{text.listTitle}</h1>
        <p class="soft">{text.listLead}</p>
        {isInspector ? (
          <p>
            <a href="/my/conflicts">{text.conflictsLink}</a>
          </p>
        ) : null}
      </header>
      <div class="cols">
        <section class="card stack">
          <h2>{text.listTitle}</h2>
          {draws.length === 0 ? (
            <EmptyState title={text.emptyTitle} lead={text.emptyLead} />
          ) : (
            <DrawTable words={words} draws={draws} />
          )}
        </section>
        {mayStart ? <DrawForm view={view} /> : null}
      </div>
    </Page>
  );
}

function DrawTable({ words, draws }: { words: Texts; draws: readonly DrawLine[] }) {
  const text = words.draw;
  return (
    <ul class="plain-list">
      {draws.map(({ id, title, state, targets, drawn, at }) => (
        <li class="stack">
          <span>
            <a href={`/draws/${id}`}>{title}</a> <DrawBadge words={words} state={state} />
          </span>
          <span class="small soft">
            {formatMoment(at, words.lang)} · {drawn === null ? '' : `${drawn} / `}
            {text.countOf(targets)}
          </span>
        </li>
      ))}
    </ul>
  );
}

const badges = { committed: ['due', 'seal'], drawn: ['done', 'check'], published: ['done', 'check'] } as const;

export function DrawBadge({ words, state }: { words: Texts; state: DrawLine['state'] }) {
  const [tone, icon] = badges[state];
  return (
    <span class={`badge ${tone}`}>
      <Icon name={icon} />
      {words.draw.states[state]}
    </span>
  );
}

function DrawForm({ view: { words, districts, values, faults, nist } }: { view: DrawsView }) {
  const text = words.draw;
  const field = (name: string, type: string, more: object = {}) => (
    <Field label={text[name as 'size']} name={name} type={type} value={values[name]} faults={faults} {...more} />
  );
  return (
    <form class="card stack" method="post" action="/draws" novalidate>
      <h2>{text.formTitle}</h2>
      <Faults words={words} faults={namedFaults(words, faults, (place) => text.faultNames[place.replace('/', '')])} />
      {field('title', 'text', { hint: text.titleHint, required: true })}
      <Kinds words={words} values={values} />
      {districts.length === 0 ? null : (
        <Field label={text.district} name="district" faults={faults}>
          <select id={fieldId('district')} name="district">
            <option value="">{text.wholeCity}</option>
            {districts.map((district) => (
              <option value={String(district.id)} selected={values['district'] === String(district.id)}>
                {localName(words.lang, district)}
              </option>
            ))}
          </select>
        </Field>
      )}
      {field('size', 'number', { required: true })}
      {field('inspectors', 'number', { required: true })}
      {field('recentDays', 'number', { required: true })}
      <Field label={text.source} name="source" faults={faults}>
        <select id={fieldId('source')} name="source">
          {(['drand-quicknet', 'nist-2'] as const).map((source) => (
            <option value={source} selected={values['source'] === source}>
              {text.sources[source]}
              {source === 'nist-2' && nist === 'unsigned' ? text.unsignedSource : ''}
            </option>
          ))}
        </select>
      </Field>
      {field('minutes', 'number', { hint: text.minutesHint })}
      {field('round', 'number')}
      <button class="btn main" type="submit">
        {text.commit}
      </button>
    </form>
  );
}

function Kinds({ words, values }: { words: Texts; values: Readonly<Record<string, string>> }) {
  const text = words.draw;
  const chosen = (values['kinds'] ?? '').split(',');
  return (
    <fieldset id={fieldId('kinds')}>
      <legend>{text.kinds}</legend>
      <div class="choices two">
        {(['kitchen', 'supplier'] as const).map((kind) => (
          <label class="choice">
            <input type="checkbox" name="kinds" value={kind} checked={chosen.includes(kind)} />
            {text.kindNames[kind]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
