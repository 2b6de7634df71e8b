// A supplier's board: its charts with their tables, the same as CSV, and ways to the rows behind them.
import type { Chart } from '../../parts/chart/chart.ts';
import { Charts } from '../../parts/chart/chart-figure.tsx';
import { Page } from '../../parts/page.tsx';
import type { PageView } from '../../trace/parts.tsx';

export function SalesBoardPage({ words, here, viewer, charts }: PageView & { readonly charts: readonly Chart[] }) {
  const text = words.purchase;
  return (
    <Page words={words} title={text.board} here={here} viewer={viewer} styles={['oversight.css']}>
      <header class="stack">
        <h1>{text.board}</h1>
        <p class="soft">{text.boardLead}</p>
        <p class="row no-print">
          <a class="btn small" href="/my/sales/board.csv">
            {words.chart.csv}
          </a>
          <a class="btn small" href="/my/sales">
            {text.salesTitle}
          </a>
          <a class="btn small" href="/my/findings">
            {words.common.nav.findings}
          </a>
        </p>
      </header>
      <Charts words={words} charts={charts} />
    </Page>
  );
}
