// Judged frames as data sets: the form that asks for one, and how the last ones are getting on.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import { formatDate, formatMoment } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';

type Words = Texts['learning']['dataset'];
type Sides = { readonly train: number; readonly val: number };

export type DatasetLine = {
  readonly id: number;
  readonly askedAt: number;
  readonly by: string;
  readonly reason: string;
  readonly state: keyof Words['states'];
  readonly done: number;
  readonly total: number;
  readonly fault: keyof Words['faults'] | undefined;
  readonly made:
    | {
        readonly pictures: Sides;
        readonly kitchens: Sides;
        readonly leftOut: number;
        readonly digest: string;
        readonly megabytes: number;
        readonly goneAt: number;
      }
    | undefined;
};

export type KitchenChoice = {
  readonly siteId: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly judged: number;
  readonly chosen: boolean;
};

export type DatasetsView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly kitchens: readonly KitchenChoice[];
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
  readonly exports: readonly DatasetLine[];
};

export function DatasetsPage(view: DatasetsView) {
  const { words, here, viewer } = view;
  const text = words.learning.dataset;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer}>
      <header>
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
      </header>
      <div class="cols">
        <div class="stack-wide">
          <Exports {...view} />
          <details class="card more">
            <summary>{text.howTitle}</summary>
            <p>{text.how}</p>
            <pre class="code">npm run train:judged -- judged/ candidate/</pre>
            <p>
              <a href="/packs">{text.packs}</a>
            </p>
          </details>
        </div>
        <div class="stack-wide">
          <AskForm {...view} />
        </div>
      </div>
    </Page>
  );
}

function AskForm({ words, kitchens, values, faults }: DatasetsView) {
  const text = words.learning.dataset;
  if (kitchens.length === 0) {
    return (
      <section class="card empty">
        <Icon name="check" />
        <p>{text.nothingYet}</p>
      </section>
    );
  }
  const field = (name: string) => ({ name, value: values[name], faults });
  return (
    <form class="card stack" method="post" action="/datasets" novalidate>
      <h2>{text.form}</h2>
      <Faults words={words} faults={faults} />
      <Field label={text.reason} {...field('reason')} required hint={text.reasonHint} />
      <fieldset class="stack">
        <legend>{text.faces}</legend>
        <Choice name="faces" value="blurred" label={text.facesBlurred} checked={values['faces'] !== 'as-seen'} />
        <Choice name="faces" value="as-seen" label={text.facesAsSeen} checked={values['faces'] === 'as-seen'} />
      </fieldset>
      <div class="two">
        <Field label={text.from} {...field('from')} type="date" />
        <Field label={text.to} {...field('to')} type="date" />
      </div>
      <details class="more" open={kitchens.some(({ chosen }) => chosen)}>
        <summary>{text.kitchens}</summary>
        <fieldset class="stack kitchen-choices" id={fieldId('kitchen')}>
          <legend class="hint">{text.kitchensHint}</legend>
          {kitchens.map((kitchen) => (
            <label class="choice">
              <input type="checkbox" name="kitchen" value={kitchen.siteId} checked={kitchen.chosen} />
              <span>{localName(words.lang, kitchen)}</span>
              <span class="small faint">{text.judged(kitchen.judged)}</span>
            </label>
          ))}
        </fieldset>
      </details>
      <button type="submit" class="btn main">
        {text.ask}
      </button>
    </form>
  );
}

function Choice({ name, value, label, checked }: { name: string; value: string; label: string; checked: boolean }) {
  return (
    <label class="choice">
      <input type="radio" name={name} value={value} checked={checked} />
      <span>{label}</span>
    </label>
  );
}

/** Asks again by itself while one is being written; without script a reload does. */
function Exports({ words, exports }: DatasetsView) {
  const text = words.learning.dataset;
  const busy = exports.some(({ state }) => state === 'waiting' || state === 'running');
  const again = busy
    ? {
        'hx-get': '/datasets',
        'hx-trigger': 'every 2s',
        'hx-select': '#exports',
        'hx-target': '#exports',
        'hx-swap': 'outerHTML',
      }
    : {};
  return (
    <section class="card" id="exports" aria-live="polite" {...again}>
      <h2>{text.list}</h2>
      {exports.length === 0 ? <p class="soft">{text.none}</p> : <ExportTable words={words} exports={exports} />}
    </section>
  );
}

function ExportTable({ words, exports }: Pick<DatasetsView, 'words' | 'exports'>) {
  const text = words.learning.dataset;
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">{text.reason}</th>
          <th scope="col">{text.askedAt}</th>
          <th scope="col">{text.state}</th>
          <th scope="col">{text.contents}</th>
          <th scope="col" />
        </tr>
      </thead>
      <tbody>
        {exports.map((line) => (
          <tr>
            <th scope="row">{line.reason}</th>
            <td data-l={text.askedAt}>
              <time datetime={new Date(line.askedAt).toISOString()}>{formatMoment(line.askedAt, words.lang)}</time>
              <div class="small faint">{line.by}</div>
            </td>
            <td data-l={text.state} class="now">
              <StateOf text={text} line={line} />
            </td>
            <td data-l={text.contents}>
              <Contents text={text} line={line} />
            </td>
            <td>
              <Download text={text} line={line} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const badges: Readonly<Record<DatasetLine['state'], readonly [kind: string, icon: string]>> = {
  waiting: ['unsure', 'clock'],
  running: ['due', 'clock'],
  done: ['done', 'check'],
  failed: ['refused', 'alert'],
  gone: ['offline', 'slash'],
};

function StateOf({ text, line }: { text: Words; line: DatasetLine }) {
  const [kind, icon] = badges[line.state];
  return (
    <>
      <span class={`badge ${kind}`}>
        <Icon name={icon} />
        {text.states[line.state]}
      </span>
      {line.state === 'running' ? (
        <div class="small">
          <progress value={line.done} max={Math.max(1, line.total)} /> {text.progress(line.done, line.total)}
        </div>
      ) : null}
    </>
  );
}

function Contents({ text, line: { fault, made } }: { text: Words; line: DatasetLine }) {
  if (fault !== undefined) return <span>{text.faults[fault]}</span>;
  if (made === undefined) return <span class="faint">–</span>;
  return (
    <>
      <div>{text.pictures(made.pictures)}</div>
      <div class="small faint">
        {text.ofKitchens(made.kitchens)}
        {made.leftOut === 0 ? null : ` · ${text.leftOut(made.leftOut)}`}
      </div>
      <div class="small faint">
        {text.digest} <code>{made.digest.slice(0, 12)}</code>
      </div>
    </>
  );
}

function Download({ text, line: { id, state, made } }: { text: Words; line: DatasetLine }) {
  if (state !== 'done' || made === undefined) return null;
  return (
    <>
      <a class="btn" href={`/datasets/${id}/file`} download>
        {text.download} {made.megabytes.toFixed(1)}&nbsp;MB
      </a>
      <div class="small faint">{text.keptUntil(formatDate(made.goneAt))}</div>
    </>
  );
}
