// The last times the packs learnt from verdicts: progress with a way to end it, and gains with their intervals at the end.
import { formatMoment, formatNumber } from '../../parts/time.ts';
import { unattended } from '../../parts/unattended.ts';
import type { Texts } from '../../text/texts.ts';
import { Badge } from '../state-badge.tsx';
import type { GainView, LearningRunView, LearningView, LearntLineView } from './learning-view.ts';

/** Asks again by itself while it learns; without script a reload does. */
export function LearningRuns({ words, runs, busy }: LearningView) {
  if (runs.length === 0) return null;
  const text = words.packs.learning;
  const again = busy
    ? {
        'hx-get': '/packs/learning',
        'hx-trigger': 'every 2s',
        ...unattended,
        'hx-select': '#runs',
        'hx-target': '#runs',
        'hx-swap': 'outerHTML',
      }
    : {};
  return (
    <section class="card stack" id="runs" aria-live="polite" {...again}>
      <h2>{text.runs}</h2>
      <ul class="sets">
        {runs.map((run) => (
          <Run words={words} run={run} />
        ))}
      </ul>
    </section>
  );
}

const looks: Readonly<Record<LearningRunView['state'], readonly [kind: string, icon: string]>> = {
  waiting: ['unsure', 'clock'],
  running: ['due', 'clock'],
  done: ['done', 'check'],
  failed: ['refused', 'alert'],
  cancelled: ['offline', 'slash'],
};

function Run({ words, run }: { words: Texts; run: LearningRunView }) {
  const text = words.packs.learning;
  const [kind, icon] = looks[run.state];
  return (
    <li class="stack">
      <div class="row spread">
        <h3>{run.kitchen}</h3>
        <Badge kind={kind} icon={icon} label={text.states[run.state]} />
      </div>
      <p class="small soft">
        {formatMoment(run.askedAt, words.lang)} · {run.askedByName}
      </p>
      <Progress words={words} run={run} />
      {run.fault === null ? null : <p>{text.faults[run.fault]}</p>}
      {run.lines.map((line) => (
        <Line words={words} line={line} />
      ))}
      {run.setId === null ? null : (
        <p>
          <a class="btn" href={`/packs/${run.setId}`}>
            {text.decide(run.setId)}
          </a>
        </p>
      )}
    </li>
  );
}

function Progress({ words, run }: { words: Texts; run: LearningRunView }) {
  const text = words.packs.learning;
  if (run.state !== 'waiting' && run.state !== 'running') return null;
  return (
    <div class="row">
      {run.stage === null ? null : (
        <p class="small">
          <progress value={run.done} max={Math.max(1, run.total)} /> {text.stages[run.stage]} {run.done} / {run.total}
        </p>
      )}
      <form method="post" action={`/packs/learning/${run.id}/end`}>
        <button type="submit" class="btn small bare">
          {text.end}
        </button>
      </form>
    </div>
  );
}

function Line({ words, line }: { words: Texts; line: LearntLineView }) {
  const text = words.packs.learning;
  return (
    <div>
      <h4>{line.name}</h4>
      <p class="small soft">
        {text.learntFrom(line.pack, line.boxes)}{' '}
        {text.threshold(formatNumber(line.thresholdFrom, 3), formatNumber(line.thresholdTo, 3))}
      </p>
      <dl>
        <dt>{text.later}</dt>
        <dd>{gainText(words, line.later)}</dd>
        <dt>{text.elsewhere}</dt>
        <dd>{gainText(words, line.elsewhere)}</dd>
      </dl>
    </div>
  );
}

function gainText(
  words: Texts,
  { boxes, rightBefore, rightAfter, alarmsGone, truthsLost, gain, ci95 }: GainView,
): string {
  const text = words.packs.learning;
  if (gain === undefined || ci95 === undefined) return text.noBoxes;
  const points = (value: number) => `${value > 0 ? '+' : ''}${formatNumber(value * 100, 1)}`;
  const interval = `${points(ci95[0])} … ${points(ci95[1])}`;
  return `${text.gain(points(gain), interval)} ${text.counts(boxes, rightBefore, rightAfter, alarmsGone, truthsLost)}`;
}
