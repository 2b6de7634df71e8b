// The rows behind a number of the district board.
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import { localName } from '../../text/texts.ts';
import { EmptyState, type PageView } from '../../trace/parts.tsx';

export type BoardRowsView = PageView & {
  readonly title: string;
  readonly rows: readonly {
    readonly name: string | null;
    readonly nameEn: string | null;
    readonly site: string | null;
    readonly href: string;
    readonly at: number;
  }[];
  readonly cut: 'cut' | 'whole';
};

export function BoardRowsPage({ words, here, viewer, title, rows, cut }: BoardRowsView) {
  const text = words.districtBoard;
  return (
    <Page words={words} title={title} here={here} viewer={viewer} styles={['oversight.css']}>
      <header class="stack">
        <p class="small">
          <a href="/board">{text.title}</a>
        </p>
        <h1>{title}</h1>
      </header>
      <section class="card stack">
        {rows.length === 0 ? <EmptyState title={text.noRows} lead={text.noRowsLead} /> : null}
        {cut === 'cut' ? <p class="small soft">{words.common.cutShort}</p> : null}
        <ul class="plain stack">
          {rows.map(({ name, nameEn, site, href, at }) => (
            <li class="row">
              <a href={href}>
                {name === null ? (site ?? words.common.unknown) : localName(words.lang, { name, nameEn })}
              </a>
              <span class="small soft">{formatMoment(at, words.lang)}</span>
            </li>
          ))}
        </ul>
      </section>
    </Page>
  );
}
