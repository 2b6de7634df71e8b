// The page behind an invitation: the person chooses their account name and password.
import { Faults, Field, type FieldFault } from '../parts/form.tsx';
import { Page } from '../parts/page.tsx';
import type { Texts } from '../text/texts.ts';

export type InvitationView = {
  readonly words: Texts;
  readonly here: string;
  readonly role: keyof Texts['common']['roles'];
  readonly values: { readonly login?: string | undefined; readonly name?: string | undefined };
  readonly faults: readonly FieldFault[];
};

export function InvitationPage({ words, here, role, values, faults }: InvitationView) {
  const { accounts, common } = words;
  return (
    <Page words={words} title={accounts.invitationTitle} here={here} mainClass="narrow">
      <section class="card rim stack">
        <h1 class="title">{accounts.invitationTitle}</h1>
        <p class="soft">{accounts.invitationLead(common.roles[role])}</p>
        <Faults words={words} faults={faults} />
        <form class="stack" method="post" action={here}>
          <NewAccountFields words={words} values={values} faults={faults} />
          <button class="btn main" type="submit">
            {accounts.invitationButton}
          </button>
        </form>
      </section>
    </Page>
  );
}

/** Name, account name and password, as everybody who gets an account chooses them. */
export function NewAccountFields({ words, values, faults }: Pick<InvitationView, 'words' | 'values' | 'faults'>) {
  const { accounts } = words;
  return (
    <>
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
    </>
  );
}
