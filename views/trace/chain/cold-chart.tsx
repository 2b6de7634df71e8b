// The cold-chain curve of a lot with the allowed band, its breaches, and the same numbers as a table.
import { Icon } from '../../parts/icon.tsx';
import { formatMoment, formatNumber, formatTime } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { type Breach, type Cold, type Curve, coldCurve } from './cold-curve.ts';

type ColdView = { readonly words: Texts; readonly cold: Cold };

export function ColdCard({ words, cold, recalled }: ColdView & { readonly recalled: 'recalled' | 'not_recalled' }) {
  const text = words.trace.diner;
  const first = cold.readings[0];
  const last = cold.readings.at(-1);
  if (first === undefined || last === undefined) return null;
  const count = cold.breaches.length;
  return (
    <section class="card stack" id="cold">
      <div class="card-head">
        <h2>{text.cold}</h2>
        <span class="small faint">
          {text.coldSpan(formatMoment(first.at, words.lang), formatMoment(last.at, words.lang))}
        </span>
      </div>
      <ColdChart words={words} cold={cold} />
      {count === 0 ? (
        <p class="small soft row">
          <Icon name={hasRange(cold) ? 'check' : 'info'} tone={hasRange(cold) ? 'good' : 'mute'} />
          {hasRange(cold) ? text.coldOk : text.coldNoRange}
        </p>
      ) : (
        <p class={`note small ${recalled === 'recalled' ? 'is-bad' : 'is-warn'}`}>
          <Icon name="temp" />
          <span>{text.coldBreach(count)}</span>
        </p>
      )}
      <ColdTable words={words} cold={cold} />
    </section>
  );
}

function hasRange(cold: Cold): boolean {
  return cold.minC !== null || cold.maxC !== null;
}

export function ColdChart({ words, cold }: ColdView) {
  const text = words.trace.diner;
  const curve = coldCurve(cold);
  const lowest = Math.min(...cold.readings.map(({ min }) => min));
  const highest = Math.max(...cold.readings.map(({ max }) => max));
  const label = text.coldAlt(formatNumber(lowest, 1), formatNumber(highest, 1), cold.breaches.length);
  return (
    <svg class="chart" viewBox={`0 0 ${curve.width} ${curve.height}`} role="img" aria-label={label}>
      <Band curve={curve} words={words} cold={cold} />
      {curve.levels.map(({ y, celsius }) => (
        <text x={26} y={y + 4} text-anchor="end">
          {formatNumber(celsius, 0)}
        </text>
      ))}
      <text x={26} y={10} text-anchor="end">
        °C
      </text>
      <path class="axis" d={`M${curve.left} ${curve.bottom}H${curve.right}`} />
      {curve.times.map(({ x, at }) => (
        <>
          <path class="axis" d={`M${x} ${curve.bottom}v4`} />
          <text x={x} y={curve.bottom + 18} text-anchor="middle">
            {timeLabel(at, cold, words)}
          </text>
        </>
      ))}
      {curve.breaches.map(({ area }) => (
        <path class="breach-area" d={area} />
      ))}
      <path class="curve" d={curve.line} />
      {curve.breaches.map(({ line }) => (
        <path class="breach" d={line} />
      ))}
      <BreachLabel curve={curve} words={words} cold={cold} />
    </svg>
  );
}

function Band({ curve, words, cold }: ColdView & { curve: Curve }) {
  if (curve.band === undefined) return null;
  const { top, bottom } = curve.band;
  return (
    <>
      <rect class="band" x={curve.left} y={top} width={curve.right - curve.left} height={Math.max(0, bottom - top)} />
      <path
        class="band-edge"
        d={`${cold.maxC === null ? '' : `M${curve.left} ${top}H${curve.right}`}${cold.minC === null ? '' : `M${curve.left} ${bottom}H${curve.right}`}`}
      />
      <text x={curve.left + 6} y={bottom - 6}>
        {rangeText(words, cold)}
      </text>
    </>
  );
}

function rangeText(words: Texts, { minC, maxC }: Cold): string {
  const text = words.trace.diner;
  if (maxC === null) return '';
  return minC === null ? text.allowedBelow(degrees(maxC)) : text.allowed(degrees(minC), degrees(maxC));
}

