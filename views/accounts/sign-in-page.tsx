// The page where people sign in; on a server with samples, one press per role.
import { Field } from '../parts/form.tsx';
import { Icon } from '../parts/icon.tsx';
import { Page } from '../parts/page.tsx';
import { localName, type Texts } from '../text/texts.ts';

export type SignInView = {
  readonly words: Texts;
  readonly here: string;
  readonly next: string;
  readonly demo: readonly {
    readonly login: string;
    readonly name: string;
    readonly nameEn: string | null;
    readonly role: keyof Texts['common']['roles'];
  }[];
  readonly demoPassword: string;
  readonly passkeys: 'offered' | 'none';
  readonly done: keyof Texts['accounts']['signInDone'] | null;
  readonly problem: string | undefined;
};

export function SignInPage(view: SignInView) {
  const { words, here, next, passkeys, done, problem } = view;
  const { accounts } = words;
  return (
    <Page words={words} title={accounts.signInTitle} here={here} mainClass="narrow" scripts={passkeyScripts(passkeys)}>
      <section class="card rim stack">
        <h1 class="title">{accounts.signInTitle}</h1>
        {problem === undefined ? null : (
          <p class="note is-bad" role="alert">
            <Icon name="alert" tone="bad" />
            <span>{problem === 'wrong_credentials' ? accounts.wrong : words.problems.too_many_requests.next}</span>
          </p>
        )}
        {done === null || problem !== undefined ? null : (
          <p class="note" role="status">
            <Icon name="check" />
            <span>{accounts.signInDone[done]}</span>
          </p>
        )}
        <form class="stack" method="post" action="/sign-in">
          <input type="hidden" name="next" value={next} />
          <Field label={accounts.login} name="login" autocomplete="username" required />
          <Field label={accounts.password} name="password" type="password" autocomplete="current-password" required />
          <button class="btn main" type="submit">
            {accounts.signInButton}
          </button>
        </form>
        {passkeys === 'none' ? null : <PasskeyEntry words={words} next={next} />}
      </section>
      <SampleAccounts {...view} />
    </Page>
  );
}

/** The scripts that passkeys need; nothing else on these pages does. */
export function passkeyScripts(passkeys: 'offered' | 'none'): readonly string[] {
  return passkeys === 'offered' ? ['vendor/simplewebauthn.js', 'passkey.js'] : [];
}

/** Shown by the script, where the browser knows passkeys. */
export function PasskeyEntry({ words, next }: { words: Texts; next: string }) {
  return (
    <div class="stack" data-passkey-enter={next} hidden>
      <button class="btn" type="button">
        <Icon name="seal" />
        {words.accounts.passkeyButton}
      </button>
      <p class="note is-bad" role="alert" hidden>
        <Icon name="alert" tone="bad" />
        <span>{words.accounts.passkeyFailed}</span>
      </p>
    </div>
  );
}

function SampleAccounts({ words, next, demo, demoPassword }: SignInView) {
  const { accounts } = words;
  if (demo.length === 0) return null;
  return (
    <section class="card stack">
      <h2>{accounts.demoTitle}</h2>
      <p class="soft small">{accounts.demoNote}</p>
      <div class="demo-people">
        {demo.map((person) => (
          <form method="post" action="/sign-in">
            <input type="hidden" name="next" value={next} />
            <input type="hidden" name="login" value={person.login} />
            <input type="hidden" name="password" value={demoPassword} />
            <button class="btn" type="submit">
              <Icon name="person" />
              <b>{words.common.roles[person.role]}</b>
              <span class="soft">{localName(words.lang, person)}</span>
            </button>
          </form>
        ))}
      </div>
    </section>
  );
}
