// Pictures, authorized at the byte: a signed address, or a caller who may see the site; blurred unless it says original.
import { type Context, Hono } from 'hono';
import { seesSite } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { seeOther } from '../../http/respond.tsx';
import { linkHolds } from '../../http/signed-link.ts';
import { formFields } from '../../http/upload-form.ts';
import { openBlurs } from './blur-heads.ts';
import { openOriginal } from './open-original.ts';
import { pictureLinks } from './picture-link.ts';
import { type Picture, picturesOf } from './picture-store.ts';

const cachedSeconds = 180;

export function pictureRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  const blurred = openBlurs();
  app.get('/pictures/:hash', async (c) => {
    const { hash, pictures } = authorize(c, deps);
    const bytes = bytesOf(deps, hash);
    const heads = pictures.flatMap((picture) => picture.heads);
    return send(c, await blurred(hash, bytes, heads));
  });
  app.get('/pictures/:hash/original', (c) => {
    const hash = hashOf(c);
    // No role opens an original by its address alone: the page that signs it has asked why.
    if (!isSigned(c, deps)) throw new Problem('not_found');
    return send(c, bytesOf(deps, hash));
  });
  app.post('/pictures/:hash/openings', async (c) => {
    const hash = hashOf(c);
    const { reason } = await formFields(c);
    openOriginal(deps, signedInCaller(c), hash, typeof reason === 'string' ? reason.slice(0, 500) : '');
    return seeOther(c, pictureLinks(deps).original(hash));
  });
  return app;
}

function hashOf(c: Context<Env>): string {
  const hash = c.req.param('hash') ?? '';
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new Problem('not_found');
  return hash;
}

function authorize(c: Context<Env>, deps: Deps): { hash: string; pictures: readonly Picture[] } {
  const hash = hashOf(c);
  const pictures = picturesOf(deps.db, hash);
  const caller = c.get('caller');
  const own = caller !== null && pictures.some((picture) => seesSite(caller, picture.siteId));
  // A stranger's picture and no picture look the same.
  if (pictures.length === 0 || !(own || isSigned(c, deps))) throw new Problem('not_found');
  return { hash, pictures };
}

function isSigned(c: Context<Env>, { secrets, clock }: Deps): boolean {
  return linkHolds(secrets.linkKey, 'GET', c.req.path, new URL(c.req.url).searchParams, clock());
}

function bytesOf({ blobs }: Deps, hash: string): Buffer {
  const bytes = blobs.get(hash);
  if (bytes === undefined) throw new Problem('not_found');
  return bytes;
}

function send(c: Context<Env>, bytes: Buffer): Response {
  c.header('content-type', 'image/jpeg');
  c.header('cache-control', `private, max-age=${cachedSeconds}`);
  c.header('x-content-type-options', 'nosniff');
  return c.body(new Uint8Array(bytes));
}
