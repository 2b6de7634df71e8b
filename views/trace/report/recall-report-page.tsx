// The report of a recall on a page: the same sections as on paper, ready to print.
import { Icon } from '../../parts/icon.tsx';
import { formatMoment } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import { ChainGraph } from '../chain/graph.tsx';
import type { PageView } from '../parts.tsx';
import { TracePage } from '../trace-page.tsx';
import type { RecallReport } from './recall-report.ts';
import { reportSections, reportTitle } from './recall-report-text.ts';
import type { ReportBlock } from './report-block.ts';

export type RecallReportView = PageView & { readonly report: RecallReport; readonly back: string };

export function RecallReportPage({ words, here, viewer, report, back }: RecallReportView) {
  const text = words.trace.report;
  const title = `${text.title} ${report.number}`;
  return (
    <TracePage words={words} title={title} here={here} viewer={viewer} scripts={['scan.js']}>
      <section class={`card rim${report.state === 'open' ? ' is-bad' : ''}`}>
        <div class="row spread top">
          <div class="stack">
            <h1 class="title">{title}</h1>
            <p class="row">
              <span class={report.state === 'open' ? 'badge recalled' : 'badge done'}>
                <Icon name={report.state === 'open' ? 'alert' : 'check'} />
                {reportTitle(words, report)}
              </span>
              <span class="soft small">{text.asOf(formatMoment(report.asOf, words.lang))}</span>
            </p>
          </div>
          <div class="row no-print">
            <a class="btn small" href={back}>
              {words.trace.recall.back}
            </a>
            <button class="btn small" type="button" data-print hidden>
              <Icon name="print" />
              {words.trace.bench.print}
            </button>
            <a class="btn small main" href={`${here.split('?')[0]}.pdf?lang=${words.lang}`}>
              <Icon name="download" />
              {text.download}
            </a>
          </div>
        </div>
      </section>
      {reportSections(words, report).map((section) => (
        <section class="card stack report" id={section.id}>
          <h2>{section.title}</h2>
          {section.blocks.map((block) => (
            <Block words={words} block={block} report={report} section={section.title} />
          ))}
        </section>
      ))}
    </TracePage>
  );
}

type BlockView = {
  readonly words: Texts;
  readonly block: ReportBlock;
  readonly report: RecallReport;
  readonly section: string;
};

function Block({ words, block, report, section }: BlockView) {
  if (block.kind === 'text') return <p class="small soft">{block.text}</p>;
  if (block.kind === 'facts') {
    return (
      <dl class="facts">
        {block.facts.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
    );
  }
  if (block.kind === 'chain') {
    const { title } = words.trace.report;
    return report.chain.holdings.length === 0 ? null : (
      <ChainGraph words={words} chain={report.chain} label={title} query="" />
    );
  }
  return <Table block={block} section={section} />;
}

function Table({ block, section }: { block: Extract<ReportBlock, { kind: 'table' }>; section: string }) {
  const { title, columns, rows, total } = block;
  const cellClass = (index: number) => (columns[index]?.align === 'right' ? 'right nowrap' : 'lines');
  return (
    <>
      {title === null ? null : <h3>{title}</h3>}
      <table class="cards small">
        <caption class="hide">{title ?? section}</caption>
        <thead>
          <tr>
            {columns.map(({ label, align }) => (
              <th scope="col" class={align === 'right' ? 'right' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rows, ...(total === undefined ? [] : [total])].map((cells) => (
            <tr class={cells === total ? 'is-total' : undefined}>
              {cells.map((cell, index) =>
                index === 0 ? (
                  <th scope="row" class="lines">
                    {cell}
                  </th>
                ) : (
                  <td data-l={columns[index]?.label} class={cellClass(index)}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
