// One camera: its last picture, a test on the spot, its timeline, what it has shown.
import { Icon } from '../../parts/icon.tsx';
import { OpenOriginal } from '../../parts/open-original.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { frameMoment, isoMoment } from '../clock.ts';
import { ReportMissed } from '../desk/report-missed.tsx';
import { type FlagLine, FlagTable } from '../flag/flag-table.tsx';
import type { Named, ViolationText } from '../named.ts';
import { CameraBadge, type CameraStateName, cameraIcon } from '../state-badge.tsx';
import { type CameraCard, DayStrip, dimming, LastPicture, WrongClock } from './camera-list.tsx';
import { StreamFacts, type StreamFactsView } from './stream-facts.tsx';

type ToldFaultName = keyof Texts['kitchen']['toldFaults'];

export type TestResult =
  | {
      readonly ok: true;
      readonly at: number;
      readonly href: string;
      readonly width: number;
      readonly height: number;
      readonly faults: readonly CameraStateName[];
      readonly stream: StreamFactsView;
    }
  | {
      readonly ok: false;
      readonly at: number;
      readonly fault: ToldFaultName;
      readonly exact: string | undefined;
      /** A certificate of the camera's own that this reader may accept. */
      readonly accept: { readonly cameraId: number; readonly certificate: string } | '' | undefined;
    };

export type CameraView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly restaurant: Named & { readonly id: number; readonly href: string };
  readonly camera: CameraCard;
  readonly kind: keyof Texts['kitchen']['cameraKinds'];
  readonly sampleEverySeconds: number;
  readonly hasPassword: boolean;
  readonly timeline: readonly {
    readonly at: number;
    readonly after: CameraStateName;
    readonly told: ToldFaultName | undefined;
  }[];
  readonly flags: readonly FlagLine[];
  readonly may: { readonly test: boolean; readonly change: boolean; readonly openOriginal: boolean };
  readonly pictureHash: string | null;
  /** What a reviewer can report as missed on the last frame; empty for everybody else. */
  readonly missable: readonly ViolationText[];
  /** Look at once: the camera has just been added. */
  readonly testNow: boolean;
};

export function CameraPage(view: CameraView) {
  const { words, here, viewer, restaurant, camera, may } = view;
  const { kitchen, lang } = words;
  return (
    <Page words={words} title={localName(lang, camera.place)} here={here} viewer={viewer}>
      <header class="row spread">
        <div>
          <p class="small">
            <a href={restaurant.href}>{localName(lang, restaurant)}</a>
          </p>
          <h1>{localName(lang, camera.place)}</h1>
        </div>
        <CameraBadge words={words} state={camera.state} />
      </header>
      <div class="cols">
        <div class="stack-wide">
          <section class={`card cam solo ${dimming(camera.state)}`}>
            <div class="pic">
              <LastPicture words={words} camera={camera} />
            </div>
            <DayStrip words={words} day={camera.day} />
            {camera.lastFrameAt === null ? null : (
              <p class="small soft">
                {kitchen.lastFrameLine(frameMoment(camera.lastFrameAt, lang), camera.sampledToday)}
              </p>
            )}
            <WrongClock words={words} camera={camera} />
            {camera.lastFrameAt === null || view.missable.length === 0 ? null : (
              <ReportMissed
                words={words}
                cameraId={camera.id}
                at={camera.lastFrameAt}
                kinds={view.missable}
                back={here.split('?')[0] ?? '/review'}
              />
            )}
            {may.openOriginal && view.pictureHash !== null ? (
              <OpenOriginal words={words} hash={view.pictureHash} />
            ) : null}
          </section>
          <section class="card">
            <h2>{kitchen.flagsHere}</h2>
            <FlagTable words={words} flags={view.flags} />
          </section>
        </div>
        <div class="stack-wide">
          {may.test ? <TestCard {...view} /> : null}
          <Settings {...view} />
          <Timeline {...view} />
        </div>
      </div>
    </Page>
  );
}

/** A connection, a first picture, and the stream's own measures. */
const longestTestSeconds = 40;

function TestCard({ words, camera, testNow }: CameraView) {
  const { kitchen } = words;
  const action = `/cameras/${camera.id}/test`;
  return (
    <section class={testNow ? 'card rim stack' : 'card stack'} id="test">
      <h2>{kitchen.testTitle}</h2>
      <p class="soft small">{kitchen.testLead}</p>
      <form
        method="post"
        action={action}
        hx-post={action}
        hx-target="#test-result"
        hx-disabled-elt="find button"
        hx-trigger={testNow ? 'submit, load' : 'submit'}
      >
        <button type="submit" class="btn main">
          <Icon name="camera" />
          {kitchen.testButton}
        </button>
        <div class="while-testing" role="status">
          <p class="soft">{kitchen.wizard.upTo(longestTestSeconds)}</p>
          <span class="meter">
            <span />
          </span>
          <a class="btn bare" href={`/cameras/${camera.id}`}>
            {kitchen.wizard.cancel}
          </a>
        </div>
      </form>
      <div id="test-result" aria-live="polite" />
    </section>
  );
}

