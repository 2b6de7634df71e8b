// The check of the whole ledger from its page: start it, see how far it is, read what it found.
import { Icon } from '../parts/icon.tsx';
import { formatMoment } from '../parts/time.ts';
import type { Texts } from '../text/texts.ts';

export type CheckView = {
  readonly words: Texts;
  readonly check:
    | { readonly state: 'none' }
    | { readonly state: 'running'; readonly read: number; readonly size: number }
    | { readonly state: 'failed'; readonly at: number }
    | {
        readonly state: 'done';
        readonly at: number;
        readonly size: number;
        readonly tookMs: number;
        readonly faults: readonly { readonly place: string; readonly detail: string }[];
      };
};

const shown = 20;

export function CheckCard({ words, check }: CheckView) {
  const text = words.ledger;
  return (
    <section
      class="card stack"
      id="check"
      {...(check.state === 'running'
        ? { 'hx-get': '/ledger', 'hx-trigger': 'every 2s', 'hx-select': '#check', 'hx-swap': 'outerHTML' }
        : {})}
    >
      <h2>{text.check}</h2>
      <p class="soft small">{text.checkNote}</p>
      <Found words={words} check={check} />
      {check.state === 'running' ? null : (
        <form method="post" action="/ledger/checks">
          <button class="btn main" type="submit">
            <Icon name="check" />
            {text.checkNow}
          </button>
        </form>
      )}
    </section>
  );
}

function Found({ words, check }: CheckView) {
  const text = words.ledger;
  if (check.state === 'none') return null;
  if (check.state === 'failed') return <p role="alert">{text.checkFailed(formatMoment(check.at, words.lang))}</p>;
  if (check.state === 'running')
    return (
      <div class="stack" role="status">
        <p>{text.checking(check.read, check.size)}</p>
        <progress max={Math.max(1, check.size)} value={check.read} aria-label={text.check} />
        <p class="small">
          <a href="/ledger#check">{text.look}</a>
        </p>
      </div>
    );
  const at = formatMoment(check.at, words.lang);
  if (check.faults.length === 0)
    return (
      <p class="note is-good" role="status">
        <Icon name="check" />
        <span>{text.whole(check.size, at)}</span>
      </p>
    );
  return (
    <div class="stack" role="alert">
      <p class="note is-bad">
        <Icon name="alert" />
        <span>{text.broken(check.faults.length, at)}</span>
      </p>
      <ul class="small" lang="en">
        {check.faults.slice(0, shown).map(({ place, detail }) => (
          <li>
            {place}: {detail}
          </li>
        ))}
      </ul>
    </div>
  );
}
