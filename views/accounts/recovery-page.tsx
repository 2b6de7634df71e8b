// Recovery codes, shown this once, to be written down or printed.
import { Page, type Viewer } from '../parts/page.tsx';
import type { Texts } from '../text/texts.ts';

export type RecoveryView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly codes: readonly string[];
};

export function RecoveryPage({ words, here, viewer, codes }: RecoveryView) {
  const { account } = words;
  return (
    <Page words={words} title={account.recoveryTitle} here={here} viewer={viewer} mainClass="narrow">
      <section class="card rim stack">
        <h1 class="title">{account.recoveryTitle}</h1>
        <p>{account.recoveryLead}</p>
        <ul class="recovery-codes">
          {codes.map((code) => (
            <li>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <p>
          <a class="btn main" href="/account">
            {account.recoveryGoOn}
          </a>
        </p>
      </section>
    </Page>
  );
}
