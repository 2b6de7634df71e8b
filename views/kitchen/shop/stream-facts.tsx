// What a test tells of a stream beside its picture: codec, size, rate, key frames, clock, how far heads are clear, warnings.
import { Icon } from '../../parts/icon.tsx';
import type { Texts } from '../../text/texts.ts';

type Wizard = Texts['kitchen']['wizard'];

export type StreamFactsView = {
  readonly width: number;
  readonly height: number;
  readonly facts: {
    readonly codec?: string;
    readonly framesPerSecond?: number;
    readonly keyframeMs?: number;
    readonly keyframeOverMs?: number;
    readonly clockOffsetMs?: number;
  };
  readonly advice: {
    readonly warnings: readonly (keyof Wizard['warnings'])[];
    readonly headsUpToMetres: number;
    readonly seen: readonly ({ readonly metres: number; readonly headPx: number } & Readonly<
      Record<'mask' | 'hat' | 'smoking', keyof Wizard['seenAnswers']>
    >)[];
    readonly maker: { readonly maker: keyof Wizard['makers']; readonly stream: keyof Wizard['streams'] } | undefined;
  };
};

/** Beyond a second or two the way to the camera is no longer what is measured. */
const sameClockMs = 3_000;

export function StreamFacts({ words, stream }: { words: Texts; stream: StreamFactsView }) {
  const { wizard } = words.kitchen;
  const { width, height, facts, advice } = stream;
  const { maker } = advice;
  return (
    <>
      <dl class="facts">
        <dt>{wizard.size}</dt>
        <dd>{`${width} × ${height}`}</dd>
        <dt>{wizard.codec}</dt>
        <dd>{facts.codec === undefined ? wizard.unknown : (wizard.codecs[facts.codec] ?? facts.codec)}</dd>
        <dt>{wizard.rate}</dt>
        <dd>{facts.framesPerSecond === undefined ? wizard.unknown : wizard.rateText(facts.framesPerSecond)}</dd>
        <dt>{wizard.keyframes}</dt>
        <dd>{keyframeText(wizard, facts)}</dd>
        <dt>{wizard.clock}</dt>
        <dd>{clockText(wizard, facts.clockOffsetMs)}</dd>
        {maker === undefined ? null : (
          <>
            <dt>{wizard.taken}</dt>
            <dd>{`${wizard.makers[maker.maker]} · ${wizard.streams[maker.stream]}`}</dd>
          </>
        )}
        <dt>{wizard.heads}</dt>
        <dd>{wizard.headsText(advice.headsUpToMetres)}</dd>
      </dl>
      <p class="hint">{wizard.headsWhy}</p>
      <ul class="plain-list small">
        {advice.seen.map(({ metres, headPx, mask, hat, smoking }) => (
          <li>
            {wizard.seenLine(
              metres,
              headPx,
              wizard.seenAnswers[mask],
              wizard.seenAnswers[hat],
              wizard.seenAnswers[smoking],
            )}
          </li>
        ))}
      </ul>
      <p class="hint">{wizard.seenWhy}</p>
      {advice.warnings.map((warning) => (
        <p class="note is-warn">
          <Icon name="alert" />
          <span>{wizard.warnings[warning]}</span>
        </p>
      ))}
    </>
  );
}

function keyframeText(wizard: Wizard, { keyframeMs, keyframeOverMs }: StreamFactsView['facts']): string {
  if (keyframeMs !== undefined) return wizard.keyframeText(keyframeMs);
  return keyframeOverMs === undefined ? wizard.unknown : wizard.keyframeOver(keyframeOverMs);
}

export function clockText(wizard: Wizard, offsetMs: number | undefined): string {
  if (offsetMs === undefined) return wizard.unknown;
  if (Math.abs(offsetMs) <= sameClockMs) return wizard.clockRight;
  const span = wizard.span(Math.abs(offsetMs));
  return offsetMs > 0 ? wizard.clockAhead(span) : wizard.clockBehind(span);
}
