// One search over HTTP, for everybody: what may be found depends on who asks.
import { type Context, Hono } from 'hono';
import { type FoundGroup, SearchPage } from '../../../views/oversight/search/search-page.tsx';
import type { Deps, Env } from '../../deps.ts';
import { here, page } from '../../http/respond.tsx';
import { type Found, foundByCode, foundKitchens, foundLots, foundPeople, foundPlaces } from './search-store.ts';

const longestSearch = 200;

export function searchRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/search', (c) => search(c, deps));
  return app;
}

function search(c: Context<Env>, deps: Deps): Response | Promise<Response> {
  const words = c.get('words');
  const viewer = c.get('viewer');
  // A phone shares a link as text or as an address.
  const text = (c.req.query('q') || (c.req.query('url') ?? '')).trim().slice(0, longestSearch);
  const groups = text === '' ? [] : groupsOf(c, deps, text);
  const [only] = groups.flatMap(({ found }) => found);
  // A scanned code leads where it names; letters that fit one thing only may mean another, so a person looks.
  if (only !== undefined && groups[0]?.kind === 'code' && groups.length === 1) return c.redirect(only.href, 303);
  return page(c, <SearchPage words={words} here={here(c)} viewer={viewer} text={text} groups={groups} />);
}

function groupsOf(c: Context<Env>, deps: Deps, text: string): FoundGroup[] {
  const asking = { deps, words: c.get('words'), caller: c.get('caller'), text };
  const byCode = foundByCode(asking);
  const shown = new Set(byCode.map(({ href }) => href));
  const others = (found: readonly Found[]) => found.filter(({ href }) => !shown.has(href));
  const groups: FoundGroup[] = [
    { kind: 'code', found: byCode },
    { kind: 'lots', found: others(foundLots(asking)) },
    { kind: 'kitchens', found: others(foundKitchens(asking)) },
    { kind: 'places', found: others(foundPlaces(asking)) },
    { kind: 'people', found: foundPeople(asking) },
    { kind: 'pages', found: pagesNamed(c, text) },
  ];
  return groups.filter(({ found }) => found.length > 0);
}

/** The places in the bar, by a part of their name. */
function pagesNamed(c: Context<Env>, text: string): Found[] {
  const links = c.get('viewer')?.links ?? [];
  const asked = text.toLowerCase();
  return links
    .filter(({ label }) => label.toLowerCase().includes(asked))
    .map(({ href, label }) => ({ href, name: label, detail: null }));
}
