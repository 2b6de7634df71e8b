// The district board: kitchens on a plain plane, numbers beside published targets, each with its rows behind it.
import type { Chart } from '../../parts/chart/chart.ts';
import { Charts } from '../../parts/chart/chart-figure.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import type { PageView } from '../../trace/parts.tsx';

type State = 'at_once' | 'by_date' | 'routine';
export type PlaneMark = {
  readonly x: number;
  readonly y: number;
  readonly state: State;
  readonly count: number;
  readonly href: string;
  readonly name: string;
};

export type BoardFigure = {
  readonly label: string;
  readonly value: string;
  /** What is published elsewhere, and by whom. */
  readonly target: string | undefined;
  readonly met: 'yes' | 'no' | 'unknown';
  /** Its rows. */
  readonly href: string | undefined;
};

export type DistrictBoardView = PageView & {
  readonly title: string;
  readonly figures: readonly BoardFigure[];
  readonly marks: readonly PlaneMark[];
  readonly counts: Readonly<Record<State, number>>;
  readonly charts: readonly Chart[];
  /** When shares, plane and charts were worked out; undefined: just now. */
  readonly keptAt: number | undefined;
};

export function DistrictBoardPage(view: DistrictBoardView) {
  const { words, here, viewer, title, figures, marks, counts, charts, keptAt } = view;
  const text = words.districtBoard;
  return (
    <Page words={words} title={title} here={here} viewer={viewer} styles={['oversight.css']}>
      <header class="stack">
        <h1>{title}</h1>
        <p class="soft">
          {keptAt === undefined ? text.lead : text.lead + text.keptAt(formatMoment(keptAt, words.lang))}
        </p>
        <p class="row no-print">
          <a class="btn small" href="/board.csv">
            {words.chart.csv}
          </a>
          <a class="btn small" href="/kitchens/board">
            {text.kitchenBoard}
          </a>
          <a class="btn small" href="/risk">
            {words.risk.title}
          </a>
        </p>
      </header>
      <section class="figures" aria-label={text.numbers}>
        {figures.map((figure) => (
          <Figure words={words} figure={figure} />
        ))}
      </section>
      <section class="card stack">
        <h2>{text.plane}</h2>
        <p class="small soft">{text.planeLead}</p>
        <Plane words={words} marks={marks} />
        <Legend words={words} counts={counts} />
      </section>
      <Charts words={words} charts={charts} />
    </Page>
  );
}

function Figure({ words, figure }: { words: Texts; figure: BoardFigure }) {
  const text = words.districtBoard;
  const { label, value, target, met, href } = figure;
  return (
    <section class="card" aria-label={label}>
      <p class="small">{label}</p>
      <p class="figure-value">{href === undefined ? value : <a href={href}>{value}</a>}</p>
      {target === undefined ? null : (
        <p class="small soft">
          {target} {met === 'unknown' ? '' : met === 'yes' ? text.met : text.notMet}
        </p>
      )}
    </section>
  );
}

const width = 720;
const height = 440;
const edge = 20;

function Plane({ words, marks }: { words: Texts; marks: readonly PlaneMark[] }) {
  const text = words.districtBoard;
  if (marks.length === 0) return <p class="soft">{text.noPlane}</p>;
  return (
    <svg class="plane" viewBox={`0 0 ${width} ${height}`}>
      <title>{text.plane}</title>
      {marks.map((mark) => {
        const tier = words.risk.tiers[mark.state];
        const said = mark.count === 1 ? `${mark.name} · ${tier}` : text.several(mark.count, tier);
        return (
          <a href={mark.href} aria-label={said}>
            <title>{said}</title>
            <Shape mark={mark} />
          </a>
        );
      })}
    </svg>
  );
}

const tones: Readonly<Record<State, string>> = {
  at_once: 'var(--bad)',
  by_date: 'var(--warn)',
  routine: 'var(--good)',
};

/** A triangle, a diamond, a circle: told apart without their colours. */
function Shape({ mark }: { mark: Pick<PlaneMark, 'x' | 'y' | 'state' | 'count'> }) {
  const x = edge + mark.x * (width - 2 * edge);
  const y = edge + mark.y * (height - 2 * edge);
  const r = mark.count === 1 ? 8 : Math.min(18, 8 + Math.log2(mark.count) * 1.6);
  const paths: Readonly<Record<State, string>> = {
    at_once: `M${x} ${y - r}L${x + r} ${y + r * 0.8}H${x - r}Z`,
    by_date: `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`,
    routine: `M${x - r * 0.8} ${y}a${r * 0.8} ${r * 0.8} 0 1 0 ${r * 1.6} 0a${r * 0.8} ${r * 0.8} 0 1 0 ${-r * 1.6} 0`,
  };
  return (
    <>
      <path d={paths[mark.state]} fill={tones[mark.state]} stroke="var(--surface)" stroke-width="1.5" />
      {mark.count === 1 ? null : (
        <text x={x} y={y + r + 10} text-anchor="middle">
          {mark.count}
        </text>
      )}
    </>
  );
}

function Legend({ words, counts }: { words: Texts; counts: Readonly<Record<State, number>> }) {
  return (
    <ul class="plain row">
      {(['at_once', 'by_date', 'routine'] as const).map((state, index) => (
        <li class="row">
          <svg viewBox="0 0 40 40" width="22" height="22" aria-hidden="true">
            <g transform={`translate(${-edge - index * 0} ${-edge})`}>
              <Shape mark={{ x: 20 / (width - 2 * edge), y: 20 / (height - 2 * edge), state, count: 1 }} />
            </g>
          </svg>
          <a href={`/risk?tier=${state}`}>{words.risk.tiers[state]}</a> <b>{counts[state]}</b>
        </li>
      ))}
    </ul>
  );
}
