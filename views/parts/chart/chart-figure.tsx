// A chart as it stands on a page: its name, the drawing, what its lines mean, and its numbers as a table.
import type { Texts } from '../../text/texts.ts';
import { Bars } from './bars.tsx';
import type { Chart, LineChart } from './chart.ts';
import { tableOf } from './chart-table.ts';
import { Line } from './line.tsx';
import { Strip, StripKey } from './strip.tsx';
import { valueText } from './unit.ts';

/** Charts beside one another where there is room. */
export function Charts({ words, charts }: { words: Texts; charts: readonly Chart[] }) {
  return (
    <div class="charts">
      {charts.map((chart) => (
        <ChartFigure words={words} chart={chart} />
      ))}
    </div>
  );
}

export function ChartFigure({ words, chart }: { words: Texts; chart: Chart }) {
  return (
    <figure class="card stack chart-figure" id={chart.id}>
      <figcaption class="stack">
        <h2>{chart.title}</h2>
        {chart.note === undefined ? null : <p class="small soft">{chart.note}</p>}
      </figcaption>
      {isEmpty(chart) ? (
        <p class="soft">{words.chart.nothing}</p>
      ) : (
        <>
          <Drawing words={words} chart={chart} />
          <Key words={words} chart={chart} />
          <Twin words={words} chart={chart} />
        </>
      )}
    </figure>
  );
}

function isEmpty(chart: Chart): boolean {
  if (chart.kind === 'strip') return chart.rows.length === 0 || chart.labels.length === 0;
  const points = chart.kind === 'bars' ? chart.points : chart.series.flatMap((series) => series.points);
  return points.every(({ value }) => value === undefined);
}

function Drawing({ words, chart }: { words: Texts; chart: Chart }) {
  const said = saidOf(words, chart);
  if (chart.kind === 'bars') return <Bars words={words} chart={chart} said={said} />;
  if (chart.kind === 'line') return <Line words={words} chart={chart} said={said} />;
  return <Strip chart={chart} said={said} />;
}

/** In a sentence what the drawing shows: the ends of a line, each bar, each row's sum; the rest is in the table. */
function saidOf(words: Texts, chart: Chart): string {
  const { pair, list, titled, fromTo } = words.chart;
  if (chart.kind === 'strip') return titled(chart.title, list(chart.rows.map(({ name, sum }) => pair(name, sum))));
  const text = (value: number | undefined) => valueText(words, chart.unit, value);
  if (chart.kind === 'bars')
    return titled(chart.title, list(chart.points.map(({ label, value }) => pair(label, text(value)))));
  const ends = chart.series.map(({ name, points }) => {
    const known = points.filter(({ value }) => value !== undefined);
    return pair(name, fromTo(text(known[0]?.value), text(known.at(-1)?.value)));
  });
  return titled(chart.title, list(ends));
}

function Key({ words, chart }: { words: Texts; chart: Chart }) {
  if (chart.kind === 'strip') return <StripKey chart={chart} />;
  const { reference } = chart;
  const lines = chart.kind === 'line' && chart.series.length > 1 ? chart.series : [];
  if (lines.length === 0 && reference === undefined) return null;
  return (
    <ul class="key">
      {lines.map(({ name }, index) => (
        <LineKey name={name} index={index} />
      ))}
      {reference === undefined ? null : (
        <li>
          <svg class="chart line-key" viewBox="0 0 28 14" aria-hidden="true">
            <path class="ref" d="M1 7H27" />
          </svg>
          {words.chart.pair(reference.label, valueText(words, chart.unit, reference.value))}
        </li>
      )}
    </ul>
  );
}

function LineKey({ name, index }: { name: LineChart['series'][number]['name']; index: number }) {
  return (
    <li>
      <svg class="chart line-key" viewBox="0 0 28 14" aria-hidden="true">
        <g class={`series-${index % 4}`}>
          <path class="curve" d="M1 7H27" />
        </g>
      </svg>
      {name}
    </li>
  );
}

function Twin({ words, chart }: { words: Texts; chart: Chart }) {
  const { heads, rows } = tableOf(words, chart);
  return (
    <details class="more">
      <summary>{words.chart.asTable}</summary>
      <section class="scroll" tabindex={0} aria-label={chart.title}>
        <table>
          <thead>
            <tr>
              {heads.map((head, index) => (
                <th scope="col" class={index === 0 ? undefined : 'right'}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([first, ...rest]) => (
              <tr>
                <th scope="row">{first}</th>
                {rest.map((cell) => (
                  <td class="right">{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