function degrees(celsius: number): string {
  return formatNumber(celsius, Number.isInteger(celsius) ? 0 : 1);
}

function timeLabel(at: number, cold: Cold, words: Texts): string {
  const span = (cold.readings.at(-1)?.at ?? 0) - (cold.readings[0]?.at ?? 0);
  const time = formatTime(at, words.lang);
  if (span <= 36 * 3_600_000) return time.slice(-5);
  return words.lang === 'en' ? (time.split(',')[0] ?? time) : time.slice(0, 5);
}

function BreachLabel({ curve, words, cold }: ColdView & { curve: Curve }) {
  const worst = worstOf(cold);
  if (worst === undefined || curve.worst === undefined) return null;
  const text = words.trace.diner;
  const minutes = Math.max(1, Math.round((worst.untilAt - worst.fromAt) / 60_000));
  const tooWarm = cold.maxC !== null && worst.worstC > cold.maxC;
  const said = tooWarm
    ? text.breachLabel(minutes, formatNumber(worst.worstC, 1))
    : text.breachLabelCold(minutes, formatNumber(worst.worstC, 1));
  // Above the curve, as near to its peak as the width allows.
  const half = textWidth(said) / 2;
  const x = Math.min(curve.right - half, Math.max(curve.left + 6 + half, curve.worst.x));
  return (
    <text class="breach-text" x={Math.round(x)} y={11} text-anchor="middle">
      {said}
    </text>
  );
}

/** At 12 px: a Han character as wide as high, others just over half. */
function textWidth(text: string): number {
  return [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x2e7f ? 12 : 6.8), 0);
}

function worstOf(cold: Cold): Breach | undefined {
  const beyond = ({ worstC }: Breach) =>
    Math.max(worstC - (cold.maxC ?? Number.POSITIVE_INFINITY), (cold.minC ?? Number.NEGATIVE_INFINITY) - worstC);
  return [...cold.breaches].sort((a, b) => beyond(b) - beyond(a))[0];
}

const mostRows = 24;

function ColdTable({ words, cold }: ColdView) {
  const text = words.trace.diner;
  return (
    <details class="more small">
      <summary>{text.asTable}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.readingTime}</th>
            <th scope="col" class="right">
              {text.readingMin}
            </th>
            <th scope="col" class="right">
              {text.readingMax}
            </th>
            <th scope="col">{text.readingOk}</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(cold).map((row) => (
            <tr>
              <td>
                <time datetime={new Date(row.from).toISOString()}>{formatTime(row.from, words.lang)}</time>–
                <time datetime={new Date(row.until).toISOString()}>{formatTime(row.until, words.lang).slice(-5)}</time>
              </td>
              <td class="right">{formatNumber(row.min, 1)}&nbsp;°C</td>
              <td class="right">{formatNumber(row.max, 1)}&nbsp;°C</td>
              <td>{row.ok ? words.common.yes : <b class="bad">{words.common.no}</b>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

type ColdRow = {
  readonly from: number;
  readonly until: number;
  readonly min: number;
  readonly max: number;
  readonly ok: boolean;
};

/** Stretches within and outside the range in turn, the long ones cut so that the table stays short. */
function rowsOf(cold: Cold): ColdRow[] {
  const beyond = ({ min, max }: { min: number; max: number }) =>
    (cold.maxC !== null && max > cold.maxC) || (cold.minC !== null && min < cold.minC);
  const rows: ColdRow[] = [];
  const longest = Math.ceil(cold.readings.length / mostRows);
  let held = 0;
  for (const reading of cold.readings) {
    const ok = !beyond(reading);
    const last = rows.at(-1);
    if (last === undefined || last.ok !== ok || (ok && held >= longest * 6)) {
      rows.push({ from: reading.at, until: reading.at, min: reading.min, max: reading.max, ok });
      held = 1;
    } else {
      rows[rows.length - 1] = {
        ...last,
        until: reading.at,
        min: Math.min(last.min, reading.min),
        max: Math.max(last.max, reading.max),
      };
      held += 1;
    }
  }
  return rows.slice(0, mostRows * 2);
}
