// The flag in hand: what it is, its frame, and what is pressed about it. The same for the one that lies ready.
import type { Child } from 'hono/jsx';
import { Icon } from '../../parts/icon.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import { dayText, frameMoment, frameTick, isoMoment } from '../clock.ts';
import { Crop, hasPlace, Stage } from '../picture/picture.tsx';
import { Badge, Experimental } from '../state-badge.tsx';
import { Kinds, VerdictForm } from './desk-verdict.tsx';
import type { DeskFlag, InHand } from './desk-view.ts';
import { ReportMissed } from './report-missed.tsx';

type Parts = {
  /** Which of its frames is on the stage; its own when left out. */
  frameAt?: number | undefined;
  notice?: Child;
  filters?: Child;
  undo: Child;
};

export function FlagInHand({ frameAt, notice, filters, undo, ...hand }: InHand & Parts) {
  const { words, flag } = hand;
  const { kitchen, lang } = words;
  const own = frameAt === undefined || frameAt === flag.at;
  const frame = own ? undefined : flag.frames.find(({ at }) => at === frameAt);
  const picture = frame === undefined ? flag.picture : { ...flag.picture, href: frame.href };
  const where = `${localName(lang, flag.restaurant)}\u00a0· ${localName(lang, flag.place)}`;
  return (
    <>
      <FlagHead words={words} flag={flag} where={where} notice={notice} filters={filters} />
      <Stage
        picture={picture}
        alt={kitchen.frameAlt(where, flag.violation.name)}
        label={flag.violation.name}
        boxes={frame === undefined}
      >
        <Frames {...hand} current={frame?.at ?? flag.at} />
      </Stage>
      <section class="desk-side" aria-label={flag.violation.name}>
        {hasPlace(flag.picture) ? <Crop picture={flag.picture} enlarged={kitchen.enlarged} /> : null}
        <Causes words={words} causes={flag.causes} />
        <Held words={words} frames={flag.frames} />
        <FlagFacts words={words} flag={flag} />
        <Kinds words={words} flag={flag} />
        <ReportMissed
          words={words}
          cameraId={flag.cameraId}
          at={frame?.at ?? flag.at}
          kinds={hand.missable}
          back={hand.address}
        />
        <VerdictForm {...hand} undo={undo} />
      </section>
    </>
  );
}

type HeadProps = { words: Texts; flag: DeskFlag; where: string; notice: Child; filters: Child };

function FlagHead({ words, flag, where, notice, filters }: HeadProps) {
  return (
    <header class="desk-head stack">
      {notice}
      <div class="row">
        <h1>
          <Badge kind="suspect" icon="diamond" label={words.kitchen.flagStatuses.open} />
          {flag.violation.name}
          <Experimental words={words} on={flag.violation.experimental} />
        </h1>
        <p>{where}</p>
        <time class="soft" datetime={isoMoment(flag.at)}>
          {frameMoment(flag.at, words.lang)}
        </time>
        {flag.recorded ? <small class="soft">{words.kitchen.recordedClock}</small> : null}
        {filters}
      </div>
    </header>
  );
}

function Frames({ words, flag, current, address }: InHand & { current: number }) {
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
            class={frame.own ? 'flagged' : frame.held ? 'held' : undefined}
            data-held={frame.held ? 'yes' : undefined}
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

/** What a lookout decided from, one still after another; review.js plays them. */
function Held({ words, frames }: { words: Texts; frames: DeskFlag['frames'] }) {
  const held = frames.filter((frame) => frame.held);
  const [first, last] = [held.at(0), held.at(-1)];
  if (first === undefined || last === undefined || held.length < 2) return null;
  return (
    <div class="row spread" data-held-frames>
      <p class="small">
        {words.kitchen.heldFor(frameTick(first.at, undefined), Math.round((last.at - first.at) / 1000), held.length)}
      </p>
      <button type="button" class="btn" data-play hidden>
        {words.kitchen.playHeld}
      </button>
    </div>
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
