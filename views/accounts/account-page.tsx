// A person's own account: who they are here, password, second factors, devices signed in, and what was done with it.
import { Faults, Field, type FieldFault } from '../parts/form.tsx';
import { Icon } from '../parts/icon.tsx';
import { Page, type Viewer } from '../parts/page.tsx';
import { formatTime } from '../parts/time.ts';
import { localName, type Texts } from '../text/texts.ts';
import { deviceName } from './device-name.ts';

export type AccountView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly person: {
    readonly login: string;
    readonly name: string;
    readonly nameEn: string | null;
    readonly role: keyof Texts['common']['roles'];
    readonly sites: readonly string[];
    readonly organisation: string | null;
    readonly district: { readonly name: string; readonly nameEn: string | null } | null;
  };
  readonly factors: {
    readonly totpSince: number | null;
    readonly passkeys: readonly {
      readonly id: string;
      readonly name: string;
      readonly createdAt: number;
      readonly lastUsedAt: number | null;
    }[];
    readonly recoveryLeft: number;
    readonly recovery: 'made' | 'never';
  };
  readonly sessions: readonly {
    readonly hash: string;
    readonly createdAt: number;
    readonly lastSeenAt: number;
    readonly address: string;
    readonly agent: string;
    readonly isThis: boolean;
  }[];
  /** When a device is signed out by itself. */
  readonly sessionsEnd: { readonly idleMinutes: number; readonly hours: number };
  readonly events: readonly {
    readonly at: number;
    readonly kind: string;
    readonly address: string | null;
    readonly agent: string | null;
    readonly by: string | null;
  }[];
  readonly done: keyof Texts['account']['done'] | null;
  readonly faults: readonly FieldFault[];
};

export function AccountPage(view: AccountView) {
  const { words, here, viewer, done, faults } = view;
  const { account } = words;
  return (
    <Page words={words} title={account.title} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{account.title}</h1>
        <p class="soft">{account.lead}</p>
        {viewer === null || viewer.role === 'worker' ? null : (
          <p class="small">
            <a href="/welcome">{words.accounts.firstSteps.again}</a>
          </p>
        )}
      </header>
      {done === null ? null : (
        <p class="note" role="status">
          <Icon name="check" />
          <span>{account.done[done]}</span>
        </p>
      )}
      <Faults words={words} faults={faults} />
      <div class="cols">
        <div class="stack">
          <Standing {...view} />
          <Password {...view} />
        </div>
        <div class="stack">
          <Factors {...view} />
          <Sessions {...view} />
        </div>
      </div>
      <Events {...view} />
    </Page>
  );
}

