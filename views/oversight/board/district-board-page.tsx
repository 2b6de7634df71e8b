// The district board: kitchens on a plain plane, numbers beside published targets, each with its rows behind it.
import type { Chart } from '../../parts/chart/chart.ts';
import { Charts } from '../../parts/chart/chart-figure.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import type { PageView } from '../../trace/parts.tsx';
import { Legend, Plane, type PlaneMark, type State, type Tiles } from './plane.tsx';

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
  readonly tiles: Tiles | undefined;
  readonly charts: readonly Chart[];
  /** When shares, plane and charts were worked out; undefined: just now. */
  readonly keptAt: number | undefined;
};

export function DistrictBoardPage(view: DistrictBoardView) {
  const { words, here, viewer, title, figures, marks, counts, tiles, charts, keptAt } = view;
  const text = words.districtBoard;
  return (
    <Page
      words={words}
      title={title}
      here={here}
      viewer={viewer}
      scripts={tiles === undefined ? [] : ['vendor/leaflet.js', 'map.js']}
      styles={tiles === undefined ? ['oversight.css'] : ['vendor/leaflet.css', 'oversight.css']}
    >
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
        <Plane words={words} marks={marks} tiles={tiles} />
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
