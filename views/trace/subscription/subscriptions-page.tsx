// The list of subscriptions with their state, the form that makes one, and for administrators the networks that are open.

import type { Texts } from '../../text/texts.ts';
import { EmptyState } from '../parts.tsx';
import { TracePage } from '../trace-page.tsx';
import { Networks, NewSubscription } from './new-subscription.tsx';
import { LastDelivery, LastFault, queryWords, SubscriptionBadge, scheduleText } from './subscription-parts.tsx';
import type { SubscriptionsView } from './subscriptions-view.ts';

export function SubscriptionsPage(view: SubscriptionsView) {
  const { words, here, viewer, lines, whose, made, changed } = view;
  const text = words.trace.subscriptions;
  return (
    <TracePage words={words} title={text.title} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{whose === 'own' ? text.lead : text.everybodysLead}</p>
      </header>
      {made === null ? null : <Made words={words} made={made} />}
      {changed === null ? null : (
        <p class="toast still" role="status">
          {text.changed[changed]}
        </p>
      )}
      <div class="cols">
        <section class="card stack">
          <h2>{text.listTitle}</h2>
          {lines.length === 0 ? (
            <EmptyState title={text.emptyTitle} lead={text.emptyLead} />
          ) : (
            <SubscriptionTable words={words} lines={lines} whose={whose} />
          )}
        </section>
        <div class="stack-wide">
          <section class="card">
            <NewSubscription {...view} />
          </section>
          {whose === 'own' ? null : <Networks {...view} />}
        </div>
      </div>
    </TracePage>
  );
}

function Made({ words, made }: { words: Texts; made: NonNullable<SubscriptionsView['made']> }) {
  const text = words.trace.subscriptions;
  return (
    <section class="card rim stack" role="status">
      <h2>{text.madeTitle}</h2>
      {made.token === null ? null : (
        <>
          <p>{text.madeToken}</p>
          <p>
            <code>{made.token}</code>
          </p>
        </>
      )}
      <h3>{text.verifyTitle}</h3>
      <p class="soft">{text.verify}</p>
      <p>
        <a class="btn" href={`/subscriptions/${made.id}`}>
          {text.open}
        </a>
      </p>
    </section>
  );
}

function SubscriptionTable({ words, lines, whose }: Pick<SubscriptionsView, 'words' | 'lines' | 'whose'>) {
  const text = words.trace.subscriptions;
  return (
    <table class="cards">
      <caption class="hide">{text.listTitle}</caption>
      <thead>
        <tr>
          <th scope="col">{text.query}</th>
          {whose === 'own' ? null : <th scope="col">{text.owner}</th>}
          <th scope="col">{text.when}</th>
          <th scope="col">{text.last}</th>
          <th scope="col">{text.state}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr>
            <th scope="row">
              <a href={`/subscriptions/${line.id}`}>{queryWords(words, line.queryName)}</a>
              <br />
              <code class="small soft">{line.dest}</code>
              <LastFault words={words} line={line} />
            </th>
            {whose === 'own' ? null : <td data-l={text.owner}>{line.owner}</td>}
            <td data-l={text.when}>{scheduleText(words, line.schedule)}</td>
            <td data-l={text.last}>
              <LastDelivery words={words} at={line.deliveredAt} />
            </td>
            <td class="now">
              <SubscriptionBadge words={words} line={line} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
