// How many visits were closed, and closed in time, by inspector and by district.
import { Page } from '../../parts/page.tsx';
import { formatNumber } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import type { PageView } from '../../trace/parts.tsx';

export type ClosureLine = {
  readonly name: string | null;
  readonly nameEn: string | null;
  readonly due: number;
  readonly closed: number;
  readonly inTime: number;
};

export type ClosureView = PageView & {
  readonly inspectors: readonly ClosureLine[];
  readonly districts: readonly ClosureLine[];
};

export function ClosurePage({ words, here, viewer, inspectors, districts }: ClosureView) {
  const text = words.visit;
  return (
    <Page words={words} title={text.closureTitle} here={here} viewer={viewer} styles={['trace.css']}>
      <header class="stack">
        <h1>{text.closureTitle}</h1>
        <p class="soft">{text.closureLead}</p>
      </header>
      <ClosureTable
        words={words}
        title={text.byDistrict}
        first={text.district}
        none={text.noDistrict}
        lines={districts}
      />
      <ClosureTable
        words={words}
        title={text.byInspector}
        first={text.inspector}
        none={text.nobody}
        lines={inspectors}
      />
    </Page>
  );
}

type TableProps = {
  readonly words: Texts;
  readonly title: string;
  readonly first: string;
  readonly none: string;
  readonly lines: readonly ClosureLine[];
};

function ClosureTable({ words, title, first, none, lines }: TableProps) {
  const text = words.visit;
  return (
    <section class="card stack">
      <h2>{title}</h2>
      <table class="cards">
        <caption class="hide">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            <th scope="col">{text.due}</th>
            <th scope="col">{text.closedCount}</th>
            <th scope="col">{text.inTime}</th>
            <th scope="col">{text.rate}</th>
            <th scope="col">{text.inTimeRate}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, nameEn, due, closed, inTime }) => (
            <tr>
              <th scope="row">{name === null ? none : localName(words.lang, { name, nameEn })}</th>
              <td data-l={text.due}>{due}</td>
              <td data-l={text.closedCount}>{closed}</td>
              <td data-l={text.inTime}>{inTime}</td>
              <td data-l={text.rate}>{percent(closed, due)}</td>
              <td data-l={text.inTimeRate}>{percent(inTime, due)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function percent(part: number, all: number): string {
  return all === 0 ? '–' : `${formatNumber((part / all) * 100, 1)}%`;
}
