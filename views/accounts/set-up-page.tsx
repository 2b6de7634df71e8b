// The page behind the one-time link: makes the administrator.
import { Faults, type FieldFault } from '../parts/form.tsx';
import { Page } from '../parts/page.tsx';
import type { Texts } from '../text/texts.ts';
import { NewAccountFields } from './invitation-page.tsx';

export type SetUpView = {
  readonly words: Texts;
  readonly here: string;
  readonly values: { readonly login?: string | undefined; readonly name?: string | undefined };
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
          <NewAccountFields words={words} values={values} faults={faults} />
          <button class="btn main" type="submit">
            {accounts.setUpButton}
          </button>
        </form>
      </section>
    </Page>
  );
}
