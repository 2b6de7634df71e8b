// The bench where a code is no one lot: the lots it fits, the meanings it has, what it names instead, or why it is none.
import { ReadingChoices } from '../lot/reading-choices.tsx';
import { Choices } from './bench-choices.tsx';
import type { BenchView } from './bench-view.ts';

/** Refusals of codes that are sound, and name something else. */
const notGoods = ['document', 'coupon', 'consignment', 'shipment', 'crate', 'asset', 'part', 'person'] as const;

export function BenchNotFound({ view }: { view: BenchView }) {
  const { words, asked, choices, refusal } = view;
  const text = words.trace.bench;
  if (choices.length > 0 && view.fit === 'fits') {
    return (
      <section class="card stack">
        <h2>{text.several(choices.length)}</h2>
        <Choices words={words} choices={choices} />
      </section>
    );
  }
  if (view.readings.length > 0) {
    return (
      <section class="card rim is-warn stack" role="alert">
        <h2 class="title">{words.trace.scan.unsureTitle}</h2>
        <p>{words.trace.scan.unsureLead}</p>
        <ReadingChoices words={words} readings={view.readings} />
      </section>
    );
  }
  if (view.named.length > 0) return <NamedThings view={view} />;
  const titles: Readonly<Record<string, string>> = {
    ...Object.fromEntries(notGoods.map((fault) => [fault, text.otherCode])),
    ...{ no_lot: text.productCode, not_a_lot: text.placeCode },
  };
  const title = view.fault === null ? text.notFound : (titles[view.fault] ?? words.trace.diner.badTitle);
  return (
    <section class="card rim is-warn stack" role="alert">
      <h2 class="title">{title}</h2>
      <p>{refusal ?? text.notFoundLead(asked.code.slice(0, 200))}</p>
      {refusal === null && /^\d{12,14}$/.test(asked.code) ? <p>{text.maybeGtin}</p> : null}
      {choices.length === 0 ? (
        <ul class="advice small soft">
          <li>{words.trace.diner.unknownReasons.typo}</li>
          <li>{words.trace.diner.unknownReasons.notYet}</li>
        </ul>
      ) : (
        <>
          <h3>{text.suggestions}</h3>
          <Choices words={words} choices={choices} />
        </>
      )}
    </section>
  );
}

/** The code is sound and names something: what it is, the page of it, and lots of it to go on with. */
function NamedThings({ view }: { view: BenchView }) {
  const { words, named, choices } = view;
  const text = words.trace.scan;
  const kinds = {
    place: { said: text.isPlace, open: text.openPlace },
    called: { said: text.isCalled, open: text.openPlace },
    product: { said: text.isProduct, open: text.openProduct },
    container: { said: text.isContainer, open: text.openContainer },
  };
  return (
    <section class="card rim stack" role="status">
      {named.map(({ kind, name, href }) => (
        <div class="row spread">
          <h2 class="title">{kinds[kind].said(name)}</h2>
          <a class="btn" href={href}>
            {kinds[kind].open}
          </a>
        </div>
      ))}
      {choices.length === 0 ? null : (
        <>
          <h3>{headingOf(view)}</h3>
          <Choices words={words} choices={choices} />
        </>
      )}
    </section>
  );
}

function headingOf({ words, named }: BenchView): string {
  const { scan, bench } = words.trace;
  if (named.some(({ kind }) => kind === 'container')) return scan.inContainer;
  return named.some(({ siteId }) => siteId !== undefined) ? scan.lastAt : bench.suggestions;
}
