// The review desk: one frame, one question, one key. The same fragment is the page and what htmx swaps.

import { Page } from '../../parts/page.tsx';
import { AroundFlag } from './around-flag.tsx';
import { EmptyDesk } from './desk-empty.tsx';
import { DeskFilters } from './desk-filters.tsx';
import { Notice } from './desk-notice.tsx';
import { UndoForm } from './desk-verdict.tsx';
import type { AroundIt, DeskFlag, DeskView } from './desk-view.ts';
import { FlagInHand } from './flag-in-hand.tsx';
import { KeysHelp } from './keys-help.tsx';

export function DeskPage(view: DeskView) {
  const { words, here, viewer, queue } = view;
  const { review, unsure } = words.common.nav;
  const title = { desk: review, lens: words.common.nav.lens, unsure }[queue];
  return (
    <Page words={words} title={title} here={here} viewer={viewer} mainClass="desk" modules={['review.js']}>
      <Desk {...view} />
    </Page>
  );
}

/** What stands inside <main>. */
export function Desk(view: DeskView) {
  return view.flag === undefined ? <EmptyDesk {...view} /> : <FullDesk {...view} flag={view.flag} />;
}

function FullDesk(view: DeskView & { flag: DeskFlag }) {
  const { words, flag, frameAt, notice, queue, address, missable } = view;
  return (
    <>
      <FlagInHand
        words={words}
        flag={flag}
        queue={queue}
        address={address}
        missable={missable}
        frameAt={frameAt}
        notice={notice === undefined ? null : <Notice text={notice} />}
        filters={<DeskFilters {...view} />}
        undo={<UndoForm words={words} queue={queue} last={view.last} address={address} />}
      />
      <AroundFlag {...view} flagId={flag.id} />
      <KeysHelp words={words} />
    </>
  );
}

/** The answer to a verdict whose next flag the page shows already: only what changed around it. */
export function DeskAfter(view: AroundIt) {
  const { words, queue, last, address } = view;
  return (
    <>
      <AroundFlag {...view} />
      <UndoForm words={words} queue={queue} last={last} address={address} />
    </>
  );
}
