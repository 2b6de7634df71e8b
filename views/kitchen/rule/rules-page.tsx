// A camera's rules: zones on its last picture, thresholds beside the house's, frames and hours, and what they would have shown.

import { Faults } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import { localName } from '../../text/texts.ts';
import type { RulesView } from './rules-view.ts';
import { Numbers } from './threshold-fields.tsx';
import { ZoneFields, ZonePicture } from './zone-fields.tsx';

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
            <div class="row">
              <button type="submit" class="btn main" name="action" value="save">
                {words.common.save}
              </button>
            </div>
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
