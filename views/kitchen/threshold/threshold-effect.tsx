// What a proposed threshold would have changed: sent, found and wrongly sent, before and after.
import { Icon } from '../../parts/icon.tsx';
import type { Texts } from '../../text/texts.ts';
import { perDay, score } from './threshold-chart.tsx';
import type { ThresholdLine } from './thresholds-view.ts';

type Answer = Exclude<ThresholdLine['answer'], { kind: 'refused' }>;

/** What it would change, before anything is changed. */
export function Effect({ words, answer: { kind, proposed, figures } }: { words: Texts; answer: Answer }) {
  const text = words.learning.threshold;
  const { now, after, right } = figures;
  if (kind === 'stays')
    return (
      <p class="pick">
        <Icon name="check" tone="good" />
        <span>{text.stays}</span>
      </p>
    );
  return (
    <div class="stack">
      <p>
        <b>{text.proposes(score(now.threshold), score(proposed))}</b>
        {kind === 'dismissed' ? <span class="soft"> {text.wasDismissed}</span> : null}
      </p>
      <dl class="tiles">
        <Tile label={text.flagsPerDay} before={perDay(now.flagsPerDay)} after={perDay(after.flagsPerDay)} />
        <Tile
          label={text.missedPerDay}
          before={perDay(now.missedPerDay)}
          after={perDay(after.missedPerDay)}
          note={`95%: ${perDay(after.missedLow)}–${perDay(after.missedHigh)}`}
        />
      </dl>
      {right === undefined ? null : (
        <p class="small soft">
          {text.rightShare(percent(right.share), percent(right.low), percent(right.high), right.of)}
        </p>
      )}
    </div>
  );
}

function Tile({ label, before, after, note }: { label: string; before: string; after: string; note?: string }) {
  return (
    <div class="tile">
      <dt>{label}</dt>
      <dd>
        {before} → {after}
        {note === undefined ? null : <span class="note-line">{note}</span>}
      </dd>
    </div>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
