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
  readonly problem: string | undefined;
};

export function SignInPage({ words, here, next, demo, demoPassword, problem }: SignInView) {
  const { accounts } = words;
  return (
    <Page words={words} title={accounts.signInTitle} here={here} mainClass="narrow">
      <section class="card rim stack">
        <h1 class="title">{accounts.signInTitle}</h1>
        {problem === undefined ? null : (
          <p class="note is-bad" role="alert">
            <Icon name="alert" tone="bad" />
            <span>{problem === 'wrong_credentials' ? accounts.wrong : words.problems.too_many_requests.next}</span>
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
      </section>
      {demo.length === 0 ? null : (
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
      )}
    </Page>
  );
}
