// A link or a token that is shown this once, for the administrator to hand over.
import { Icon } from '../parts/icon.tsx';
import { Page, type Viewer } from '../parts/page.tsx';
import type { Texts } from '../text/texts.ts';

export type OneTimeView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly what: 'invite' | 'reset' | 'token';
  readonly name: string;
  readonly text: string;
  /** Where to go on; the list of people when left out. */
  readonly back?: { readonly href: string; readonly label: string };
};

export function OneTimePage({ words, here, viewer, what, name, text, back }: OneTimeView) {
  const { people, accounts } = words;
  const lead = { invite: people.inviteLink(name), reset: people.resetLink(name), token: people.tokenShown }[what];
  const title = what === 'token' ? people.tokenTitle : people.linkTitle;
  return (
    <Page words={words} title={title} here={here} viewer={viewer} mainClass="narrow">
      <section class="card rim stack" role="status">
        <h1 class="title">{title}</h1>
        <p>{lead}</p>
        <div class="field">
          <label for="one-time">{title}</label>
          <input id="one-time" class="code" value={text} readonly />
        </div>
        <p>
          <a class="btn" href={back?.href ?? '/people'}>
            <Icon name="person" />
            {back?.label ?? accounts.peopleTitle}
          </a>
        </p>
      </section>
    </Page>
  );
}
