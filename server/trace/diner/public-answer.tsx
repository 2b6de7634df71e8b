// How a public code is answered: as a page, as data, as a linkset or by a link of one type, and what is said when nothing is found.
import type { Context } from 'hono';
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import { say } from '../../../views/text/say.ts';
import { BadCodePage, UnknownLotPage } from '../../../views/trace/diner/diner-other-pages.tsx';
import type { Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { here, page } from '../../http/respond.tsx';
import { asksForLinkset, linkOfType, linksetJson, type ResolverLevel } from './linkset.ts';

/** What a public code leads to, in each of its forms. */
export type Shown = {
  readonly code: string;
  readonly levels: readonly ResolverLevel[];
  readonly json: () => unknown;
  readonly html: () => Promise<Response>;
};

export async function shownOrUnknown(
  c: Context<Env>,
  misses: RateLimiterMemory,
  said: string,
  find: () => Shown | undefined,
): Promise<Response> {
  const shown = find();
  if (shown !== undefined) return negotiated(c, shown);
  await countMiss(c, misses);
  if (!wantsHtml(c)) throw new Problem('not_found', { detail: `Nothing is registered under ${said}.` });
  return page(c, <UnknownLotPage words={c.get('words')} here={here(c)} viewer={c.get('viewer')} code={said} />, 404);
}

async function countMiss(c: Context<Env>, misses: RateLimiterMemory): Promise<void> {
  try {
    await misses.consume(c.get('clientAddress'));
  } catch {
    throw new Problem('too_many_requests', { headers: { 'retry-after': '60' } });
  }
}

function negotiated(c: Context<Env>, shown: Shown): Response | Promise<Response> {
  const accept = c.req.header('accept') ?? '';
  const linkType = c.req.query('linkType');
  c.header('Link', `<${shown.code}?linkType=linkset>; rel="linkset"; type="application/linkset+json"`);
  if (asksForLinkset(linkType, accept)) {
    c.header('content-type', 'application/linkset+json');
    return c.body(JSON.stringify(linksetJson(shown.levels)));
  }
  if (linkType !== undefined && linkType !== '') return redirectToType(c, shown, linkType);
  if (!wantsHtml(c) && /application\/(ld\+)?json/.test(accept)) {
    c.header('vary', 'Accept', { append: true });
    return c.json(shown.json() as Record<string, unknown>);
  }
  return shown.html();
}

function redirectToType(c: Context<Env>, shown: Shown, linkType: string): Response {
  const link = linkOfType(shown.levels, linkType);
  if (link === undefined)
    throw new Problem('not_found', { detail: `There is no link of type ${linkType.slice(0, 60)} for this code.` });
  const target = new URL(link.href);
  for (const [name, value] of new URL(c.req.url).searchParams)
    if (name !== 'linkType') target.searchParams.append(name, value);
  return c.redirect(target.toString(), 307);
}

export type CodeFault = { readonly code: 'check_digit' | 'bad_link'; readonly at: string; readonly detail: string };

export function badCode(c: Context<Env>, path: string, fault: CodeFault): Promise<Response> {
  const problem = new Problem('invalid_input', {
    detail: fault.detail,
    faults: [{ place: 'path', code: fault.code, detail: fault.detail }],
  });
  if (!wantsHtml(c)) throw problem;
  const words = c.get('words');
  const said = words.trace.codeFaults[fault.code] ?? say(words, fault.detail);
  return page(
    c,
    <BadCodePage
      words={words}
      here={here(c)}
      viewer={c.get('viewer')}
      code={decoded(path)}
      faults={[{ found: fault.at, said }]}
    />,
    400,
  );
}

export function decoded(path: string): string {
  try {
    return decodeURIComponent(path).slice(0, 200);
  } catch {
    return path.slice(0, 200);
  }
}

function wantsHtml(c: Context<Env>): boolean {
  return (c.req.header('accept') ?? '').includes('text/html');
}
