// A kitchen's score: the number, its last ninety days as a line, and what moved it.
import { formatTime } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';

export type ScoreView = {
  readonly score: number;
  readonly grade: keyof Texts['kitchen']['grades'];
  /** What it can be again when everything open is put right. */
  readonly reachable: number;
  readonly days: number;
  /** Oldest first: when, as a fraction of the days, and what it was from then on. */
  readonly line: readonly { readonly at: number; readonly after: number }[];
  readonly events: readonly {
    readonly at: number;
    readonly delta: number;
    readonly reason: keyof Texts['kitchen']['scoreReasons'];
    readonly violation: string | undefined;
  }[];
};

export function ScoreCard({ words, score }: { words: Texts; score: ScoreView }) {
  const { kitchen } = words;
  return (
    <section class="card stack" id="score">
      <div class="card-head">
        <h2>{kitchen.scoreTitle}</h2>
        <a class="small" href="/score-rules">
          {kitchen.scoreRules}
        </a>
        <span class="small faint">{kitchen.lastDays(score.days)}</span>
      </div>
      <div class="score">
        <p class="big">{score.score}</p>
        <p class="soft">{kitchen.scoreText(kitchen.grades[score.grade], score.score, score.reachable)}</p>
      </div>
      <ScoreLine words={words} score={score} />
      {score.events.length === 0 ? (
        <p class="small soft">{kitchen.noScoreEvents}</p>
      ) : (
        <ul class="deltas small">
          {score.events.map((event) => (
            <li>
              <b class={event.delta < 0 ? 'bad' : 'good'}>{event.delta < 0 ? `−${-event.delta}` : `+${event.delta}`}</b>
              <a href="/score-rules">{kitchen.scoreReasons[event.reason](event.violation ?? '')}</a>
              <time class="faint">{formatTime(event.at, words.lang)}</time>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const left = 8;
const right = 318;
const top = 12;
const floor = 72;

function ScoreLine({ words, score }: { words: Texts; score: ScoreView }) {
  const values = score.line.map(({ after }) => after);
  const high = Math.max(100, ...values);
  const low = Math.min(90, ...values);
  const y = (value: number) => round(top + ((high - value) / (high - low)) * (floor - top));
  const x = (share: number) => round(left + share * (right - left));
  const first = score.line[0]?.after ?? score.score;
  const path = `M${left} ${y(first)}${score.line.map(({ at, after }) => `H${x(at)}V${y(after)}`).join('')}H${right}`;
  return (
    <svg class="chart" viewBox="0 0 350 84" role="img" aria-label={words.kitchen.scoreChart(score.days, score.score)}>
      <path class="axis" d={`M${left} ${y(high)}H${right}`} />
      <path class="axis" d={`M${left} ${y(low)}H${right}`} />
      <text x="350" y={y(high) + 4} text-anchor="end">
        {high}
      </text>
      <text x="350" y={y(low) + 4} text-anchor="end">
        {low}
      </text>
      <path class="curve" d={path} />
      <circle class="pt end" cx={right} cy={y(score.score)} r="5" />
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
