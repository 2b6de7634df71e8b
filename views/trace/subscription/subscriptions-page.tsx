// The list of subscriptions with their state, the form that makes one, and for administrators the networks that are open.
import { Faults, Field, type FieldFault, fieldId } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import type { Texts } from '../../text/texts.ts';
import { EmptyState, namedFaults, type PageView } from '../parts.tsx';
import { TracePage } from '../trace-page.tsx';
import {
  LastDelivery,
  LastFault,
  queryWords,
  SubscriptionBadge,
  type SubscriptionLine,
  scheduleText,
} from './subscription-parts.tsx';

export type SubscriptionsView = PageView & {
  readonly lines: readonly SubscriptionLine[];
  /** `everybodys`: the administrator's list. */
  readonly whose: 'own' | 'everybodys';
  /** Names of the queries this account keeps. */
  readonly queries: readonly string[];
  readonly steps: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
  /** Just made: with its token when that is to be shown, this once. */
  readonly made: { readonly id: string; readonly token: string | null } | null;
  readonly changed: 'removed' | null;
  readonly networks: readonly { readonly id: number; readonly network: string; readonly port: number }[];
};

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

function NewSubscription({ words, values, faults, queries, steps, whose }: SubscriptionsView) {
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

function Networks({ words, networks, values, faults }: SubscriptionsView) {
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
