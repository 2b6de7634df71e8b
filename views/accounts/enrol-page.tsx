// Setting up a second factor: an authenticator app, a passkey, or both.
import { Faults, Field, type FieldFault } from '../parts/form.tsx';
import { Icon } from '../parts/icon.tsx';
import { Page, type Viewer } from '../parts/page.tsx';
import type { Texts } from '../text/texts.ts';
import { passkeyScripts } from './sign-in-page.tsx';

export type EnrolView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly demanded: 'demanded' | 'offered';
  /** Null: an app is in use already. */
  readonly app: { readonly secret: string; readonly qr: string } | null;
  readonly passkeys: 'offered' | 'none';
  /** `missing`: a factor is there, and no codes on paper yet. */
  readonly codes: 'missing' | 'kept';
  readonly faults: readonly FieldFault[];
};

export function EnrolPage(view: EnrolView) {
  const { words, here, viewer, demanded, passkeys, codes } = view;
  const { account } = words;
  return (
    <Page
      words={words}
      title={account.enrolTitle}
      here={here}
      viewer={viewer}
      mainClass="narrow"
      scripts={passkeyScripts(passkeys)}
    >
      <header class="stack">
        <h1>{account.enrolTitle}</h1>
        {demanded === 'offered' ? null : (
          <p class="note is-warn" role="status">
            <Icon name="info" />
            <span>{account.enrolDemanded}</span>
          </p>
        )}
        <p class="soft">{account.enrolLead}</p>
      </header>
      {codes === 'kept' ? null : <MissingCodes words={words} />}
      <AppCard {...view} />
      <PasskeyCard {...view} />
    </Page>
  );
}

function MissingCodes({ words: { account } }: { words: Texts }) {
  return (
    <section class="card rim stack">
      <h2>{account.recoveryTitle}</h2>
      <p>{account.recoveryLead}</p>
      <form method="post" action="/account/recovery-codes">
        <button class="btn main" type="submit">
          {account.recoveryMake}
        </button>
      </form>
    </section>
  );
}

function AppCard({ words, app, faults }: EnrolView) {
  const { account } = words;
  return (
    <section class="card stack">
      <h2>{account.appTitle}</h2>
      {app === null ? (
        <p class="note">
          <Icon name="check" />
          <span>{account.appInUse}</span>
        </p>
      ) : (
        <>
          <p>{account.appSteps}</p>
          <img class="qr" src={app.qr} alt={account.appTitle} width="200" height="200" />
          <p class="small">
            {account.appSecret}
            {words.lang === 'en' ? ': ' : '：'}
            <code class="code wrap">{app.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
          </p>
          <Faults words={words} faults={faults} />
          <form class="stack" method="post" action="/account/app">
            <Field label={account.appCode} name="code" autocomplete="one-time-code" required faults={faults} />
            <button class="btn main" type="submit">
              {account.appButton}
            </button>
          </form>
        </>
      )}
    </section>
  );
}

function PasskeyCard({ words: { account, accounts }, passkeys }: EnrolView) {
  return (
    <section class="card stack">
      <h2>{account.passkeyTitle}</h2>
      {passkeys === 'none' ? (
        <p class="soft">{account.passkeyImpossible}</p>
      ) : (
        <>
          <p>{account.passkeyLead}</p>
          <noscript>
            <p class="soft">{account.passkeyNoScript}</p>
          </noscript>
          <form class="stack" data-passkey-add hidden>
            <Field label={account.passkeyName} name="passkey" hint={account.passkeyNameHint} />
            <button class="btn" type="submit">
              <Icon name="seal" />
              {account.passkeyButton}
            </button>
            <p class="note is-bad" role="alert" hidden>
              <Icon name="alert" tone="bad" />
              <span>{accounts.faults['bad_passkey']}</span>
            </p>
          </form>
        </>
      )}
    </section>
  );
}
