// Flags and misses a day over the threshold, as a curve and as a table that says the same.
import { formatNumber } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { type Point, type ThresholdCurve, thresholdCurve } from './threshold-curve.ts';

type ChartView = {
  readonly words: Texts;
  readonly points: readonly Point[];
  readonly now: number;
  /** The same as `now` when it stays. */
  readonly proposed: number;
};

export function ThresholdChart({ words, points, now, proposed }: ChartView) {
  const text = words.learning.threshold;
  const curve = thresholdCurve(points);
  const at = (threshold: number) =>
    points.reduce((near, point) => (distance(point, threshold) < distance(near, threshold) ? point : near));
  if (points.length === 0) return null;
  const [here, there] = [at(now), at(proposed)];
  const label = text.chartAlt(score(now), perDay(here.flagsPerDay), score(proposed), perDay(there.flagsPerDay));
  return (
    <svg class="chart threshold-chart" viewBox={`0 0 ${curve.width} ${curve.height}`} role="img" aria-label={label}>
      <Grid curve={curve} text={text} />
      <path class="breach-area" d={curve.missedArea} />
      <path class="breach" d={curve.missed} />
      <path class="curve" d={curve.flags} />
      <Mark curve={curve} at={now} label={text.markNow(score(now))} kind="ref" />
      {proposed === now ? null : (
        <Mark curve={curve} at={proposed} label={text.markProposed(score(proposed))} kind="tick" />
      )}
      <circle class="pt end" cx={curve.xOf(there.threshold)} cy={curve.yOf(there.flagsPerDay)} r="4" />
    </svg>
  );
}

function Grid({ curve, text }: { curve: ThresholdCurve; text: Texts['learning']['threshold'] }) {
  return (
    <>
      {curve.levels.map(({ y, value }) => (
        <>
          <path class="axis" d={`M${curve.left} ${y}H${curve.right}`} />
          <text x={curve.left - 6} y={y + 4} text-anchor="end">
            {value < 1 && value > 0 ? formatNumber(value, 1) : formatNumber(value, 0)}
          </text>
        </>
      ))}
      {curve.marks.map(({ x, value }) => (
        <>
          <path class="axis" d={`M${x} ${curve.bottom}v4`} />
          <text x={x} y={curve.bottom + 17} text-anchor="middle">
            {formatNumber(value, 2)}
          </text>
        </>
      ))}
      <text x={curve.right} y={curve.height - 4} text-anchor="end">
        {text.axisThreshold}
      </text>
    </>
  );
}

type MarkView = {
  readonly curve: ThresholdCurve;
  readonly at: number;
  readonly label: string;
  readonly kind: 'ref' | 'tick';
};

/** The label stands on the side where there is room; the proposed one above, the present one below it. */
function Mark({ curve, at, label, kind }: MarkView) {
  const x = curve.xOf(at);
  const rightHalf = x > (curve.left + curve.right) / 2;
  const y = kind === 'tick' ? 12 : 27;
  return (
    <>
      <path class={kind} d={`M${x} ${y + 3}V${curve.bottom}`} />
      <text
        class={kind === 'tick' ? 'strong' : undefined}
        x={rightHalf ? x + 2 : x - 2}
        y={y}
        text-anchor={rightHalf ? 'end' : 'start'}
      >
        {label}
      </text>
    </>
  );
}

const mostRows = 15;

/** The same numbers; every so many steps, and always the two that matter. */
export function ThresholdTable({ words, points, now, proposed }: ChartView) {
  const text = words.learning.threshold;
  const every = Math.max(1, Math.ceil(points.length / mostRows));
  const rows = points.filter(
    (point, index) => index % every === 0 || point.threshold === now || point.threshold === proposed,
  );
  return (
    <details class="more small">
      <summary>{text.asTable}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.threshold}</th>
            <th scope="col" class="right">
              {text.flagsPerDay}
            </th>
            <th scope="col" class="right">
              {text.ofThemReal}
            </th>
            <th scope="col" class="right">
              {text.missedPerDay}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((point) => (
            <tr>
              <th scope="row">
                {score(point.threshold)}{' '}
                <span class="small faint">
                  {point.threshold === now ? text.isNow : point.threshold === proposed ? text.isProposed : ''}
                </span>
              </th>
              <td class="right">{perDay(point.flagsPerDay)}</td>
              <td class="right">{perDay(point.realPerDay)}</td>
              <td class="right">
                {perDay(point.missedPerDay)}{' '}
                <span class="faint">
                  [{perDay(point.missedLow)}–{perDay(point.missedHigh)}]
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function distance(point: Point, threshold: number): number {
  return Math.abs(point.threshold - threshold);
}

export function score(value: number): string {
  return formatNumber(value, 2);
}

export function perDay(value: number): string {
  return formatNumber(value, value < 10 ? 1 : 0);
}
