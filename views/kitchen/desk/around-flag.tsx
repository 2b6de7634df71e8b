// What stands around the flag in hand and changes with each verdict: what comes next, what is like it, the pace, and what lies ready.

import { localName } from '../../text/texts.ts';
import { Thumb } from '../picture/picture.tsx';
import { AlikeGrid } from './alike-grid.tsx';
import { UndoPlace } from './desk-verdict.tsx';
import type { AroundIt } from './desk-view.ts';
import { FlagInHand } from './flag-in-hand.tsx';
import { OfflineCameras } from './offline-cameras.tsx';
import { PaceCard } from './pace-card.tsx';

export function AroundFlag(view: AroundIt) {
  const { words, queue, address, missable, flagId, leaseUntil, ahead } = view;
  const lease = leaseUntil === undefined ? undefined : `${flagId} ${leaseUntil}`;
  return (
    <div class="desk-next" id="around" data-bar={JSON.stringify(view.bar)} data-lease={lease}>
      <div class="stack">
        <NextThumbs {...view} />
        <AlikeGrid {...view} />
        <OfflineCameras words={words} cameras={view.offline} />
      </div>
      <PaceCard words={words} pace={view.pace} waiting={view.waiting} />
      {ahead === undefined ? null : (
        <template id="ahead" data-flag={ahead.id}>
          <FlagInHand
            words={words}
            flag={ahead}
            queue={queue}
            address={address}
            missable={missable}
            filters={<i class="desk-filters" />}
            undo={<UndoPlace />}
          />
        </template>
      )}
    </div>
  );
}

function NextThumbs({ words, next }: AroundIt) {
  const { kitchen, lang } = words;
  if (next.length === 0) {
    return (
      <section class="stack">
        <h2 class="small soft">{kitchen.noNext}</h2>
      </section>
    );
  }
  return (
    <section class="stack">
      <div class="row spread">
        <h2 class="small soft">{kitchen.nextLoaded(next.length)}</h2>
      </div>
      <ol class="thumbs">
        {next.map((flag) => (
          <li>
            <div class="pic">
              <Thumb picture={flag.picture} alt={kitchen.suspected(flag.violation.name)} />
            </div>
            <p>
              <b>{flag.violation.name}</b>
              <br />
              <span class="soft">{`${localName(lang, flag.restaurant)}\u00a0· ${localName(lang, flag.place)}`}</span>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
