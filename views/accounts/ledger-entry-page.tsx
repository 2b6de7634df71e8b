// One entry of the ledger for people: what it says, about what, and that its proof holds.
import { Icon } from '../parts/icon.tsx';
import { Page, type Viewer } from '../parts/page.tsx';
import { formatMoment } from '../parts/time.ts';
import type { Texts } from '../text/texts.ts';
import { type LedgerEntry, SubjectName } from './ledger-page.tsx';

export type LedgerEntryView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  /** `body`: canonical JSON. */
  readonly entry: LedgerEntry & { readonly body: string };
  /** Entries of the tree the proof is for. */
  readonly size: number;
  readonly proof: 'holds' | 'fails';
};

export function LedgerEntryPage({ words, here, viewer, entry, size, proof }: LedgerEntryView) {
  const text = words.ledger;
  const title = text.entry(entry.seq);
  return (
    <Page words={words} title={title} here={here} viewer={viewer} mainClass="narrow">
      <p class="small">
        <a href="/ledger">{text.title}</a>
      </p>
      <section class="card rim stack">
        <h1 class="title">{text.kinds[entry.kind] ?? entry.kind}</h1>
        <dl class="facts">
          <dt>{text.subject}</dt>
          <dd>
            <SubjectName entry={entry} />
          </dd>
          <dt>{text.at}</dt>
          <dd>{formatMoment(entry.at, words.lang)}</dd>
          <dt>{text.seq}</dt>
          <dd>{entry.seq}</dd>
        </dl>
        <p class={`note ${proof === 'holds' ? 'is-good' : 'is-bad'}`} role={proof === 'holds' ? 'status' : 'alert'}>
          <Icon name={proof === 'holds' ? 'check' : 'alert'} />
          <span>{proof === 'holds' ? text.proofHolds(size) : text.proofFails}</span>
        </p>
        <p>
          <a
            href={`/ledger?${new URLSearchParams({ kind: entry.kind === 'rows' ? 'rows' : '', subject: entry.subject })}`}
          >
            {text.sameSubject}
          </a>
        </p>
      </section>
      <section class="card stack">
        <h2>{text.asWritten}</h2>
        <pre class="code" lang="en">
          {JSON.stringify(JSON.parse(entry.body), null, 2)}
        </pre>
        <p class="small">
          <a href={`/api/ledger/entries/${entry.seq}`}>{text.withProof}</a>
        </p>
      </section>
    </Page>
  );
}
