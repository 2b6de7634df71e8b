// The packs learn from a kitchen's verdicts: one press to begin, how far it is, and what came of it.

import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { LearningRuns } from './learning-runs.tsx';
import type { LearningView } from './learning-view.ts';

export function LearningPage(view: LearningView) {
  const { words, here, viewer, refusal } = view;
  const text = words.packs.learning;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer} styles={['packs.css']}>
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
        {refusal === undefined ? null : (
          <p class="note is-bad" role="alert">
            <Icon name="alert" />
            <span>{refusal}</span>
          </p>
        )}
      </header>
      <div class="stack-wide">
        <LearningRuns {...view} />
        <Kitchens {...view} />
        <p>
          <a href="/packs">{words.packs.title}</a>
        </p>
      </div>
    </Page>
  );
}

function Kitchens({ words, kitchens, busy, least }: LearningView) {
  const text = words.packs.learning;
  return (
    <section class="card stack">
      <h2>{text.kitchens}</h2>
      <p class="small soft">{text.need(least.verdicts, least.each)}</p>
      {kitchens.length === 0 ? <p class="soft">{text.noKitchens}</p> : null}
      <ul class="sets">
        {kitchens.map(({ siteId, name, confirmed, cleared, enough, heldOut }) => (
          <li class="stack">
            <h3>{name}</h3>
            <p class="small soft">{text.verdicts(confirmed, cleared)}</p>
            {enough && !heldOut ? (
              <form method="post" action="/packs/learning">
                <input type="hidden" name="kitchen" value={siteId} />
                <button type="submit" class="btn main" disabled={busy}>
                  {text.begin}
                  <span class="visually-hidden"> {name}</span>
                </button>
              </form>
            ) : (
              <p class="small">{heldOut ? text.heldOut : text.tooFew}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
