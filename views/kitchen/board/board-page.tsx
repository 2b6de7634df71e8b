// A board: its charts, and the same numbers as one CSV.
import type { Chart } from '../../parts/chart/chart.ts';
import { Charts } from '../../parts/chart/chart-figure.tsx';
import { Page, type Viewer } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';

export type BoardView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly title: string;
  readonly lead: string;
  readonly csvHref: string;
  /** Further pages that belong to it. */
  readonly links: readonly { readonly href: string; readonly label: string }[];
  readonly charts: readonly Chart[];
};

export function BoardPage({ words, here, viewer, title, lead, csvHref, links, charts }: BoardView) {
  return (
    <Page words={words} title={title} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{title}</h1>
        <p class="soft">{lead}</p>
        <p class="row">
          <a class="btn small" href={csvHref}>
            {words.chart.csv}
          </a>
          {links.map(({ href, label }) => (
            <a class="btn small" href={href}>
              {label}
            </a>
          ))}
        </p>
      </header>
      <Charts words={words} charts={charts} />
    </Page>
  );
}
