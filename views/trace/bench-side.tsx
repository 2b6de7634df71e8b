// What stands beside the drawn chain: findings of the books, and the comparison with another lot.
import { Icon } from '../parts/icon.tsx';
import type { Texts } from '../text/texts.ts';
import { Choices } from './bench-choices.tsx';
import type { BenchView, Traced } from './bench-page.tsx';

export function Findings({ words, findings }: { words: Texts; findings: Traced['findings'] }) {
  return (
    <section class="card stack">
      <h2>{words.trace.bench.balance}</h2>
      {findings.length === 0 ? (
        <p class="small soft row">
          <Icon name="check" tone="good" />
          {words.trace.bench.balanceNote}
        </p>
      ) : (
        <ul class="stack small">
          {findings.map(({ kind, detail }) => (
            <li class="row">
              <span class="badge due">
                <Icon name="diamond" />
                {words.trace.findings[kind] ?? kind}
              </span>
              <span class="soft">{detail}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

export function Compare({ view, traced }: { view: BenchView; traced: Traced }) {
  const { words, code } = view;
  const text = words.trace.bench;
  return (
    <section class="card stack">
      <h2>{text.compare}</h2>
      {traced.common === null ? (
        <p class="small soft">{text.compareLead}</p>
      ) : (
        <>
          <p class="small soft">{text.commonOf(traced.lot.short, traced.common.withName)}</p>
          {traced.common.lots.length === 0 ? (
            <p>{text.commonNone}</p>
          ) : (
            <Choices words={words} choices={traced.common.lots} />
          )}
        </>
      )}
      <form class="stack" method="get" action="/trace">
        <input type="hidden" name="code" value={code} />
        <input type="hidden" name="direction" value="backward" />
        <div class="field">
          <label for="with">{text.compareWith}</label>
          <input
            id="with"
            name="with"
            value={traced.common?.withCode ?? ''}
            autocomplete="off"
            spellcheck={false}
            required
          />
        </div>
        <button class="btn" type="submit">
          {text.compareButton}
        </button>
      </form>
    </section>
  );
}
