// The second step of signing in: a code of an app or from paper, or a passkey.
import { Faults, Field, type FieldFault } from '../parts/form.tsx';
import { Icon } from '../parts/icon.tsx';
import { Page } from '../parts/page.tsx';
import type { Texts } from '../text/texts.ts';
import { PasskeyEntry, passkeyScripts } from './sign-in-page.tsx';

export type SecondStepView = {
  readonly words: Texts;
  readonly here: string;
  readonly next: string;
  readonly passkeys: 'offered' | 'none';
  readonly throttled: 'wait' | 'go';
  readonly faults: readonly FieldFault[];
};

export function SecondStepPage({ words, here, next, passkeys, throttled, faults }: SecondStepView) {
  const { accounts } = words;
  return (
    <Page words={words} title={accounts.secondTitle} here={here} mainClass="narrow" scripts={passkeyScripts(passkeys)}>
      <section class="card rim stack">
        <h1 class="title">{accounts.secondTitle}</h1>
        <p class="soft">{accounts.secondLead}</p>
        {throttled === 'go' ? null : (
          <p class="note is-bad" role="alert">
            <Icon name="alert" tone="bad" />
            <span>{words.problems.too_many_requests.next}</span>
          </p>
        )}
        <Faults words={words} faults={faults} />
        <form class="stack" method="post" action="/sign-in/second">
          <input type="hidden" name="next" value={next} />
          <Field label={accounts.secondCode} name="code" autocomplete="one-time-code" required faults={faults} />
          <button class="btn main" type="submit">
            {accounts.secondButton}
          </button>
        </form>
        {passkeys === 'none' ? null : <PasskeyEntry words={words} next={next} />}
      </section>
    </Page>
  );
}
