// The review desk: one frame, one question, one key. The same fragment is the page and what htmx swaps.

import { Icon } from '../../parts/icon.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import { dayText, frameMoment, frameTick, isoMoment } from '../clock.ts';
import type { Named, ViolationText } from '../named.ts';
import { type BoxedPicture, Crop, hasPlace, Stage, Thumb } from '../picture/picture.tsx';
import { Badge, Experimental } from '../state-badge.tsx';
import { KeysHelp } from './keys-help.tsx';
import { type Pace, PaceCard } from './pace-card.tsx';

export type DeskFlag = {
  readonly id: number;
  readonly violation: ViolationText;
  readonly at: number;
  readonly restaurant: Named;
  readonly place: Named;
  readonly picture: BoxedPicture;
  readonly zone: string | null;
  readonly aroundTheClock: boolean;
  /** Only its own is marked: how many others showed it would tell an audit from a flag. */
  readonly frames: readonly DeskFrame[];
  readonly history: { readonly flagged: number; readonly confirmed: number; readonly lastConfirmedAt: number | null };
};

type DeskFrame = { readonly at: number; readonly href: string; readonly own: boolean };

export type NextFlag = Pick<DeskFlag, 'id' | 'violation' | 'restaurant' | 'place' | 'picture'>;

export type DeskView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly queue: 'desk' | 'unsure';
  readonly flag: DeskFlag | undefined;
  /** Which of its frames is on the stage; its own when left out. */
  readonly frameAt: number | undefined;
  readonly next: readonly NextFlag[];
  readonly kinds: readonly ViolationText[];
  readonly last:
    | { readonly decision: 'confirmed' | 'cleared' | 'unsure'; readonly restaurant: Named; readonly place: Named }
    | undefined;
  readonly pace: Pace;
  readonly waiting: number;
  /** Open flags of the same kind at the same camera within the hour. */
  readonly alike: number;
  /** Sent with the verdict, so that a repeated request is one verdict. */
  readonly key: string;
  readonly notice: string | undefined;
};

export function DeskPage(view: DeskView) {
  const { words, here, viewer, queue } = view;
  const title = queue === 'desk' ? words.common.nav.review : words.common.nav.unsure;
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
      <header class="desk-head" data-waiting={view.waiting}>
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
        <FlagFacts words={words} flag={flag} />
        <Kinds {...view} />
        <VerdictForm {...view} />
      </section>
      <div class="desk-next">
        <NextThumbs {...view} />
        <PaceCard words={words} pace={view.pace} waiting={view.waiting} />
      </div>
      <KeysHelp words={words} />
    </>
  );
}

function Notice({ text }: { text: string }) {
  return (
    <p class="note is-warn" role="status">
      <Icon name="info" />
      <span>{text}</span>
    </p>
  );
}

