// The ledger as people see it: how long it is, its signed checkpoint, the latest entries.
import { ListBar, type Listed, ListPages, momentCell } from '../parts/listing.tsx';
import { Page, type Viewer } from '../parts/page.tsx';
import { type Column, SortHead } from '../parts/sorting.tsx';
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
  readonly asked: { readonly kind: string; readonly subject: string; readonly from: string; readonly until: string };
  readonly entries: Listed<LedgerEntry>;
  readonly cut: 'cut' | 'whole';
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

function Entries({ words, here, size, asked, entries, cut }: LedgerView) {
  const text = words.ledger;
  return (
    <section class="card stack">
      <div class="card-head">
        <h2>{text.latest}</h2>
        <span class="soft small">{text.entries(size)}</span>
      </div>
      <Filter words={words} here={here} asked={asked} />
      {entries.rows.length === 0 ? (
        <p class="soft">{text.noneFound}</p>
      ) : (
        <EntryTable words={words} here={here} entries={entries.rows} />
      )}
      <ListPages words={words} here={here} list={entries} cut={cut} />
    </section>
  );
}

function Filter({ words, here, asked }: Pick<LedgerView, 'words' | 'here' | 'asked'>) {
  const text = words.ledger;
  const { kind, subject, from, until } = asked;
  return (
    <>
      <ListBar words={words} here={here} fields={['kind', 'from', 'until']} file="/ledger.csv">
        <div class="field">
          <label for="kind">{text.kind}</label>
          <select id="kind" name="kind">
            <option value="">{text.everyKind}</option>
            {Object.entries(text.kinds).map(([each, said]) => (
              <option value={each} selected={each === kind}>
                {said}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="from">{text.from}</label>
          <input id="from" name="from" type="date" value={from} />
        </div>
        <div class="field">
          <label for="until">{text.until}</label>
          <input id="until" name="until" type="date" value={until} />
        </div>
      </ListBar>
      {subject === '' ? null : (
        <p class="small">
          <a href="/ledger">{text.all}</a>
        </p>
      )}
    </>
  );
}

export function ledgerColumns({ ledger: text }: Texts): readonly Column<LedgerEntry>[] {
  return [
    {
      key: 'kind',
      label: text.kind,
      file: ({ kind }) => text.kinds[kind] ?? kind,
      find: ({ kind }) => kind,
    },
    {
      key: 'subject',
      label: text.subject,
      file: ({ named, subject }) => named?.name ?? subject,
      find: ({ subject }) => subject,
    },
    { key: 'about', label: text.subjectCode, file: ({ subject }) => subject, only: 'file' },
    { key: 'at', label: text.at, of: ({ seq }) => seq, file: ({ at }) => momentCell(at) },
    { key: 'seq', label: text.seq, of: ({ seq }) => seq, side: 'right' },
  ];
}

type TableProps = Pick<LedgerView, 'words' | 'here'> & { readonly entries: readonly LedgerEntry[] };

function EntryTable({ words, here, entries }: TableProps) {
  const text = words.ledger;
  return (
    <table class="cards">
      <caption class="hide">{text.latest}</caption>
      <SortHead words={words} here={here} columns={ledgerColumns(words)} />
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
