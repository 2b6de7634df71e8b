// The ledger as people see it: how long it is, its signed checkpoint, the latest entries.
import { Page, type Viewer } from '../parts/page.tsx';
import { formatTime } from '../parts/time.ts';
import type { Texts } from '../text/texts.ts';

export type LedgerView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly size: number;
  readonly checkpoint: string;
  readonly publicKey: string;
  readonly entries: readonly {
    readonly seq: number;
    readonly at: number;
    readonly kind: string;
    readonly subject: string;
    readonly body: string;
  }[];
};

export function LedgerPage({ words, here, viewer, size, checkpoint, publicKey, entries }: LedgerView) {
  const text = words.ledger;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
      </header>
      <div class="cols">
        <section class="card">
          <div class="card-head">
            <h2>{text.latest}</h2>
            <span class="soft small">{text.entries(size)}</span>
          </div>
          <table class="cards">
            <thead>
              <tr>
                <th scope="col" class="right">
                  {text.seq}
                </th>
                <th scope="col">{text.at}</th>
                <th scope="col">{text.kind}</th>
                <th scope="col">{text.subject}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr>
                  <th scope="row" class="right">
                    <a href={`/api/ledger/entries/${entry.seq}`}>{entry.seq}</a>
                  </th>
                  <td data-l={text.at}>
                    <time datetime={new Date(entry.at).toISOString()}>{formatTime(entry.at, words.lang)}</time>
                  </td>
                  <td data-l={text.kind}>{text.kinds[entry.kind] ?? entry.kind}</td>
                  <td data-l={text.subject}>
                    <code class="small">{entry.subject}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <section class="card stack">
          <h2>{text.checkpoint}</h2>
          <p class="soft small">{text.checkpointNote}</p>
          <pre class="code">{checkpoint}</pre>
          <pre class="code">{publicKey}</pre>
          <p>
            <code>npm run -s cli -- verify</code>
          </p>
        </section>
      </div>
    </Page>
  );
}
