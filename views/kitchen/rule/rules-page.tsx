// A camera's rules: zones on its last picture, thresholds beside the house's, frames and hours, and what they would have shown.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import type { Named } from '../named.ts';
import { ZoneFields, ZonePicture, type ZoneValue } from './zone-fields.tsx';

export type RulesView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly camera: { readonly id: number; readonly place: Named };
  readonly restaurant: Named;
  readonly picture: { readonly href: string; readonly width: number; readonly height: number } | undefined;
  readonly violations: readonly { readonly id: string; readonly name: string; readonly house: number }[];
  readonly houseFrames: { readonly hits: number; readonly of: number };
  readonly values: {
    readonly zones: readonly ZoneValue[];
    readonly thresholds: Readonly<Record<string, string>>;
    readonly off: readonly string[];
    readonly hits: string;
    readonly of: string;
    readonly from: string;
    readonly to: string;
  };
  readonly faults: readonly FieldFault[];
  readonly effect: { readonly tried: number; readonly lines: readonly EffectLine[] } | undefined;
  readonly changes: readonly Change[];
  /** Thresholds, frames and hours too, not zones alone. */
  readonly mayAll: boolean;
  readonly saved: boolean;
};

type EffectLine = { readonly name: string; readonly real: BeforeAfter; readonly wrong: BeforeAfter };
type BeforeAfter = { readonly before: number; readonly after: number };
type Change = {
  readonly id: number;
  readonly at: number;
  readonly by: string;
  readonly undone: boolean;
  readonly mayUndo: boolean;
};

export function RulesPage(view: RulesView) {
  const { words, here, viewer, camera, restaurant, faults, saved, mayAll } = view;
  const text = words.learning.zone;
  const action = `/cameras/${camera.id}/rules`;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer} scripts={['zones.js']}>
      <header>
        <p class="small">
          <a href={`/cameras/${camera.id}`}>
            {localName(words.lang, restaurant)} · {localName(words.lang, camera.place)}
          </a>
        </p>
        <h1>{text.title}</h1>
        <p class="soft">{mayAll ? text.lead : text.leadOwner}</p>
      </header>
      {saved ? (
        <p class="toast still" role="status">
          {text.saved}
        </p>
      ) : null}
      <form class="cols" id="rules" method="post" action={action} novalidate>
        <div class="stack-wide">
          <section class="card stack">
            <Faults words={words} faults={faults} />
            <ZonePicture words={words} picture={view.picture} zones={view.values.zones} />
          </section>
          <section class="card stack">
            <h2>{text.zones}</h2>
            <ZoneFields words={words} zones={view.values.zones} violations={view.violations} faults={faults} />
          </section>
        </div>
        <div class="stack-wide">
          {mayAll ? <Numbers {...view} /> : null}
          <EffectCard view={view} action={action} />
        </div>
      </form>
      <History {...view} />
    </Page>
  );
}

function EffectCard({ view, action }: { view: RulesView; action: string }) {
  const { words } = view;
  const text = words.learning.zone;
  return (
    <section class="card stack">
      <h2>{text.effect}</h2>
      <p class="small soft">{text.effectLead}</p>
      <Effect {...view} />
      <div class="row">
        <button
          type="submit"
          class="btn"
          name="action"
          value="try"
          hx-post={action}
          hx-target="#effect"
          hx-select="#effect"
          hx-swap="outerHTML"
          hx-include="#rules"
        >
          {text.tryIt}
        </button>
        <button type="submit" class="btn main" name="action" value="save">
          {words.common.save}
        </button>
      </div>
    </section>
  );
}

