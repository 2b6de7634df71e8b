// The form that makes a subscription: where to send, which events, and the networks it may reach.
import { Faults, Field, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import type { Texts } from '../../text/texts.ts';
import { namedFaults } from '../parts.tsx';
import { queryWords } from './subscription-parts.tsx';
import type { SubscriptionsView } from './subscriptions-view.ts';

export function NewSubscription({ words, values, faults, queries, steps, whose }: SubscriptionsView) {
  const text = words.trace.subscriptions;
  const names: Readonly<Record<string, string>> = {
    dest: text.newDest,
    signatureToken: text.newToken,
    events: text.newEvents,
    when: text.newWhen,
  };
  const ofForm = faults.filter(({ place }) => place.replace(/^\//, '') in names);
  const whens = { stream: text.whenStream, hourly: text.whenHourly, daily: text.whenDaily, weekly: text.whenWeekly };
  return (
    <form class="stack" method="post" action="/subscriptions" novalidate>
      <h2>{text.newTitle}</h2>
      <Faults words={words} faults={namedFaults(words, ofForm, (place) => names[place])} />
      <Field label={text.newEvents} name="events" faults={faults}>
        <EventChoice
          words={words}
          chosen={values['events'] ?? ''}
          queries={queries}
          steps={steps}
          all={whose === 'own' ? text.allEvents : text.everyEvent}
        />
      </Field>
      <Field
        label={text.newDest}
        name="dest"
        type="url"
        value={values['dest']}
        hint={text.newDestHint}
        required
        autocomplete="off"
        faults={faults}
      />
      <Field label={text.newWhen} name="when">
        <select id={fieldId('when')} name="when">
          {Object.entries(whens).map(([when, label]) => (
            <option value={when} selected={values['when'] === when}>
              {label}
            </option>
          ))}
        </select>
      </Field>
      <Field
        label={text.newToken}
        name="signatureToken"
        value={values['signatureToken']}
        hint={text.newTokenHint}
        autocomplete="off"
        faults={faults}
      />
      <button class="btn main" type="submit">
        {text.create}
      </button>
    </form>
  );
}

type Choice = {
  readonly words: Texts;
  readonly chosen: string;
  readonly queries: readonly string[];
  readonly steps: readonly string[];
  readonly all: string;
};

function EventChoice({ words, chosen, queries, steps, all }: Choice) {
  const text = words.trace.subscriptions;
  const option = (value: string, label: string) => (
    <option value={value} selected={chosen === value}>
      {label}
    </option>
  );
  return (
    <select id={fieldId('events')} name="events">
      {option('all', all)}
      <optgroup label={text.stepsGroup}>
        {steps.map((step) => option(`step:${step}`, words.trace.steps[step] ?? step))}
      </optgroup>
      {queries.length === 0 ? null : (
        <optgroup label={text.queriesGroup}>
          {queries.map((name) => option(`query:${name}`, queryWords(words, name)))}
        </optgroup>
      )}
    </select>
  );
}

export function Networks({ words, networks, values, faults }: SubscriptionsView) {
  const text = words.trace.subscriptions;
  const ofForm = faults.filter(({ place }) => ['network', 'port'].includes(place.replace(/^\//, '')));
  const names: Readonly<Record<string, string>> = { network: text.network, port: text.port };
  return (
    <section class="card stack">
      <h2>{text.networksTitle}</h2>
      <p class="soft">{text.networksLead}</p>
      {networks.length === 0 ? (
        <p class="note">
          <Icon name="shield" />
          <span>{text.networksEmpty}</span>
        </p>
      ) : (
        <ul class="stack">
          {networks.map(({ id, network, port }) => (
            <li class="row spread">
              <code>
                {network} : {port}
              </code>
              <form method="post" action={`/subscriptions/networks/${id}/removed`}>
                <button class="btn small" type="submit">
                  {text.closeNetwork}
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <form class="stack" method="post" action="/subscriptions/networks" novalidate>
        <Faults words={words} faults={namedFaults(words, ofForm, (place) => names[place])} />
        <div class="two">
          <Field
            label={text.network}
            name="network"
            value={values['network']}
            hint={text.networkHint}
            autocomplete="off"
            faults={faults}
          />
          <Field label={text.port} name="port" type="number" value={values['port'] ?? '443'} faults={faults} />
        </div>
        <button class="btn" type="submit">
          {text.openNetwork}
        </button>
      </form>
    </section>
  );
}
