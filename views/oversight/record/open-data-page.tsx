// What the open data holds, field by field.
import { Page } from '../../parts/page.tsx';
import type { PageView } from '../../trace/parts.tsx';

export type OpenDataView = PageView & { readonly files: Readonly<Record<string, readonly string[]>> };

export function OpenDataPage({ words, here, viewer, files }: OpenDataView) {
  const text = words.record;
  return (
    <Page words={words} title={text.openTitle} here={here} viewer={viewer} styles={['oversight.css']}>
      <header class="stack">
        <h1>{text.openTitle}</h1>
        <p class="soft">{text.openLead}</p>
        <p>
          <a class="btn main" href="/api/open-data/lives.zip">
            {text.download}
          </a>
        </p>
        <p class="small soft">{text.openApi}</p>
        <p class="small soft">{text.corrected}</p>
      </header>
      {Object.entries(files).map(([file, columns]) => (
        <section class="card stack">
          <h2 class="code">{`${file}.csv`}</h2>
          <table class="cards">
            <caption class="hide">{`${file}.csv`}</caption>
            <thead>
              <tr>
                <th scope="col">{text.column}</th>
                <th scope="col">{text.means}</th>
              </tr>
            </thead>
            <tbody>
              {columns.map((column) => (
                <tr>
                  <th scope="row" class="code">
                    {column}
                  </th>
                  <td data-l={text.means}>{text.fields[column] ?? ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </Page>
  );
}
