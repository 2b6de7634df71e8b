// The administrator's settings of the kitchen half: audits, second looks, camera networks, retention.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import { formatNumber } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';

export type SettingsView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
  readonly saved: boolean;
  /** What would be removed by the days in the form, class by class. */
  readonly going: readonly {
    readonly name: 'cleared' | 'confirmed' | 'answer';
    readonly pictures: number;
    readonly bytes: number;
    readonly held: number;
  }[];
};

export function SettingsPage({ words, here, viewer, values, faults, saved, going }: SettingsView) {
  const { kitchen } = words;
  const field = (name: string) => ({ name, value: values[name], faults });
  return (
    <Page words={words} title={kitchen.settingsTitle} here={here} viewer={viewer} mainClass="narrow">
      <h1>{kitchen.settingsTitle}</h1>
      {saved ? (
        <p class="toast still" role="status">
          {kitchen.settingsSaved}
        </p>
      ) : null}
      <nav class="row" aria-label={kitchen.settingsTitle}>
        <a href="/datasets">{words.learning.dataset.title}</a>
        <a href="/thresholds">{words.learning.threshold.listTitle}</a>
      </nav>
      <form class="card stack" method="post" action="/kitchens/settings" novalidate>
        <Faults words={words} faults={faults} />
        <Field label={kitchen.auditShare} {...field('auditPercent')} type="number" hint={kitchen.auditShareHint} />
        <Field label={kitchen.secondShare} {...field('secondPercent')} type="number" hint={kitchen.secondShareHint} />
        <div class="two">
          <Field label={kitchen.windowHits} {...field('hits')} type="number" />
          <Field label={kitchen.windowOf} {...field('of')} type="number" />
        </div>
        <p class="small">
          <a href="/cameras/find">{kitchen.wizard.find.title}</a>
        </p>
        <Field label={kitchen.networks} name="networks" faults={faults} hint={kitchen.networksHint}>
          <textarea id={fieldId('networks')} name="networks" rows={4}>
            {values['networks']}
          </textarea>
        </Field>
        <fieldset class="stack">
          <legend>{kitchen.keepTitle}</legend>
          <Field label={kitchen.keepCleared} {...field('keepCleared')} type="number" />
          <Field label={kitchen.keepConfirmed} {...field('keepConfirmed')} type="number" />
          <Field label={kitchen.keepAnswer} {...field('keepAnswer')} type="number" />
          <Going words={words} going={going} />
          <div class="row">
            <button type="submit" class="btn" name="action" value="look">
              {kitchen.wizard.going.look}
            </button>
          </div>
        </fieldset>
        <button type="submit" class="btn main">
          {words.common.save}
        </button>
      </form>
    </Page>
  );
}

const megabyte = 1024 * 1024;

function Going({ words, going }: Pick<SettingsView, 'words' | 'going'>) {
  if (going.length === 0) return null;
  const text = words.kitchen.wizard.going;
  return (
    <>
      <p class="small" id="going">
        {text.title}
      </p>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{text.name}</th>
            <th scope="col" class="right">
              {text.pictures}
            </th>
            <th scope="col" class="right">
              {text.space}
            </th>
            <th scope="col" class="right">
              {text.held}
            </th>
          </tr>
        </thead>
        <tbody>
          {going.map(({ name, pictures, bytes, held }) => (
            <tr>
              <th scope="row">{text.names[name]}</th>
              <td class="right" data-l={text.pictures}>
                {pictures}
              </td>
              <td class="right" data-l={text.space}>
                {formatNumber(bytes / megabyte, 1)} MB
              </td>
              <td class="right" data-l={text.held}>
                {held}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
