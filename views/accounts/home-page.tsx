// The first page for somebody without an account: what this is, one box for a code or a kitchen, or sign in.
import { Icon } from '../parts/icon.tsx';
import { Page } from '../parts/page.tsx';
import type { Texts } from '../text/texts.ts';

type HomeView = {
  readonly words: Texts;
  readonly here: string;
  /** Where the server is reached from outside. */
  readonly origin: string;
};

export function HomePage({ words, here, origin }: HomeView) {
  const { accounts: text, front } = words;
  return (
    <Page
      words={words}
      title={words.common.tagline}
      here={here}
      mainClass="narrow"
      preview={{ description: front.aboutLead, origin }}
    >
      <section class="card rim stack">
        <h1>{text.homeTitle}</h1>
        <p class="soft">
          {text.homeLead} {front.kitchensLead}
        </p>
        <search>
          <form class="stack" method="get" action="/search">
            <div class="field">
              <label for="code">{text.lookUpLabel}</label>
              <input id="code" name="q" type="search" autocomplete="off" required aria-describedby="code-hint" />
              <p class="hint" id="code-hint">
                {text.lookUpHint}
              </p>
            </div>
            <button class="btn main" type="submit">
              <Icon name="search" />
              {words.common.search}
            </button>
          </form>
        </search>
      </section>
      <section class="card stack">
        <h2>{text.workHere}</h2>
        <p class="soft">{text.workHereLead}</p>
        <div class="row">
          <a class="btn" href="/sign-in">
            <Icon name="person" />
            {words.common.signIn}
          </a>
        </div>
      </section>
    </Page>
  );
}
