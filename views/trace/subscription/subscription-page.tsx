// One subscription: its state, what can be done about it, and its latest deliveries.

import { Icon } from '../../parts/icon.tsx';
import type { Texts } from '../../text/texts.ts';
import { When } from '../parts.tsx';
import { TracePage } from '../trace-page.tsx';
import { Deliveries, outcome } from './subscription-deliveries.tsx';
import {
  LastDelivery,
  LastFault,
  queryWords,
  SubscriptionBadge,
  type SubscriptionLine,
  scheduleText,
} from './subscription-parts.tsx';
import type { SubscriptionView } from './subscription-view.ts';

export function SubscriptionPage(view: SubscriptionView) {
  const { words, here, viewer, line, changed, tested } = view;
  const text = words.trace.subscriptions;
  return (
    <TracePage words={words} title={queryWords(words, line.queryName)} here={here} viewer={viewer}>
      <header class="row spread top">
        <div class="stack">
          <p>
            <a href="/subscriptions">
              <Icon name="left" />
              {text.title}
            </a>
          </p>
          <h1>{queryWords(words, line.queryName)}</h1>
        </div>
        <SubscriptionBadge words={words} line={line} />
      </header>
      {changed === null ? null : (
        <p class="toast still" role="status">
          {text.changed[changed]}
        </p>
      )}
      {tested === null ? null : <Tested words={words} tested={tested} />}
      <div class="cols">
        <Deliveries {...view} />
        <div class="stack-wide">
          <section class="card stack">
            <Facts words={words} line={line} />
            <LastFault words={words} line={line} />
            <Actions words={words} line={line} />
          </section>
          <section class="card stack">
            <h2>{text.verifyTitle}</h2>
            <p class="soft small">{text.verify}</p>
          </section>
        </div>
      </div>
    </TracePage>
  );
}

function Tested({ words, tested }: { words: Texts; tested: NonNullable<SubscriptionView['tested']> }) {
  const text = words.trace.subscriptions;
  if (tested.fault === null)
    return (
      <p class="note" role="status">
        <Icon name="check" />
        <span>{text.tested(tested.status ?? 0)}</span>
      </p>
    );
  return (
    <p class="note is-bad" role="alert">
      <Icon name="alert" />
      <span>{text.testFailed(outcome(words, tested.fault, tested.status))}</span>
    </p>
  );
}

function Facts({ words, line }: { words: Texts; line: SubscriptionLine }) {
  const text = words.trace.subscriptions;
  return (
    <dl class="facts">
      <dt>{text.query}</dt>
      <dd>
        <code>{line.queryName}</code>
      </dd>
      <dt>{text.dest}</dt>
      <dd>
        <code>{line.dest}</code>
      </dd>
      {line.owner === null ? null : (
        <>
          <dt>{text.owner}</dt>
          <dd>{line.owner}</dd>
        </>
      )}
      <dt>{text.when}</dt>
      <dd>
        {scheduleText(words, line.schedule)}
        {line.reportIfEmpty && line.schedule !== null ? (
          <>
            <br />
            <span class="soft small">{text.reportEmpty}</span>
          </>
        ) : null}
      </dd>
      <dt>{text.last}</dt>
      <dd>
        <LastDelivery words={words} at={line.deliveredAt} />
      </dd>
      <dt>{text.since}</dt>
      <dd>
        <When at={line.createdAt} words={words} />
      </dd>
      <dt>{text.id}</dt>
      <dd>
        <code class="small">{line.id}</code>
      </dd>
    </dl>
  );
}

function Actions({ words, line }: { words: Texts; line: SubscriptionLine }) {
  const text = words.trace.subscriptions;
  const top = `/subscriptions/${line.id}`;
  const next = line.state === 'active' ? (['paused', text.pause] as const) : (['resumed', text.resume] as const);
  return (
    <>
      <div class="row">
        <form method="post" action={`${top}/${next[0]}`}>
          <button class={line.state === 'active' ? 'btn' : 'btn main'} type="submit">
            {next[1]}
          </button>
        </form>
        <form method="post" action={`${top}/tests`}>
          <button class="btn" type="submit">
            {text.test}
          </button>
        </form>
      </div>
      <details>
        <summary>{text.remove}</summary>
        <form class="stack" method="post" action={`${top}/removed`}>
          <p class="soft small">{text.removeLead}</p>
          <p>
            <button class="btn risk" type="submit">
              {text.remove}
            </button>
          </p>
        </form>
      </details>
    </>
  );
}
