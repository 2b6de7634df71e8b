// What a comparison comes to in one sentence, and what a change of packs would do to the desk.
import { unattended } from '../../parts/unattended.ts';
import type { Texts } from '../../text/texts.ts';
import { StandingBadge, standingText } from './comparison-tables.tsx';
import type { ChangeView, Ready } from './comparison-view.ts';
import { packNames, scoreText } from './pack-parts.tsx';

/** Asks again by itself while judged pictures are being looked at. */
export function Conclusion({ words, fresh, old, figures, change }: Ready) {
  const text = words.packs;
  const { progress, overall } = figures;
  const busy = fresh.state === 'shadow' && progress.looked < progress.judged;
  const again = busy
    ? {
        'hx-get': `/packs/${fresh.id}`,
        'hx-trigger': 'every 4s',
        ...unattended,
        'hx-select': '#conclusion',
        'hx-select-oob': '#judged',
        'hx-target': '#conclusion',
        'hx-swap': 'outerHTML',
      }
    : {};
  return (
    <section class="card rim stack" id="conclusion" {...again}>
      <div class="row">
        <StandingBadge words={words} compared={overall} />
        <b>{standingText(words, overall)}</b>
      </div>
      {overall.audits.present === 0 ? null : <p>{text.auditLine(overall.audits.newFound, overall.audits.present)}</p>}
      <p class="small soft" aria-live="polite">
        {progress.judged === 0
          ? text.noneJudged
          : busy
            ? text.working(progress.looked, progress.judged)
            : text.doneLooking(progress.looked)}
        {progress.failed === 0 ? null : ` · ${text.failedLooks(progress.failed)}`}
      </p>
      <Changes words={words} change={change} />
      <dl class="facts small">
        <dt>{text.old}</dt>
        <dd>
          {text.set(old.id)} · {packNames(old)}
        </dd>
        <dt>{text.new}</dt>
        <dd>
          {text.set(fresh.id)} · {packNames(fresh)}
        </dd>
      </dl>
      {fresh.state === 'active' ? null : (
        <div class="row">
          <a class="btn main" href={`/packs/${fresh.id}/promotion`}>
            {text.promote}
          </a>
          {fresh.state === 'shadow' ? (
            <form method="post" action={`/packs/${fresh.id}/shadow-end`}>
              <button type="submit" class="btn">
                {text.endShadow}
              </button>
            </form>
          ) : (
            <ShadowForm words={words} id={fresh.id} />
          )}
        </div>
      )}
    </section>
  );
}

export function Changes({ words, change }: { words: Texts; change: ChangeView }) {
  const text = words.packs;
  const score = (value: number | null) => (value === null ? text.off : scoreText(value));
  const items = [
    ...change.packs.map(({ name, from, to }) => `${name} ${from ?? '—'} → ${to ?? '—'}`),
    ...change.thresholds.map(({ name, from, to }) => `${name} ${text.threshold} ${score(from)} → ${score(to)}`),
  ];
  return (
    <div>
      <h2 class="small soft">{text.whatDiffers}</h2>
      {items.length === 0 ? (
        <p>{text.samePacks}</p>
      ) : (
        <ul>
          {items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function ShadowForm({ words, id }: { words: Texts; id: number }) {
  const text = words.packs;
  return (
    <form class="row share-form" method="post" action={`/packs/${id}/shadow`}>
      <label class="small" for="share">
        {text.share}
      </label>
      <input id="share" name="percent" type="number" min="0" max="100" step="any" value="20" />
      <button type="submit" class="btn main">
        {text.startShadow}
      </button>
    </form>
  );
}
