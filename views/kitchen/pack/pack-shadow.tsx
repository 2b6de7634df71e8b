// The candidate that runs in shadow.

import { Icon } from '../../parts/icon.tsx';
import { formatMoment, formatNumber } from '../../parts/time.ts';
import { unattended } from '../../parts/unattended.ts';
import { packNames, SetBadge, Tile } from './pack-parts.tsx';
import type { PacksView } from './packs-view.ts';

/** Asks again by itself while judged pictures are being looked at. */
export function Shadow({ words, shadow }: PacksView) {
  const text = words.packs;
  if (shadow === undefined) {
    return (
      <section class="card" id="shadow">
        <div class="empty">
          <Icon name="both" />
          <b>{text.shadowEmpty}</b>
          <p>{text.shadowEmptyNext}</p>
        </div>
      </section>
    );
  }
  const { progress } = shadow;
  return (
    <section class="card stack" id="shadow" aria-live="polite" {...askAgain(progress)}>
      <div class="card-head">
        <h2>
          {text.shadowTitle} <span class="soft">{text.set(shadow.id)}</span>
        </h2>
        <SetBadge words={words} state="shadow" />
      </div>
      <p class="small soft">{packNames(shadow)}</p>
      <dl class="tiles">
        <Tile label={text.judgedLooked} value={text.ofJudged(progress.looked, progress.judged)} />
        <Tile label={text.liveLooked} value={String(shadow.looked)} />
        <Tile label={text.leftOut} value={String(shadow.leftOut)} note={text.leftOutHint} />
        <Tile label={text.failed} value={String(shadow.failed)} />
      </dl>
      <p class="small soft">
        {text.shadowSince(
          formatMoment(shadow.shadowSince ?? shadow.addedAt, words.lang),
          percentOf(shadow.shadowShare),
        )}{' '}
        {text.shadowLead}
      </p>
      <div class="row">
        <a class="btn main" href={`/packs/${shadow.id}`}>
          {text.seeComparison}
        </a>
        <form method="post" action={`/packs/${shadow.id}/shadow-end`}>
          <button type="submit" class="btn">
            {text.endShadow}
          </button>
        </form>
      </div>
    </section>
  );
}

function askAgain({ looked, judged }: { looked: number; judged: number }) {
  if (looked >= judged) return {};
  return {
    'hx-get': '/packs',
    'hx-trigger': 'every 3s',
    ...unattended,
    'hx-select': '#shadow',
    'hx-target': '#shadow',
    'hx-swap': 'outerHTML',
  };
}

export function percentOf(share: number): string {
  return formatNumber(share * 100, share > 0 && share < 0.1 ? 1 : 0);
}