function Frames({ words, flag, current, here }: DeskView & { flag: DeskFlag; current: number }) {
  const { kitchen } = words;
  const path = here.split('?')[0];
  return (
    <figcaption>
      <span class="row only-desk">
        <kbd>{kitchen.keys.space}</kbd>
        {kitchen.beforeAfter}
      </span>
      <nav class="frames" aria-label={kitchen.beforeAfter}>
        {flag.frames.map((frame, index) => (
          <a
            href={`${path}?frame=${frame.at}`}
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

function FlagFacts({ words, flag }: { words: Texts; flag: DeskFlag }) {
  const { kitchen, lang } = words;
  const { flagged, confirmed, lastConfirmedAt } = flag.history;
  return (
    <dl class="facts">
      <dt>{kitchen.rule}</dt>
      <dd>{flag.violation.rule}</dd>
      <dt>{kitchen.zone}</dt>
      <dd>{kitchen.zoneText(flag.zone ?? localName(lang, flag.place), flag.aroundTheClock)}</dd>
      <dt>{kitchen.thirtyDays}</dt>
      <dd>
        {kitchen.historyText(flagged, confirmed, lastConfirmedAt === null ? undefined : dayText(lastConfirmedAt, lang))}
      </dd>
    </dl>
  );
}

function Kinds({ words, flag, kinds }: DeskView & { flag: DeskFlag }) {
  return (
    <div class="stack">
      <p class="small soft" id="kinds">
        {words.kitchen.wrongKind}
      </p>
      <div class="kinds" role="radiogroup" aria-labelledby="kinds">
        {kinds.map((kind, index) => (
          <span class="kind">
            <input
              class="hide"
              type="radio"
              id={`kind-${kind.id}`}
              name="violation"
              value={kind.id}
              form="verdict"
              checked={kind.id === flag.violation.id}
              aria-keyshortcuts={String(index + 1)}
            />
            <label class="btn" for={`kind-${kind.id}`}>
              <kbd>{index + 1}</kbd>
              {kind.name}
            </label>
          </span>
        ))}
      </div>
    </div>
  );
}

/** Three buttons of one size and weight, lying as S D F lie under the left hand: the desk does not nudge. */
function VerdictForm({ words, flag, queue, key, last }: DeskView & { flag: DeskFlag }) {
  const { kitchen } = words;
  const action = `/flags/${flag.id}/verdict`;
  const swap = { 'hx-target': '#main', 'hx-swap': 'innerHTML show:none' };
  return (
    <section class="verdict" aria-label={kitchen.question(flag.violation.name)}>
      <form id="verdict" method="post" action={action} hx-post={action} {...swap}>
        <input type="hidden" name="key" value={key} />
        <input type="hidden" name="queue" value={queue} />
        <input type="hidden" name="ms" value="" />
        <button type="submit" class="btn ask" name="verdict" value="unsure" aria-keyshortcuts="S">
          <Icon name="question" />
          {kitchen.decisions.unsure}
          <kbd>S</kbd>
        </button>
        <button type="submit" class="btn no" name="verdict" value="cleared" aria-keyshortcuts="D">
          <Icon name="slash" />
          {kitchen.decisions.cleared}
          <kbd>D</kbd>
        </button>
        <button type="submit" class="btn yes" name="verdict" value="confirmed" aria-keyshortcuts="F">
          <Icon name="octagon" />
          {kitchen.decisions.confirmed}
          <kbd>F</kbd>
        </button>
      </form>
      <UndoForm words={words} queue={queue} last={last} />
    </section>
  );
}

function UndoForm({ words, queue, last }: Pick<DeskView, 'words' | 'queue' | 'last'>) {
  const { kitchen, lang } = words;
  // The place is kept, so that the verdicts above never move under the hand.
  if (last === undefined) {
    return (
      <span class="btn undo" aria-disabled="true">
        {kitchen.nothingToUndo}
      </span>
    );
  }
  const said = kitchen.lastVerdict(
    kitchen.decisions[last.decision],
    localName(lang, last.restaurant),
    localName(lang, last.place),
  );
  return (
    <form method="post" action="/review/undo" hx-post="/review/undo" hx-target="#main" hx-swap="innerHTML show:none">
      <input type="hidden" name="queue" value={queue} />
      <button type="submit" class="btn undo" aria-keyshortcuts="Z">
        <kbd>Z</kbd>
        <Icon name="undo" />
        {words.common.undo}
        <small>{said}</small>
      </button>
    </form>
  );
}

function NextThumbs({ words, next, alike, flag }: DeskView & { flag: DeskFlag }) {
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
        {alike === 0 ? null : <ClearGroup words={words} flagId={flag.id} alike={alike} />}
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

/** Away from the keys and small: what is cleared this way nobody has looked at one by one, and the record says so. */
function ClearGroup({ words, flagId, alike }: { words: Texts; flagId: number; alike: number }) {
  const action = `/flags/${flagId}/group-verdict`;
  return (
    <form method="post" action={action} hx-post={action} hx-target="#main" hx-swap="innerHTML show:none">
      <input type="hidden" name="ms" value="" />
      <button type="submit" class="link-button small">
        {words.kitchen.clearGroup(alike)}
      </button>
    </form>
  );
}

function EmptyDesk({ words, queue, last, pace, waiting, notice }: DeskView) {
  const { kitchen } = words;
  const address = queue === 'desk' ? '/review' : '/review/unsure';
  return (
    <div
      class="desk-empty stack-wide"
      data-waiting={waiting}
      hx-get={address}
      hx-trigger="every 4s"
      hx-target="#main"
      hx-swap="innerHTML show:none"
    >
      {notice === undefined ? null : <Notice text={notice} />}
      <section class="card empty" role="status">
        <svg class="art" viewBox="0 0 96 72" aria-hidden="true">
          <path d="M8 60h80M20 60c0-16 12-28 28-28s28 12 28 28M48 32v-6" />
          <circle cx="48" cy="23" r="3" />
          <path class="hot" d="M34 14c0-4 3-4 3-8M48 14c0-4 3-4 3-8M62 14c0-4 3-4 3-8" />
        </svg>
        <h1 class="title">{queue === 'desk' ? kitchen.allDone : kitchen.nothingUnsure}</h1>
        <p>{kitchen.comesByItself}</p>
        <div class="row">
          <a class="btn" href="/review/pace">
            {kitchen.seePace}
          </a>
        </div>
      </section>
      <div class="desk-empty-foot">
        <PaceCard words={words} pace={pace} waiting={waiting} />
        <div class="verdict undo-only">
          <UndoForm words={words} queue={queue} last={last} />
        </div>
      </div>
    </div>
  );
}
