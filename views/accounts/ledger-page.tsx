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
  /** As witnesses take it. */
  readonly verifierKey: string;
  readonly witnesses: readonly LedgerWitness[];
  readonly entries: readonly {
    readonly seq: number;
    readonly at: number;
    readonly kind: string;
    readonly subject: string;
    readonly body: string;
  }[];
};

export type LedgerWitness = {
  readonly name: string;
  readonly url: string;
  readonly state: 'signed' | 'silent' | 'refused' | 'unasked';
  /** Entries it has signed for; null: none. */
  readonly size: number | null;
  readonly signedAt: number | null;
  readonly detail: string | null;
};

export function LedgerPage(view: LedgerView) {
  const { words, here, viewer, checkpoint, publicKey, verifierKey } = view;
  const text = words.ledger;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
      </header>
      <div class="cols">
        <Entries {...view} />
        <div class="stack">
          <Witnesses {...view} />
          <section class="card stack">
            <h2>{text.checkpoint}</h2>
            <p class="soft small">{text.checkpointNote}</p>
            <pre class="code">{checkpoint}</pre>
            <h3>{text.key}</h3>
            <pre class="code">{publicKey}</pre>
            <pre class="code">{verifierKey}</pre>
            <p>
              <code>npm run -s cli -- verify</code>
            </p>
          </section>
        </div>
      </div>
    </Page>
  );
}

function Entries({ words, size, entries }: LedgerView) {
  const text = words.ledger;
  return (
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
  );
}

const badges = { signed: 'online', silent: 'silent', refused: 'refused', unasked: 'offline' } as const;

function Witnesses({ words, witnesses }: LedgerView) {
  const text = words.ledger;
  return (
    <section class="card stack">
      <h2>{text.witnesses}</h2>
      <p class="soft small">{witnesses.length === 0 ? text.noWitness : text.witnessesNote}</p>
      {witnesses.map((witness) => (
        <div class="stack">
          <p>
            <strong>{witness.name}</strong>{' '}
            <span class={`badge ${badges[witness.state]}`}>{text.witnessStates[witness.state]}</span>
          </p>
          <p class="small">
            {witness.size === null || witness.signedAt === null
              ? text.witnessedNothing
              : text.witnessedUpTo(witness.size, formatTime(witness.signedAt, words.lang))}
          </p>
          {witness.state === 'refused' && <p class="warn">{text.witnessRefused}</p>}
          {witness.detail !== null && <p class="soft small">{witness.detail}</p>}
        </div>
      ))}
    </section>
  );
}
