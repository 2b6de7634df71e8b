// The page behind a reset link: a new password for one account.
import { Faults, Field, type FieldFault } from '../parts/form.tsx';
import { Page } from '../parts/page.tsx';
import type { Texts } from '../text/texts.ts';

export type ResetView = {
  readonly words: Texts;
  readonly here: string;
  readonly login: string;
  readonly faults: readonly FieldFault[];
};

export function ResetPage({ words, here, login, faults }: ResetView) {
  const { accounts, account } = words;
  return (
    <Page words={words} title={accounts.resetTitle} here={here} mainClass="narrow">
      <section class="card rim stack">
        <h1 class="title">{accounts.resetTitle}</h1>
        <p class="soft">{accounts.resetLead(login)}</p>
        <Faults words={words} faults={faults} />
        <form class="stack" method="post" action={here}>
          <input class="hide" name="login" value={login} autocomplete="username" tabindex={-1} readonly />
          <Field
            label={account.newPassword}
            name="password"
            type="password"
            hint={accounts.passwordHint}
            autocomplete="new-password"
            required
            faults={faults}
          />
          <button class="btn main" type="submit">
            {accounts.resetButton}
          </button>
        </form>
      </section>
    </Page>
  );
}
