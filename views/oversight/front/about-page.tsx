// What this is, for whom, what it promises, and which test holds each promise.
import { Page } from '../../parts/page.tsx';
import type { PageView } from '../../trace/parts.tsx';

export type PromiseLine = { readonly id: string; readonly files: readonly string[] };

type AboutView = PageView & {
  readonly promises: readonly PromiseLine[];
  /** Where the server is reached from outside. */
  readonly origin: string;
};

export function AboutPage({ words, here, viewer, promises, origin }: AboutView) {
  const text = words.front;
  return (
    <Page
      words={words}
      title={text.aboutTitle}
      here={here}
      viewer={viewer}
      preview={{ description: text.aboutLead, origin }}
    >
      <header class="stack">
        <h1>{text.aboutTitle}</h1>
        <p class="soft">{text.aboutLead}</p>
      </header>
      <section class="card stack">
        <h2>{text.ruleTitle}</h2>
        <ul class="advice">
          {text.rules.map((rule) => (
            <li>{rule}</li>
          ))}
        </ul>
      </section>
      <section class="card stack">
        <h2>{text.promiseTitle}</h2>
        <p class="soft small">{text.promiseLead}</p>
        <table class="cards">
          <caption class="hide">{text.promiseTitle}</caption>
          <thead>
            <tr>
              <th scope="col">{text.promise}</th>
              <th scope="col">{text.heldBy}</th>
            </tr>
          </thead>
          <tbody>
            {promises.map(({ id, files }) => (
              <tr id={id}>
                <th scope="row">{text.promises[id] ?? id}</th>
                <td data-l={text.heldBy}>
                  {[...new Set(files)].map((file) => (
                    <div>
                      <code class="small">{file}</code>
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Page>
  );
}
