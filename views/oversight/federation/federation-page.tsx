// The servers of districts that a city follows: how each stands, what it told, and the form to add one.
import { Faults, Field, type FieldFault } from '../../parts/form.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { formatMoment } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { EmptyState, namedFaults, type PageView } from '../../trace/parts.tsx';

export type ServerView = {
  readonly id: number;
  readonly name: string;
  readonly nameEn: string | null;
  readonly address: string;
  readonly heardAt: number | null;
  readonly answeredAt: number | null;
  readonly fault: string | null;
  readonly faultDetail: string | null;
  readonly faultAt: number | null;
  readonly events: number;
  readonly foreign: number;
  readonly sites: number;
  readonly recalls: number;
  readonly refusedRecalls: number;
  readonly answers: number;
};

export type DisputeView = {
  readonly siteId: string;
  readonly name: string | null;
  readonly nameEn: string | null;
  readonly owner: number;
  readonly serverId: number;
  readonly events: number;
  readonly firstAt: number;
  readonly lastAt: number;
};

export type FederationView = PageView & {
  readonly disputes: readonly DisputeView[];
  readonly now: number;
  readonly servers: readonly ServerView[];
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
};

export function FederationPage(view: FederationView) {
  const { words, here, viewer, servers, values, faults } = view;
  const text = words.federation;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer} mainClass="narrow" styles={['trace.css']}>
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
      </header>
      {servers.length === 0 ? <EmptyState title={text.empty} lead={text.emptyLead} /> : null}
      {servers.map((server) => (
        <Server words={words} server={server} />
      ))}
      {view.disputes.length === 0 ? null : <Disputes view={view} />}
      <form class="card stack" method="post" action="/federation" novalidate>
        <h2>{text.add}</h2>
        <Faults words={words} faults={namedFaults(words, faults, (place) => text.fields[place])} />
        <Field label={text.fields['name'] ?? ''} name="name" value={values['name']} faults={faults} />
        <Field label={text.fields['nameEn'] ?? ''} name="nameEn" value={values['nameEn']} faults={faults} />
        <Field
          label={text.fields['address'] ?? ''}
          name="address"
          value={values['address']}
          hint={text.addressHint}
          faults={faults}
        />
        <Field
          label={text.fields['token'] ?? ''}
          name="token"
          type="password"
          hint={text.tokenHint}
          autocomplete="off"
          faults={faults}
        />
        <button class="btn main wide-phone" type="submit">
          {text.add}
        </button>
      </form>
    </Page>
  );
}

function Disputes({ view: { words, servers, disputes } }: { view: FederationView }) {
  const text = words.federation;
  const nameOf = (id: number) => {
    const server = servers.find((one) => one.id === id);
    return server === undefined ? text.gone : localName(words.lang, server);
  };
  return (
    <section class="card stack">
      <h2>{text.twice}</h2>
      <p class="soft">{text.twiceLead}</p>
      {disputes.map(({ siteId, name, nameEn, owner, serverId, events, firstAt, lastAt }) => (
        <form class="card stack" method="post" action="/federation/places">
          <h3>{name === null ? siteId : localName(words.lang, { name, nameEn })}</h3>
          <p class="small">
            <code class="code">{siteId}</code>
          </p>
          <p>{text.twiceSaid(nameOf(owner), nameOf(serverId), events)}</p>
          <p class="small soft">
            {formatMoment(firstAt, words.lang)} – {formatMoment(lastAt, words.lang)}
          </p>
          <input type="hidden" name="site" value={siteId} />
          <div class="row">
            {[owner, serverId].map((id) => (
              <button class="btn" type="submit" name="server" value={id}>
                {text.belongsTo(nameOf(id))}
              </button>
            ))}
          </div>
        </form>
      ))}
    </section>
  );
}

function Server({ words, server }: { words: Texts; server: ServerView }) {
  const text = words.federation;
  const { id, address, fault, faultDetail, faultAt, heardAt, answeredAt } = server;
  const when = (at: number | null) => (at === null ? text.never : formatMoment(at, words.lang));
  const rows = [
    [text.heard, when(heardAt)],
    [text.answered, when(answeredAt)],
    [text.sites, server.sites],
    [text.events, server.events],
    [text.foreign, server.foreign],
    [text.recalls, server.recalls],
    [text.refusedRecalls, server.refusedRecalls],
    [text.answers, server.answers],
  ] as const;
  return (
    <section class={`card rim stack${fault === null ? ' is-good' : ' is-bad'}`}>
      <div class="row spread">
        <h2>{localName(words.lang, server)}</h2>
        <span class={`badge ${fault === null ? 'done' : 'overdue'}`}>{fault === null ? text.good : text.bad}</span>
      </div>
      <p class="code small">{address}</p>
      {fault === null ? null : (
        <p class="note is-bad" role="status">
          <Icon name="alert" tone="bad" />
          <span>
            {text.serverFaults[fault] ?? fault} {words.lang === 'en' ? faultDetail : ''} {when(faultAt)}
          </span>
        </p>
      )}
      <dl class="facts">
        {rows.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
      <form method="post" action={`/federation/${id}/removed`}>
        <button class="btn" type="submit" aria-label={text.removeOf(localName(words.lang, server))}>
          {text.remove}
        </button>
      </form>
    </section>
  );
}