/** What htmx puts below the button, and what stands on a page of its own without script. */
export function TestOutcome({ words, result }: { words: Texts; result: TestResult }) {
  const { kitchen, lang } = words;
  if (!result.ok) {
    return (
      <div class="note is-bad" role="alert">
        <Icon name="cameraoff" />
        <div class="stack">
          <b>{kitchen.toldFaults[result.fault]}</b>
          <span>{kitchen.toldAdvice[result.fault]}</span>
          {result.exact === undefined ? null : <code class="small">{result.exact}</code>}
          {result.accept ? (
            <form method="post" action={`/cameras/${result.accept.cameraId}/certificate`}>
              <input type="hidden" name="certificate" value={result.accept.certificate} />
              <button type="submit" class="btn">
                {kitchen.acceptCertificate}
              </button>
            </form>
          ) : null}
        </div>
      </div>
    );
  }
  return (
    <figure class="stack">
      <div class="pic">
        <img src={result.href} width={result.width} height={result.height} alt={kitchen.testPicture} />
      </div>
      <figcaption class="small soft">{kitchen.testedAt(frameMoment(result.at, lang))}</figcaption>
      {result.faults.length === 0 ? (
        <p class="note">
          <Icon name="check" />
          <span>{kitchen.testGood}</span>
        </p>
      ) : (
        <p class="note is-warn">
          <Icon name="covered" />
          <span>
            {kitchen.testFaults(
              result.faults.map((fault) => kitchen.cameraStates[fault]).join(lang === 'en' ? ', ' : '、'),
            )}
          </span>
        </p>
      )}
      <StreamFacts words={words} stream={result.stream} />
    </figure>
  );
}

export function TestPage({
  words,
  here,
  viewer,
  cameraId,
  result,
}: {
  words: Texts;
  here: string;
  viewer: Viewer | null;
  cameraId: number;
  result: TestResult;
}) {
  return (
    <Page words={words} title={words.kitchen.testTitle} here={here} viewer={viewer} mainClass="narrow">
      <h1>{words.kitchen.testTitle}</h1>
      <section class="card stack">
        <TestOutcome words={words} result={result} />
        <a class="btn" href={`/cameras/${cameraId}`}>
          {words.common.back}
        </a>
      </section>
    </Page>
  );
}

function Settings({ words, kind, sampleEverySeconds, hasPassword, may, camera }: CameraView) {
  const { kitchen } = words;
  return (
    <section class="card stack">
      <div class="card-head">
        <h2>{kitchen.cameraFacts}</h2>
        {may.change ? <a href={`/cameras/${camera.id}/change`}>{kitchen.changeCamera}</a> : null}
      </div>
      {may.change ? <a href={`/cameras/${camera.id}/rules`}>{words.learning.zone.title}</a> : null}
      {may.change ? <a href={`/cameras/${camera.id}/lookouts`}>{words.lookout.title}</a> : null}
      <dl class="facts">
        <dt>{kitchen.cameraKind}</dt>
        <dd>{kitchen.cameraKinds[kind]}</dd>
        <dt>{kitchen.sampleEvery}</dt>
        <dd>{kitchen.secondsShort(sampleEverySeconds)}</dd>
        <dt>{kitchen.cameraPassword}</dt>
        <dd>{hasPassword ? kitchen.passwordSealed : words.common.none}</dd>
      </dl>
    </section>
  );
}

function Timeline({ words, timeline }: CameraView) {
  const { kitchen, lang } = words;
  return (
    <section class="card">
      <h2>{kitchen.timeline}</h2>
      {timeline.length === 0 ? (
        <p class="soft">{kitchen.timelineEmpty}</p>
      ) : (
        <ol class="line">
          {timeline.map((event) => (
            <li class={event.after === 'online' ? undefined : 'is-warn'}>
              <span class="dot">
                <Icon name={cameraIcon(event.after)} />
              </span>
              <h3>{kitchen.cameraStates[event.after]}</h3>
              <p class="meta">
                <time datetime={isoMoment(event.at)}>{formatMoment(event.at, lang)}</time>
                {event.told === undefined ? null : <span>{kitchen.toldFaults[event.told]}</span>}
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
