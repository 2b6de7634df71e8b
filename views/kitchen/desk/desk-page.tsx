// The review desk: one frame, one question, one key. The same fragment is the page and what htmx swaps.

import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import { dayText, frameMoment, frameTick, isoMoment } from '../clock.ts';
import { Crop, hasPlace, Stage, Thumb } from '../picture/picture.tsx';
import { Badge, Experimental } from '../state-badge.tsx';
import { AlikeGrid } from './alike-grid.tsx';
import { EmptyDesk } from './desk-empty.tsx';
import { DeskFilters } from './desk-filters.tsx';
import { Notice } from './desk-notice.tsx';
import { Kinds, VerdictForm } from './desk-verdict.tsx';
import type { DeskFlag, DeskView } from './desk-view.ts';
import { KeysHelp } from './keys-help.tsx';
import { OfflineCameras } from './offline-cameras.tsx';
import { PaceCard } from './pace-card.tsx';
import { ReportMissed } from './report-missed.tsx';

export function DeskPage(view: DeskView) {
  const { words, here, viewer, queue } = view;
  const { review, unsure } = words.common.nav;
  const title = { desk: review, lens: words.common.nav.lens, unsure }[queue];
  return (
    <Page words={words} title={title} here={here} viewer={viewer} mainClass="desk" scripts={['review.js']}>
      <Desk {...view} />
    </Page>
  );
}

/** What stands inside <main>: swapped whole after every verdict. */
export function Desk(view: DeskView) {
  return view.flag === undefined ? <EmptyDesk {...view} /> : <FullDesk {...view} flag={view.flag} />;
}

function FullDesk(view: DeskView & { flag: DeskFlag }) {
  const { words, flag, frameAt, notice } = view;
  const { kitchen, lang } = words;
  const own = frameAt === undefined || frameAt === flag.at;
  const frame = own ? undefined : flag.frames.find(({ at }) => at === frameAt);
  const picture = frame === undefined ? flag.picture : { ...flag.picture, href: frame.href };
  const where = `${localName(lang, flag.restaurant)}\u00a0· ${localName(lang, flag.place)}`;
  return (
    <>
      <header class="desk-head stack" data-bar={JSON.stringify(view.bar)} data-lease={leaseOf(view)}>
        {notice === undefined ? null : <Notice text={notice} />}
        <div class="row">
          <h1>
            <Badge kind="suspect" icon="diamond" label={kitchen.flagStatuses.open} />
            {flag.violation.name}
            <Experimental words={words} on={flag.violation.experimental} />
          </h1>
          <p>{where}</p>
          <time class="soft" datetime={isoMoment(flag.at)}>
            {frameMoment(flag.at, lang)}
          </time>
          <DeskFilters {...view} />
        </div>
      </header>
      <Stage
        picture={picture}
        alt={kitchen.frameAlt(where, flag.violation.name)}
        label={flag.violation.name}
        boxes={frame === undefined}
      >
        <Frames {...view} current={frame?.at ?? flag.at} />
      </Stage>
      <section class="desk-side" aria-label={flag.violation.name}>
        {hasPlace(flag.picture) ? <Crop picture={flag.picture} enlarged={kitchen.enlarged} /> : null}
        <Causes words={words} causes={flag.causes} />
        <FlagFacts words={words} flag={flag} />
        <Kinds {...view} />
        <ReportMissed
          words={words}
          cameraId={flag.cameraId}
          at={frame?.at ?? flag.at}
          kinds={view.missable}
          back={view.address}
        />
        <VerdictForm {...view} />
      </section>
      <div class="desk-next">
        <div class="stack">
          <NextThumbs {...view} />
          <AlikeGrid {...view} flag={flag} />
          <OfflineCameras words={words} cameras={view.offline} />
        </div>
        <PaceCard words={words} pace={view.pace} waiting={view.waiting} />
      </div>
      <KeysHelp words={words} />
    </>
  );
}

function leaseOf({ flag, leaseUntil }: DeskView): string | undefined {
  return flag === undefined || leaseUntil === undefined ? undefined : `${flag.id} ${leaseUntil}`;
}

function Frames({ words, flag, current, address }: DeskView & { flag: DeskFlag; current: number }) {
  const { kitchen } = words;
  const addressOf = (at: number) => `${address}${address.includes('?') ? '&' : '?'}frame=${at}`;
  return (
    <figcaption>
      <span class="row only-desk">
        <kbd>{kitchen.keys.space}</kbd>
        {kitchen.beforeAfter}
      </span>
      <nav class="frames" aria-label={kitchen.beforeAfter}>
        {flag.frames.map((frame, index) => (
          <a
            href={addressOf(frame.at)}
            data-at={frame.at}
            class={frame.own ? 'flagged' : undefined}
            data-picture={frame.href}
            data-own={frame.own ? 'yes' : undefined}
            aria-current={frame.at === current ? 'true' : undefined}
          >
            {frameTick(frame.at, flag.frames[index - 1]?.at)}
          </a>
        ))}
      </nav>
      <span class="row only-desk">
        {kitchen.framesKept(flag.frames.length)}
        <button type="button" class="key-button" popovertarget="keys" aria-label={kitchen.keys.title}>
          <kbd>?</kbd>
        </button>
      </span>
    </figcaption>
  );
}

/** What somebody asked for it for: a recalled lot was here then. */
function Causes({ words, causes }: { words: Texts; causes: DeskFlag['causes'] }) {
  const text = words.join;
  if (causes.length === 0) return null;
  return (
    <div class="note is-warn" role="note" aria-label={text.why}>
      <Icon name="info" />
      <div>
        {causes.map(({ kind, label, labelEn, href }) => (
          <p>
            <a href={href}>
              {text.because(text.causes[kind], localName(words.lang, { name: label, nameEn: labelEn }))}
            </a>
          </p>
        ))}
      </div>
    </div>
  );
}

function FlagFacts({ words, flag }: { words: Texts; flag: DeskFlag }) {
  const { kitchen, lang } = words;
  const { flagged, confirmed, lastConfirmedAt } = flag.history;
  return (
    <dl class="facts">
      <dt>{kitchen.rule}</dt>
      <dd>{flag.violation.rule}</dd>
      <dt>{kitchen.zone}</dt>
      <dd>{kitchen.zoneText(flag.zone ?? localName(lang, flag.place), flag.aroundTheClock)}</dd>
      {flag.asks === 'all' ? null : (
        <>
          <dt>{kitchen.thirtyDays}</dt>
          <dd>
            {kitchen.historyText(
              flagged,
              confirmed,
              lastConfirmedAt === null ? undefined : dayText(lastConfirmedAt, lang),
            )}
          </dd>
        </>
      )}
    </dl>
  );
}

function NextThumbs({ words, next }: DeskView) {
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
