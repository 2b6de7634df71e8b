// The desk when nothing waits.
import { unattended } from '../../parts/unattended.ts';
import { DeskFilters } from './desk-filters.tsx';
import { Notice } from './desk-notice.tsx';
import { UndoForm } from './desk-verdict.tsx';
import type { DeskView } from './desk-view.ts';
import { OfflineCameras } from './offline-cameras.tsx';
import { PaceCard } from './pace-card.tsx';

export function EmptyDesk(view: DeskView) {
  const { words, queue, last, pace, waiting, notice, address, filtered } = view;
  const { kitchen } = words;
  const nothing = filtered ? kitchen.nothingMatches : queue === 'unsure' ? kitchen.nothingUnsure : kitchen.allDone;
  return (
    <div
      class="desk-empty stack-wide"
      data-bar={JSON.stringify(view.bar)}
      hx-get={address}
      hx-trigger="every 4s"
      {...unattended}
      hx-target="#main"
      hx-swap="innerHTML show:none"
    >
      <DeskFilters {...view} />
      {notice === undefined ? null : <Notice text={notice} />}
      <section class="card empty" role="status">
        <svg class="art" viewBox="0 0 96 72" aria-hidden="true">
          <path d="M8 60h80M20 60c0-16 12-28 28-28s28 12 28 28M48 32v-6" />
          <circle cx="48" cy="23" r="3" />
          <path class="hot" d="M34 14c0-4 3-4 3-8M48 14c0-4 3-4 3-8M62 14c0-4 3-4 3-8" />
        </svg>
        <h1 class="title">{nothing}</h1>
        <p>{kitchen.comesByItself}</p>
        <div class="row">
          <a class="btn" href="/review/pace">
            {kitchen.seePace}
          </a>
        </div>
      </section>
      <OfflineCameras words={words} cameras={view.offline} />
      <div class="desk-empty-foot">
        <PaceCard words={words} pace={pace} waiting={waiting} />
        <div class="verdict undo-only">
          <UndoForm words={words} queue={queue} last={last} address={address} />
        </div>
      </div>
    </div>
  );
}
