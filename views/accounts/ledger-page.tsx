// The ledger as people see it: how long it is, its signed checkpoint, the latest entries.
import { Page, type Viewer } from '../parts/page.tsx';
import { formatTime } from '../parts/time.ts';
import type { Texts } from '../text/texts.ts';
import { CheckCard, type CheckView } from './ledger-check-card.tsx';

/** What an entry is about, and where that is looked at. */
export type NamedSubject = { readonly name: string; readonly href: string | null };

export type LedgerEntry = {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly subject: string;
  /** Null: it has no name of its own. */
  readonly named: NamedSubject | null;
};

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
  readonly asked: { readonly kind: string; readonly subject: string };
  readonly entries: readonly LedgerEntry[];
  readonly nextHref: string | null;
  readonly check: CheckView['check'];
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
          <CheckCard words={words} check={view.check} />
          <Witnesses {...view} />
          <section class="card stack">
            <h2>{text.checkpoint}</h2>
            <p class="soft small">{text.checkpointNote}</p>
            <pre class="code">{checkpoint}</pre>
            <h3>{text.key}</h3>
            <pre class="code">{publicKey}</pre>
            <pre class="code">{verifierKey}</pre>
            <p class="small soft">{text.elsewhere}</p>
            <p>
              <code>npm run -s cli -- verify</code>
            </p>
          </section>
        </div>
      </div>
    </Page>
  );
}

function Entries({ words, size, asked, entries, nextHref }: LedgerView) {
  const text = words.ledger;
  return (
    <section class="card stack">
      <div class="card-head">
        <h2>{text.latest}</h2>
        <span class="soft small">{text.entries(size)}</span>
      </div>
      <Filter words={words} asked={asked} />
      {entries.length === 0 ? <p class="soft">{text.noneFound}</p> : <EntryTable words={words} entries={entries} />}
      {nextHref === null ? null : (
        <p>
          <a class="btn small" href={nextHref}>
            {text.older}
          </a>
        </p>
      )}
    </section>
  );
}

function Filter({ words, asked }: Pick<LedgerView, 'words' | 'asked'>) {
  const text = words.ledger;
  return (
    <form class="filter-row" method="get" action="/ledger">
      <div class="field">
        <label for="kind">{text.kind}</label>
        <select id="kind" name="kind">
          <option value="">{text.everyKind}</option>
          {Object.entries(text.kinds).map(([kind, said]) => (
            <option value={kind} selected={kind === asked.kind}>
              {said}
            </option>
          ))}
        </select>
      </div>
      {asked.subject === '' ? null : <input type="hidden" name="subject" value={asked.subject} />}
      <button class="btn" type="submit">
        {text.apply}
      </button>
      {asked.kind === '' && asked.subject === '' ? null : <a href="/ledger">{text.all}</a>}
    </form>
  );
}

function EntryTable({ words, entries }: Pick<LedgerView, 'words' | 'entries'>) {
  const text = words.ledger;
  return (
    <table class="cards">
      <caption class="hide">{text.latest}</caption>
      <thead>
        <tr>
          <th scope="col">{text.kind}</th>
          <th scope="col">{text.subject}</th>
          <th scope="col">{text.at}</th>
          <th scope="col" class="right">
            {text.seq}
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr>
            <th scope="row">
              <a href={`/ledger/entries/${entry.seq}`}>{text.kinds[entry.kind] ?? entry.kind}</a>
            </th>
            <td data-l={text.subject}>
              <SubjectName entry={entry} />
            </td>
            <td data-l={text.at}>
              <time datetime={new Date(entry.at).toISOString()}>{formatTime(entry.at, words.lang)}</time>
            </td>
            <td data-l={text.seq} class="right soft">
              {entry.seq}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function SubjectName({ entry: { named, subject } }: { entry: LedgerEntry }) {
  if (named === null) return <code class="small">{subject}</code>;
  return named.href === null ? <span>{named.name}</span> : <a href={named.href}>{named.name}</a>;
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