function Standing({ words, person }: AccountView) {
  const { account, accounts, common, people } = words;
  const rows: readonly (readonly [string, string])[] = [
    [accounts.name, localName(words.lang, person)],
    [accounts.login, person.login],
    [accounts.role, common.roles[person.role]],
    ...(person.sites.length === 0 ? [] : [[account.places, person.sites.join(' ')] as const]),
    ...(person.organisation === null ? [] : [[account.organisation, person.organisation] as const]),
    ...(person.role !== 'inspector' && person.role !== 'reviewer'
      ? []
      : [
          [
            account.district,
            person.district === null ? people.wholeCity : localName(words.lang, person.district),
          ] as const,
        ]),
  ];
  return (
    <section class="card stack">
      <dl class="facts">
        {rows.map(([label, value]) => (
          <div>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Password({ words, faults }: AccountView) {
  const { account, accounts } = words;
  return (
    <section class="card stack">
      <h2>{account.passwordTitle}</h2>
      <form class="stack" method="post" action="/account/password">
        <PresentPassword words={words} faults={faults} />
        <Field
          label={account.newPassword}
          name="password"
          type="password"
          hint={accounts.passwordHint}
          autocomplete="new-password"
          required
          faults={faults}
        />
        <p class="small soft">{account.passwordNote}</p>
        <button class="btn" type="submit">
          {account.passwordButton}
        </button>
      </form>
    </section>
  );
}

function PresentPassword({ words, faults }: Pick<AccountView, 'words' | 'faults'>) {
  const label = words.account.currentPassword;
  return (
    <Field label={label} name="current" type="password" autocomplete="current-password" required faults={faults} />
  );
}

function Factors({ words, factors }: AccountView) {
  const { account } = words;
  const { totpSince, passkeys, recoveryLeft, recovery } = factors;
  const when = (at: number) => formatTime(at, words.lang);
  const any = totpSince !== null || passkeys.length > 0;
  return (
    <section class="card stack">
      <h2>{account.factorsTitle}</h2>
      <p class="small soft">{account.factorsLead}</p>
      <dl class="facts">
        <div>
          <dt>{account.app}</dt>
          <dd>{totpSince === null ? account.appNone : account.appSince(when(totpSince))}</dd>
        </div>
        <div>
          <dt>{account.passkeys}</dt>
          <dd>
            {passkeys.length === 0
              ? account.passkeysNone
              : passkeys.map(({ name, createdAt, lastUsedAt }) => (
                  <span class="block">
                    {name} <span class="small soft">{account.lastUsed(when(lastUsedAt ?? createdAt))}</span>
                  </span>
                ))}
          </dd>
        </div>
        {any ? (
          <div>
            <dt>{account.recoveryTitle}</dt>
            <dd>{account.recoveryLeft(recoveryLeft)}</dd>
          </div>
        ) : null}
      </dl>
      <p>
        <a class="btn" href="/account/second-factor">
          <Icon name="shield" />
          {account.factorsManage}
        </a>
      </p>
      {any ? <RemoveFactors words={words} factors={{ totpSince, passkeys, recovery }} /> : null}
    </section>
  );
}

/** One password field, and a button for each thing it confirms. */
function RemoveFactors({
  words,
  factors: { totpSince, passkeys, recovery },
}: {
  words: Texts;
  factors: Pick<AccountView['factors'], 'totpSince' | 'passkeys' | 'recovery'>;
}) {
  const { account } = words;
  return (
    <details class="more">
      <summary>{`${account.remove} · ${account.newRecovery}`}</summary>
      <form class="stack" method="post" action="/account/recovery-codes">
        <p class="small soft">{account.removeNeeds}</p>
        <div class="field">
          <label for="f-remove-current">{account.currentPassword}</label>
          <input id="f-remove-current" name="current" type="password" autocomplete="current-password" required />
        </div>
        <div class="row wrap">
          {totpSince === null ? null : (
            <button class="btn" type="submit" formaction="/account/app/removed">
              {`${account.remove} · ${account.app}`}
            </button>
          )}
          {passkeys.map(({ id, name }) => (
            <button class="btn" type="submit" formaction={`/account/passkeys/${encodeURIComponent(id)}/removed`}>
              {`${account.remove} · ${name}`}
            </button>
          ))}
          <button class="btn" type="submit">
            {recovery === 'made' ? account.newRecovery : account.recoveryMake}
          </button>
        </div>
      </form>
    </details>
  );
}

function Sessions({ words, sessions, sessionsEnd }: AccountView) {
  const { account } = words;
  if (sessions.length === 0) return null;
  const when = (at: number) => formatTime(at, words.lang);
  return (
    <section class="card stack">
      <h2>{account.sessionsTitle}</h2>
      <p class="small soft">{account.sessionsEnd(sessionsEnd.idleMinutes, sessionsEnd.hours)}</p>
      <ul class="plain-list">
        {sessions.map(({ hash, createdAt, lastSeenAt, address, agent, isThis }) => (
          <li class="row wrap">
            <span class="grow">
              <b>{deviceName(agent) ?? account.unknownBrowser}</b> <span class="soft">{address}</span>{' '}
              {isThis ? <span class="badge done">{account.thisSession}</span> : null}
              <br />
              <span class="small soft">
                {`${account.sessionSince(when(createdAt))} · ${account.sessionSeen(when(lastSeenAt))}`}
              </span>
            </span>
            {isThis ? null : (
              <form method="post" action={`/account/sessions/${hash}/ended`}>
                <button class="btn small" type="submit">
                  {account.endSession}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      <form method="post" action="/account/sessions/ended">
        <button class="btn" type="submit">
          {account.endAll}
        </button>
      </form>
    </section>
  );
}

function Events({ words, events }: AccountView) {
  const { account } = words;
  if (events.length === 0) return null;
  return (
    <section class="card stack">
      <h2>{account.eventsTitle}</h2>
      <p class="small soft">{account.eventsLead}</p>
      <ul class="plain-list small">
        {events.map(({ at, kind, address, agent, by }) => (
          <li>
            <time datetime={new Date(at).toISOString()}>{formatTime(at, words.lang)}</time>{' '}
            <b>{account.events[kind] ?? kind}</b>{' '}
            <span class="soft">
              {[
                by === null ? '' : account.by(by),
                agent === null ? '' : (deviceName(agent) ?? account.unknownBrowser),
                address ?? '',
              ]
                .filter((part) => part !== '')
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