function Numbers({ words, camera, violations, values, faults, houseFrames }: RulesView) {
  const text = words.learning.zone;
  return (
    <section class="card stack">
      <div class="card-head">
        <h2>{text.thresholds}</h2>
        <a class="small" href={`/cameras/${camera.id}/thresholds`}>
          {text.seeProposals}
        </a>
      </div>
      <table class="rules-table">
        <NumbersHead words={words} />
        <tbody>
          {violations.map(({ id, name, house }) => (
            <Threshold
              text={text}
              id={id}
              name={name}
              house={house}
              value={values.thresholds[id]}
              off={values.off.includes(id)}
              faults={faults}
            />
          ))}
        </tbody>
      </table>
      <p class="hint">{text.thresholdHint}</p>
      <fieldset class="side-by-side">
        <legend>{text.frames}</legend>
        <Field
          label={words.kitchen.windowHits}
          name="hits"
          type="number"
          value={values.hits}
          faults={faults}
          hint={text.houseIs(String(houseFrames.hits))}
        />
        <Field
          label={words.kitchen.windowOf}
          name="of"
          type="number"
          value={values.of}
          faults={faults}
          hint={text.houseIs(String(houseFrames.of))}
        />
      </fieldset>
      <fieldset class="side-by-side">
        <legend>{text.hours}</legend>
        <Field label={text.from} name="from" type="time" value={values.from} faults={faults} />
        <Field label={text.to} name="to" type="time" value={values.to} faults={faults} />
      </fieldset>
      <p class="hint">{text.hoursHint}</p>
    </section>
  );
}

function NumbersHead({ words }: { words: Texts }) {
  const text = words.learning.zone;
  return (
    <thead>
      <tr>
        <th scope="col">{words.kitchen.violation}</th>
        <th scope="col" class="right">
          {text.house}
        </th>
        <th scope="col">{text.hereThreshold}</th>
        <th scope="col">{text.off}</th>
      </tr>
    </thead>
  );
}

type ThresholdView = {
  readonly text: Texts['learning']['zone'];
  readonly id: string;
  readonly name: string;
  readonly house: number;
  readonly value: string | undefined;
  readonly off: boolean;
  readonly faults: readonly FieldFault[];
};

function Threshold({ text, id, name, house, value, off, faults }: ThresholdView) {
  const field = `threshold-${id}`;
  const fault = faults.find(({ place }) => place === field);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="right">{Math.round(house * 100)}%</td>
      <td>
        <input
          id={fieldId(field)}
          name={field}
          type="number"
          min="1"
          max="100"
          step="1"
          value={value ?? ''}
          placeholder={String(Math.round(house * 100))}
          aria-label={`${name}: ${text.hereThreshold}`}
          aria-invalid={fault === undefined ? undefined : 'true'}
        />
        {fault === undefined ? null : <p class="error small">{fault.detail}</p>}
      </td>
      <td>
        <input type="checkbox" name="off" value={id} checked={off} aria-label={`${name}: ${text.off}`} />
      </td>
    </tr>
  );
}

function Effect({ words, effect }: RulesView) {
  const text = words.learning.zone;
  return (
    <div id="effect" aria-live="polite">
      {effect === undefined ? null : effect.tried === 0 ? (
        <p class="soft">{text.nothingJudged}</p>
      ) : (
        <>
          <p class="small">{text.tried(effect.tried)}</p>
          <table class="small">
            <thead>
              <tr>
                <th scope="col">{words.kitchen.violation}</th>
                <th scope="col" class="right">
                  {text.effectReal}
                </th>
                <th scope="col" class="right">
                  {text.effectWrong}
                </th>
              </tr>
            </thead>
            <tbody>
              {effect.lines.map(({ name, real, wrong }) => (
                <tr>
                  <th scope="row">{name}</th>
                  <td class={real.after < real.before ? 'right bad' : 'right'}>
                    {real.before} → {real.after}
                    {real.after < real.before ? <Icon name="alert" tone="bad" /> : null}
                  </td>
                  <td class="right">
                    {wrong.before} → {wrong.after}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </div>
  );
}

function History({ words, camera, changes }: RulesView) {
  if (changes.length === 0) return null;
  const text = words.learning.zone;
  return (
    <section class="card stack card-foot">
      <h2>{text.history}</h2>
      <ul class="plain-list small">
        {changes.map(({ id, at, by, undone, mayUndo }) => (
          <li class="row">
            <time datetime={new Date(at).toISOString()}>{formatMoment(at, words.lang)}</time>
            <span>{undone ? text.undoneBy(by) : text.changedBy(by)}</span>
            {mayUndo ? (
              <form method="post" action={`/cameras/${camera.id}/rules/undo`}>
                <input type="hidden" name="change" value={String(id)} />
                <button type="submit" class="link-button">
                  {words.common.undo}
                </button>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
