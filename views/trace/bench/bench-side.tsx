// What stands beside the drawn chain: findings of the books, and the way to comparing it with other lots.
import { Icon } from '../../parts/icon.tsx';
import type { Texts } from '../../text/texts.ts';
import { type FindingSaid, findingLine } from '../finding/finding-text.ts';
import type { TracedLot } from './bench-head.tsx';

export function Findings({ words, findings }: { words: Texts; findings: readonly FindingSaid[] }) {
  return (
    <section class="card stack">
      <h2>{words.trace.bench.balance}</h2>
      {findings.length === 0 ? (
        <p class="small soft row">
          <Icon name="check" tone="good" />
          {words.trace.bench.balanceNote}
        </p>
      ) : (
        <FindingList words={words} findings={findings} />
      )}
    </section>
  );
}

export function FindingList({ words, findings }: { words: Texts; findings: readonly FindingSaid[] }) {
  return (
    <ul class="stack small">
      {findings.map((finding) => (
        <li>
          <span class="badge due">
            <Icon name="diamond" />
            {words.trace.findings[finding.kind] ?? finding.kind}
          </span>{' '}
          <span class="soft">{findingLine(words, finding)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Comparing begins with a second lot; further ones are added there. */
export function CompareStart({ words, lot }: { words: Texts; lot: TracedLot }) {
  const text = words.trace.compare;
  return (
    <section class="card stack no-print">
      <h2>{text.startTitle}</h2>
      <p class="small soft">{text.startLead}</p>
      <form class="stack" method="get" action="/trace/compare" data-scan-form>
        <input type="hidden" name="lot" value={lot.code} />
        <div class="field">
          <label for="with">{text.otherLot}</label>
          <input id="with" name="lot" autocomplete="off" spellcheck={false} maxlength={2048} required />
        </div>
        <button class="btn" type="submit">
          {text.find}
        </button>
      </form>
    </section>
  );
}
