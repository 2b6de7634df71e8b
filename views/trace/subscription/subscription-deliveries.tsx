// The deliveries of one subscription, each with what came of it.
import { Icon } from '../../parts/icon.tsx';
import type { Texts } from '../../text/texts.ts';
import { When } from '../parts.tsx';
import { faultWords } from './subscription-parts.tsx';
import type { DeliveryLine, SubscriptionView } from './subscription-view.ts';

export function Deliveries({ words, deliveries }: SubscriptionView) {
  const text = words.trace.subscriptions;
  return (
    <section class="card stack">
      <h2>{text.deliveriesTitle}</h2>
      {deliveries.length === 0 ? (
        <p class="soft">{text.deliveriesEmpty}</p>
      ) : (
        <table class="cards">
          <caption class="hide">{text.deliveriesTitle}</caption>
          <thead>
            <tr>
              <th scope="col">{text.at}</th>
              <th scope="col" class="right">
                {text.events}
              </th>
              <th scope="col" class="right">
                {text.attempts}
              </th>
              <th scope="col">{text.delivery}</th>
              <th scope="col">{text.result}</th>
            </tr>
          </thead>
          <tbody>
            {deliveries.map((delivery) => (
              <DeliveryRow words={words} delivery={delivery} />
            ))}
          </tbody>
        </table>
      )}
      <p class="soft small">{text.cursorNote}</p>
    </section>
  );
}

const deliveryBadges = {
  open: ['due', 'clock'],
  delivered: ['done', 'check'],
  test: ['done', 'check'],
  failedTest: ['overdue', 'alert'],
} as const;

function DeliveryRow({ words, delivery }: { words: Texts; delivery: DeliveryLine }) {
  const text = words.trace.subscriptions;
  const { state, fault, status } = delivery;
  const [tone, icon] = deliveryBadges[state === 'test' && fault !== null ? 'failedTest' : state];
  return (
    <tr>
      <th scope="row">
        <When at={delivery.at} words={words} />
      </th>
      <td class="right num" data-l={text.events}>
        {delivery.eventCount}
      </td>
      <td class="right num" data-l={text.attempts}>
        {delivery.attempts}
      </td>
      <td data-l={text.delivery}>
        <code class="small">{delivery.deliveryId.slice(0, 8)}</code>
      </td>
      <td class="now">
        <span class={`badge ${tone}`}>
          <Icon name={icon} />
          {text.deliveryState[state]}
        </span>
        {fault === null ? null : <p class="small soft">{outcome(words, fault, status)}</p>}
      </td>
    </tr>
  );
}

/** `对方拒收，对方应答 503`. */
export function outcome(words: Texts, fault: string, status: number | null): string {
  const text = words.trace.subscriptions;
  const answer = status === null ? '' : `${words.lang === 'en' ? ', ' : '，'}${text.answered(status)}`;
  return `${faultWords(words, fault)}${answer}`;
}
