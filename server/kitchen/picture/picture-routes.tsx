// Pictures, authorized at the byte: by a signed address, or by a caller who may see the site; sharp for an inspector with a reason.
import { type Context, Hono } from 'hono';
import { seesAllSites, seesSite } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { seeOther } from '../../http/respond.tsx';
import { linkHolds } from '../../http/signed-link.ts';
import { formFields } from '../../http/upload-form.ts';
import { openedForMs, openOriginal } from '../../sight/open-original.ts';
import { sendPicture } from '../../sight/send-picture.ts';
import { hasOpened } from '../../sight/stored-picture-store.ts';
import { pictureLinks } from './picture-link.ts';
import { picturesOf } from './picture-store.ts';
import { showKitchenPicture } from './show-kitchen-picture.ts';

export function pictureRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/pictures/:hash', async (c) => {
    const hash = authorizedHash(c, deps);
    const role = c.get('caller')?.role;
    const looker =
      role === undefined ? ({ role: 'public', purpose: 'public' } as const) : { role, purpose: 'page' as const };
    return sendPicture(c, await showKitchenPicture(deps, hash, looker));
  });
  app.get('/pictures/:hash/original', async (c) => {
    const hash = hashOf(c);
    const { id, role } = signedInCaller(c);
    // No role opens an original by its address alone: the reason has been written down a moment ago, by this very person.
    const mayOpen = isSigned(c, deps) && hasOpened(deps.db, hash, id, deps.clock() - openedForMs);
    if (!mayOpen) throw new Problem('not_found');
    return sendPicture(c, await showKitchenPicture(deps, hash, { role, purpose: 'opened' }));
  });
  app.post('/pictures/:hash/openings', async (c) => {
    const hash = hashOf(c);
    const caller = signedInCaller(c);
    const isOverseen = picturesOf(deps.db, hash).some(({ siteId }) => seesSite(caller, siteId));
    if (!isOverseen && !seesAllSites(caller)) throw new Problem('not_found');
    const { reason } = await formFields(c);
    openOriginal(deps, caller, hash, typeof reason === 'string' ? reason.slice(0, 500) : '');
    return seeOther(c, pictureLinks(deps).opened(hash));
  });
  return app;
}

function hashOf(c: Context<Env>): string {
  const hash = c.req.param('hash') ?? '';
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new Problem('not_found');
  return hash;
}

function authorizedHash(c: Context<Env>, deps: Deps): string {
  const hash = hashOf(c);
  const pictures = picturesOf(deps.db, hash);
  const caller = c.get('caller');
  const own = caller !== null && pictures.some((picture) => seesSite(caller, picture.siteId));
  // A stranger's picture and no picture look the same.
  if (pictures.length === 0 || !(own || isSigned(c, deps))) throw new Problem('not_found');
  return hash;
}

function isSigned(c: Context<Env>, { secrets, clock }: Deps): boolean {
  return linkHolds(secrets.linkKey, 'GET', c.req.path, new URL(c.req.url).searchParams, clock());
}
