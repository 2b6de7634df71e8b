// A fully compressed Digital Link as an address of this server: it leads to the page of what it stands for.
import { Hono } from 'hono';
import type { Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { digitalLinkPath, parseDigitalLink } from '../code/digital-link.ts';

const publicKeys: ReadonlySet<string> = new Set(['01', '00', '414']);

/** Any other single word is no address of ours: registered last, it takes none from other rooms. */
export function compressedRoutes(): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/:compressed', (c) => {
    const { pathname, search } = new URL(c.req.url);
    const link = parseDigitalLink(`https://id.gs1.org${pathname}`);
    if (!link.ok || !publicKeys.has(link.key.ai)) throw new Problem('not_found');
    const query = new URLSearchParams(search);
    for (const { ai, value } of link.attributes) query.set(ai, value);
    c.header('Access-Control-Allow-Origin', '*');
    const asked = query.size === 0 ? '' : `?${query}`;
    return c.redirect(digitalLinkPath([link.key, ...link.qualifiers]) + asked, 301);
  });
  return app;
}
