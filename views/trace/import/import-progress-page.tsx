// How far an import in the background is, with a way to stop it; and the list of the latest ones.
import { Icon } from '../../parts/icon.tsx';
import { formatMoment } from '../../parts/time.ts';
import type { Texts } from '../../text/texts.ts';
import type { PageView } from '../parts.tsx';
import { TracePage } from '../trace-page.tsx';
import type { ImportLine } from './import-view.ts';

export type ImportProgressView = PageView & { readonly line: ImportLine };

/** Asks again by itself while it runs; without script a reload does. */
export function ImportProgressPage({ words, here, viewer, line }: ImportProgressView) {
  const text = words.trace.importing;
  const isOpen = line.state === 'waiting' || line.state === 'taking';
  const again = isOpen
    ? {
        'hx-get': here,
        'hx-trigger': 'every 2s',
        'hx-select': '#import',
        'hx-target': '#import',
        'hx-swap': 'outerHTML',
      }
    : {};
  return (
    <TracePage words={words} title={text.progressTitle} here={here} viewer={viewer}>
      <header class="stack">
        <h1>{text.progressTitle}</h1>
        <p class="soft">{line.name}</p>
      </header>
      <section class="card stack" id="import" aria-live="polite" {...again}>
        <p class="row">
          <StateBadge words={words} state={line.state} />
          <progress value={line.done} max={Math.max(1, line.total)} aria-label={text.progressTitle} />
          <span class="nowrap">{text.progress(line.done, line.total)}</span>
        </p>
        <Ending words={words} line={line} />
        {isOpen ? (
          <form method="post" action={`/lots/imports/${line.publicId}/cancelled`}>
            <p class="soft small">{text.progressLead}</p>
            <button class="btn" type="submit">
              {text.stop}
            </button>
          </form>
        ) : (
          <p class="row">
            <a class="btn" href="/lots/import">
              {text.again}
            </a>
            <a class="btn" href="/lots">
              {words.trace.lots.title}
            </a>
          </p>
        )}
      </section>
    </TracePage>
  );
}

function Ending({ words, line }: { words: Texts; line: ImportLine }) {
  const text = words.trace.importing;
  if (line.state === 'done') return <p role="status">{text.done(line.made, line.done - line.made, line.claims)}</p>;
  if (line.state === 'cancelled') return <p role="status">{text.stopped(line.done)}</p>;
  if (line.state !== 'failed') return null;
  return (
    <p role="alert">
      {text.failed(line.done)} {line.fault}
    </p>
  );
}

const badges: Readonly<Record<ImportLine['state'], readonly [kind: string, icon: string]>> = {
  draft: ['unsure', 'clock'],
  waiting: ['unsure', 'clock'],
  taking: ['due', 'clock'],
  done: ['done', 'check'],
  cancelled: ['offline', 'slash'],
  failed: ['refused', 'alert'],
};

function StateBadge({ words, state }: { words: Texts; state: ImportLine['state'] }) {
  const [kind, icon] = badges[state];
  return (
    <span class={`badge ${kind}`}>
      <Icon name={icon} />
      {words.trace.importing.states[state]}
    </span>
  );
}

export function ImportList({ words, imports }: { words: Texts; imports: readonly ImportLine[] }) {
  const text = words.trace.importing;
  return (
    <section class="card stack">
      <h2>{text.recent}</h2>
      <ul class="plain stack">
        {imports.map((line) => (
          <li class="row">
            <StateBadge words={words} state={line.state} />
            <a href={`/lots/imports/${line.publicId}`}>{line.name}</a>
            <span class="small soft">{text.progress(line.done, line.total)}</span>
            <time class="small faint" datetime={new Date(line.createdAt).toISOString()}>
              {formatMoment(line.createdAt, words.lang)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}
