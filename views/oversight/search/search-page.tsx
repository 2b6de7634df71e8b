// What was found, kind by kind, under the box to ask again.
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';
import { EmptyState, LotBadge, type LotState, type PageView } from '../../trace/parts.tsx';

export type FoundGroup = {
  readonly kind: keyof Texts['search']['groups'];
  readonly found: readonly {
    readonly href: string;
    readonly name: string;
    readonly detail: string | null;
    readonly state?: LotState;
  }[];
};

export type SearchView = PageView & { readonly text: string; readonly groups: readonly FoundGroup[] };

export function SearchPage({ words, here, viewer, text, groups }: SearchView) {
  const said = words.search;
  return (
    <Page words={words} title={said.title} here={here} viewer={viewer} mainClass="narrow">
      <search>
        <form class="card stack" method="get" action="/search">
          <div class="field">
            <label for="q">
              <h1 class="title">{said.title}</h1>
            </label>
            <input
              id="q"
              name="q"
              type="search"
              value={text}
              autocomplete="off"
              spellcheck={false}
              aria-describedby="q-hint"
              autofocus
            />
            <p class="hint" id="q-hint">
              {viewer === null ? said.publicHint : said.hint}
            </p>
          </div>
          <button class="btn main" type="submit">
            <Icon name="search" />
            {words.common.search}
          </button>
        </form>
      </search>
      {groups.map((group) => (
        <Group words={words} group={group} />
      ))}
      {text !== '' && groups.length === 0 ? (
        <section class="card">
          <EmptyState title={said.noneTitle(text)} lead={viewer === null ? said.publicNone : said.none} />
        </section>
      ) : null}
    </Page>
  );
}

function Group({ words, group: { kind, found } }: { words: Texts; group: FoundGroup }) {
  return (
    <section class="card stack" aria-labelledby={`found-${kind}`}>
      <h2 id={`found-${kind}`}>{words.search.groups[kind]}</h2>
      <ul class="plain-list">
        {found.map(({ href, name, detail, state }) => (
          <li class="row spread">
            <span class="grow">
              <a href={href}>{name}</a>
              {detail === null ? null : <span class="small soft"> {detail}</span>}
            </span>
            {state === undefined ? null : <LotBadge words={words} state={state} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
