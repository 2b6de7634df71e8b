// The page behind the one-time link: makes the administrator.
import { Faults, Field, type FieldFault } from '../parts/form.tsx';
import { Page } from '../parts/page.tsx';
import type { Texts } from '../text/texts.ts';

export type SetUpView = {
  readonly words: Texts;
  readonly here: string;
  readonly values: { readonly login?: string; readonly name?: string };
  readonly faults: readonly FieldFault[];
};

export function SetUpPage({ words, here, values, faults }: SetUpView) {
  const { accounts } = words;
  return (
    <Page words={words} title={accounts.setUpTitle} here={here} mainClass="narrow">
      <section class="card rim stack">
        <h1 class="title">{accounts.setUpTitle}</h1>
        <p class="soft">{accounts.setUpLead}</p>
        <Faults words={words} faults={faults} />
        <form class="stack" method="post" action={here}>
          <Field label={accounts.name} name="name" value={values.name} autocomplete="name" required faults={faults} />
          <Field
            label={accounts.login}
            name="login"
            value={values.login}
            hint={accounts.loginHint}
            autocomplete="username"
            required
            faults={faults}
          />
          <Field
            label={accounts.password}
            name="password"
            type="password"
            hint={accounts.passwordHint}
            autocomplete="new-password"
            required
            faults={faults}
          />
          <button class="btn main" type="submit">
            {accounts.setUpButton}
          </button>
        </form>
      </section>
    </Page>
  );
}
