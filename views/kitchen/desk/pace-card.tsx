// Seconds per decision beside the published nine: the card under the desk, and its small chart.
import type { Texts } from '../../text/texts.ts';
import { secondsText } from '../clock.ts';

export type Pace = {
  readonly medianMs: number | undefined;
  /** The last decisions, milliseconds each, idle ones left out. */
  readonly lastMs: readonly number[];
  readonly today: number;
  readonly kappa: number | undefined;
  readonly publishedSeconds: number;
};

export function PaceCard({ words, pace, waiting }: { words: Texts; pace: Pace; waiting: number }) {
  const { kitchen } = words;
  return (
    <section class="stack" id="pace">
      <div class="row spread">
        <h2 class="small soft">{kitchen.paceTitle}</h2>
        <span class="small faint">{kitchen.published(pace.publishedSeconds)}</span>
      </div>
      <div class="row spread">
        <p class="big">
          {pace.medianMs === undefined ? '—' : secondsText(pace.medianMs)} <small>{kitchen.medianSeconds}</small>
        </p>
        <dl class="row small">
          <Figure label={kitchen.waiting} value={String(waiting)} />
          <Figure label={kitchen.doneToday} value={String(pace.today)} />
          <Figure label={kitchen.agreement} value={pace.kappa === undefined ? '—' : pace.kappa.toFixed(2)} />
        </dl>
      </div>
      <PaceChart words={words} pace={pace} />
    </section>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt class="faint">{label}</dt>
      <dd>
        <b>{value}</b>
      </dd>
    </div>
  );
}

const left = 8;
const right = 352;
const floor = 44;
const longestSeconds = 10;
// Points that fall together are spread over a few rows.
const rows = [38, 27, 16, 32.5, 21.5] as const;

function PaceChart({ words, pace }: { words: Texts; pace: Pace }) {
  const { medianMs, lastMs, publishedSeconds } = pace;
  const at = (seconds: number) => round(left + (Math.min(seconds, longestSeconds) / longestSeconds) * (right - left));
  const said = words.kitchen.paceChart(
    lastMs.length,
    medianMs === undefined ? undefined : secondsText(medianMs),
    publishedSeconds,
  );
  return (
    <svg class="chart" viewBox="0 0 360 66" role="img" aria-label={said}>
      <path class="axis" d={`M${left} ${floor}H${right}`} />
      {[0, 2, 4, 6, 8, 10].map((second) => (
        <>
          <path class="axis" d={`M${at(second)} ${floor}v4`} />
          <text x={at(second)} y="62" text-anchor="middle">
            {second}
          </text>
        </>
      ))}
      {lastMs.map((ms, index) => (
        <circle class="pt" cx={at(ms / 1000)} cy={rows[index % rows.length]} r="2.6" />
      ))}
      {medianMs === undefined ? null : <path class="tick" d={`M${at(medianMs / 1000)} 8v36`} />}
      <path class="ref" d={`M${at(publishedSeconds)} 14v30`} />
      <text class="strong" x={at(publishedSeconds)} y="9" text-anchor="middle">
        {words.kitchen.secondsShort(publishedSeconds)}
      </text>
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
