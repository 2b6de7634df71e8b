// The bench before anything is asked: newest lots, recalls that are open, and where else to go.
import { productOf } from '../product-name.ts';
import { AnsweredBadge } from '../recall/recalls-page.tsx';
import { Choices } from './bench-choices.tsx';
import type { BenchView } from './bench-view.ts';

export function BenchStart({ view }: { view: BenchView }) {
  const { words, recent, open } = view;
  const text = words.trace.bench;
  return (
    <div class="cols">
      <section class="card rim stack">
        <h2 class="title">{text.emptyTitle}</h2>
        <p class="soft">{text.emptyLead}</p>
        {recent.length === 0 ? null : (
          <>
            <h3>{text.recent}</h3>
            <Choices words={words} choices={recent} />
          </>
        )}
      </section>
      <div class="stack-wide">
        <section class="card stack">
          <div class="card-head">
            <h2>{text.openRecalls}</h2>
            <span class="count">{open.length}</span>
          </div>
          {open.length === 0 ? <p class="small soft">{words.trace.recall.emptyTitle}</p> : null}
          <ul class="choices-list">
            {open.map((line) => (
              <li>
                <a href={line.href}>{productOf(words, line)}</a>
                <span class="code small faint">{line.batch}</span>
                <AnsweredBadge words={words} answered={line.answered} holders={line.holders} />
              </li>
            ))}
          </ul>
        </section>
        <section class="card stack">
          <h2>{text.more}</h2>
          <ul class="choices-list">
            <li>
              <a href="/trace/compare">{words.trace.compare.title}</a>
              <span class="small soft">{words.trace.compare.lead}</span>
            </li>
          </ul>
        </section>
      </div>
    </div>
  );
}
