// Judged frames as data sets: the form that asks for one, and how the last ones are getting on.

import { Faults, Field, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { unattended } from '../../parts/unattended.ts';
import { localName } from '../../text/texts.ts';
import { ExportTable } from './dataset-table.tsx';
import type { DatasetsView } from './datasets-view.ts';

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
        ...unattended,
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
