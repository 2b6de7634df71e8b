// The page of a refusal: what happened, what to do next, every fault with its place.
import { say } from '../text/say.ts';
import type { Texts } from '../text/texts.ts';
import { Page, type Viewer } from './page.tsx';

export type ProblemView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly code: keyof Texts['problems'];
  readonly detail?: string | undefined;
  readonly faults: readonly { readonly place: string; readonly detail: string }[];
  readonly requestId: string;
  readonly signIn: boolean;
};

export function ProblemPage({ words, here, viewer, code, detail, faults, requestId, signIn }: ProblemView) {
  const said = words.problems[code];
  return (
    <Page words={words} title={said.title} here={here} viewer={viewer} mainClass="narrow">
      <section class="card rim is-warn stack" role="alert">
        <h1 class="title">{said.title}</h1>
        <p>{said.next}</p>
        {detail === undefined ? null : <p class="soft small">{say(words, detail)}</p>}
        {faults.length === 0 ? null : (
          <ul class="faults">
            {faults.map((fault) => (
              <li>
                {say(words, fault.detail)} <code class="faint">{fault.place}</code>
              </li>
            ))}
          </ul>
        )}
        <div class="row">
          {signIn ? (
            <a class="btn main" href={`/sign-in?next=${encodeURIComponent(here)}`}>
              {words.common.signIn}
            </a>
          ) : null}
          <a class="btn" href="/">
            {words.common.nav.home}
          </a>
        </div>
        {code === 'internal' ? (
          <p class="faint small">
            <code>{requestId}</code>
          </p>
        ) : null}
      </section>
    </Page>
  );
}
