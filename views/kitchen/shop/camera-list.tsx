// Cameras with their last picture, never shown as live when it is not, and their last day as a strip.
import { Icon } from '../../parts/icon.tsx';
import { localName, type Texts } from '../../text/texts.ts';
import { hourMinute } from '../clock.ts';
import type { Named } from '../named.ts';
import { CameraBadge, type CameraStateName, cameraIcon } from '../state-badge.tsx';
import { clockText } from './stream-facts.tsx';

export type DayPart = { readonly from: number; readonly to: number; readonly kind: 'ok' | 'off' | 'cov' };

export type CameraCard = {
  readonly id: number;
  readonly place: Named;
  readonly state: CameraStateName;
  readonly stateSince: number;
  readonly lastFrameAt: number | null;
  readonly picture: { readonly href: string } | undefined;
  readonly sampledToday: number;
  readonly told: keyof Texts['kitchen']['toldFaults'] | undefined;
  /** How far its clock is ahead, where that is so much that its times can be disputed. */
  /** Played from a file: the clock in its picture is that of the recording. */
  readonly recorded: boolean;
  readonly clockOffsetMs: number | undefined;
  /** Parts of the last 24 hours, as fractions of them. */
  readonly day: readonly DayPart[];
};

export function CameraList({ words, cameras }: { words: Texts; cameras: readonly CameraCard[] }) {
  return (
    <ul class="cams">
      {cameras.map((camera) => (
        <li class={`cam ${dimming(camera.state)}`}>
          <a class="pic" href={`/cameras/${camera.id}`}>
            <LastPicture words={words} camera={camera} />
          </a>
          <div class="row spread">
            <h3>
              <a href={`/cameras/${camera.id}`}>{localName(words.lang, camera.place)}</a>
            </h3>
            <CameraBadge words={words} state={camera.state} />
          </div>
          <p class="small soft">{stateLine(words, camera)}</p>
          <WrongClock words={words} camera={camera} />
          <DayStrip words={words} day={camera.day} />
        </li>
      ))}
    </ul>
  );
}

export function dimming(state: CameraStateName): string {
  if (state === 'online') return '';
  return ['offline', 'new', 'frozen', 'unwatched'].includes(state) ? 'is-down' : 'is-dim';
}

export function LastPicture({
  words,
  camera,
}: {
  words: Texts;
  camera: Pick<CameraCard, 'picture' | 'state' | 'place' | 'lastFrameAt' | 'stateSince'>;
}) {
  const { kitchen, lang } = words;
  if (camera.picture === undefined) {
    return (
      <span class="no-picture">
        <Icon name="camera" />
        {kitchen.noPictureYet}
      </span>
    );
  }
  const live = camera.state === 'online';
  return (
    <>
      <img
        src={camera.picture.href}
        width={960}
        height={540}
        alt={live ? kitchen.pictureOf(localName(lang, camera.place)) : ''}
        loading="lazy"
      />
      {live ? null : (
        <span class="pic-note">
          <Icon name={cameraIcon(camera.state)} />
          <span>{oldPicture(words, camera)}</span>
        </span>
      )}
    </>
  );
}

function oldPicture(
  words: Texts,
  { state, lastFrameAt, stateSince }: Pick<CameraCard, 'state' | 'lastFrameAt' | 'stateSince'>,
): string {
  const { kitchen } = words;
  if (state === 'offline' || state === 'new' || state === 'unwatched')
    return kitchen.oldPicture(hourMinute(lastFrameAt ?? stateSince));
  return kitchen.stateSince(hourMinute(stateSince), kitchen.cameraStates[state]);
}

function stateLine(words: Texts, camera: CameraCard): string {
  const { kitchen } = words;
  if (camera.state === 'new') return kitchen.waitsForFirst;
  if (camera.state === 'online')
    return kitchen.sampledLine(hourMinute(camera.lastFrameAt ?? camera.stateSince), camera.sampledToday);
  const since = hourMinute(camera.stateSince);
  if (camera.state === 'offline')
    return kitchen.offlineLine(since, camera.told === undefined ? '' : kitchen.toldFaults[camera.told]);
  if (camera.state === 'unwatched') return kitchen.unwatchedLine(since);
  return kitchen.lensLine(since, kitchen.lensAdvice[camera.state]);
}

export function WrongClock({
  words,
  camera,
}: {
  words: Texts;
  camera: Pick<CameraCard, 'clockOffsetMs' | 'recorded'>;
}) {
  if (camera.recorded) return <p class="small soft">{words.kitchen.recordedClock}</p>;
  if (camera.clockOffsetMs === undefined) return null;
  const { wizard } = words.kitchen;
  return (
    <p class="small">
      <Icon name="clock" />
      {wizard.clockWrong(clockText(wizard, camera.clockOffsetMs))}
    </p>
  );
}

const strip = 288;

export function DayStrip({ words, day }: { words: Texts; day: readonly DayPart[] }) {
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${strip} 12`}
      preserveAspectRatio="none"
      role="img"
      aria-label={words.kitchen.lastDay}
    >
      <rect class="h-none" x="0.5" y="1" width={strip - 1} height="10" rx="2" />
      {day.map(({ from, to, kind }) => (
        <rect
          class={`h-${kind}`}
          x={from * strip + 0.5}
          y="1"
          width={Math.max(1, (to - from) * strip - 1)}
          height="10"
          rx="2"
        />
      ))}
    </svg>
  );
}
