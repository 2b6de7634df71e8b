// Precision over recall, drawn on the server: a line for each set, and a filled point where its threshold stands now.
import { formatNumber } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';

export type CurvePointView = { readonly threshold: number; readonly precision: number; readonly recall: number };
export type TwoCurves = { readonly old: readonly CurvePointView[]; readonly new: readonly CurvePointView[] };
type Thresholds = { readonly old: number | null; readonly new: number | null };

const [width, height] = [440, 300];
const [left, right, top, bottom] = [40, 14, 12, 40];
const ticks = [0, 0.25, 0.5, 0.75, 1];

const x = (recall: number) => round(left + recall * (width - left - right));
const y = (precision: number) => round(top + (1 - precision) * (height - top - bottom));

export type CurveProps = {
  readonly words: Texts;
  readonly name: string;
  readonly curves: TwoCurves;
  readonly thresholds: Thresholds;
};

export function CurveChart({ words, name, curves, thresholds }: CurveProps) {
  const text = words.packs;
  if (curves.old.length === 0 && curves.new.length === 0) return <p class="soft small">{text.curveNone}</p>;
  return (
    <figure class="stack">
      <figcaption class="row spread">
        <b>{name}</b>
        <CurveKey words={words} />
      </figcaption>
      <svg class="chart pr" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={text.curveLabel(name)}>
        <Axes words={words} />
        <Curve points={curves.old} side="old" now={thresholds.old} mark={text.oldMark} />
        <Curve points={curves.new} side="new" now={thresholds.new} mark={text.newMark} />
      </svg>
      <details class="more">
        <summary class="small">{text.asTable}</summary>
        <CurveTable words={words} curves={curves} />
      </details>
    </figure>
  );
}

function CurveKey({ words }: { words: Texts }) {
  return (
    <ul class="key">
      {(['old', 'new'] as const).map((side) => (
        <li>
          <svg class={`pr ${side}-key`} viewBox="0 0 28 14" aria-hidden="true">
            <path class={`curve ${side}`} d="M1 7H27" />
          </svg>
          {words.packs[side]}
        </li>
      ))}
    </ul>
  );
}

function Axes({ words }: { words: Texts }) {
  const text = words.packs;
  return (
    <>
      {ticks.map((tick) => (
        <>
          <line class="axis" x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} />
          <text x={left - 6} y={y(tick) + 4} text-anchor="end">
            {tick * 100}
          </text>
          <text x={x(tick)} y={height - bottom + 16} text-anchor="middle">
            {tick * 100}
          </text>
        </>
      ))}
      <text x={x(0.5)} y={height - 6} text-anchor="middle">
        {text.recall} %
      </text>
      <text x={12} y={y(0.5)} text-anchor="middle" transform={`rotate(-90 12 ${y(0.5)})`}>
        {text.precision} %
      </text>
    </>
  );
}

type Side = 'old' | 'new';

function Curve({ points, side, now, mark }: { points: TwoCurves[Side]; side: Side; now: number | null; mark: string }) {
  if (points.length === 0) return null;
  const path = points
    .map((point, index) => `${index === 0 ? 'M' : 'L'}${x(point.recall)} ${y(point.precision)}`)
    .join('');
  const here = now === null ? undefined : points.findLast(({ threshold }) => threshold >= now);
  // One label beside its point and one below, so that two close points stay readable.
  const beside = side === 'new';
  const leftwards = beside && (here?.recall ?? 0) > 0.8;
  return (
    <g>
      <path class={`curve ${side}`} d={path} />
      {points.length > 24
        ? null
        : points.map((point) => <circle class={`dot-${side}`} cx={x(point.recall)} cy={y(point.precision)} r="2.5" />)}
      {here === undefined ? null : (
        <>
          <circle class={`now-${side}`} cx={x(here.recall)} cy={y(here.precision)} r="6" />
          <text
            class="strong"
            x={x(here.recall) + (beside ? (leftwards ? -11 : 11) : 0)}
            y={y(here.precision) + (beside ? 4 : 22)}
            text-anchor={beside ? (leftwards ? 'end' : 'start') : 'middle'}
          >
            {mark} {now}
          </text>
        </>
      )}
    </g>
  );
}

const mostRows = 30;

function CurveTable({ words, curves }: { words: Texts; curves: TwoCurves }) {
  const text = words.packs;
  return (
    <div class="scroll">
      <table class="num-table">
        <thead>
          <tr>
            <td />
            <th scope="col" class="right">
              {text.threshold}
            </th>
            <th scope="col" class="right">
              {text.precision}
            </th>
            <th scope="col" class="right">
              {text.recall}
            </th>
          </tr>
        </thead>
        <tbody>
          {(['old', 'new'] as const).flatMap((side) =>
            spread(curves[side]).map((point) => (
              <tr>
                <th scope="row">{text[side]}</th>
                <td class="right">{formatNumber(point.threshold, 2)}</td>
                <td class="right">{formatNumber(point.precision * 100, 0)}%</td>
                <td class="right">{formatNumber(point.recall * 100, 0)}%</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}

/** At most thirty rows of a side, evenly over the curve. */
function spread(points: readonly CurvePointView[]): CurvePointView[] {
  const step = Math.max(1, Math.ceil(points.length / mostRows));
  return points.filter((_, index) => index % step === 0 || index === points.length - 1);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
