// Sends a picture that went through the rule; nothing else sends one.
import type { Context } from 'hono';
import type { Env } from '../deps.ts';
import { Problem } from '../http/problem.ts';
import type { ShownPicture } from './show-picture.ts';

const cachedSeconds = 180;

/** Throws Problem: 404 where there is none. */
export function sendPicture(c: Context<Env>, picture: ShownPicture | undefined): Response {
  if (picture === undefined) throw new Problem('not_found');
  c.header('content-type', 'image/jpeg');
  c.header('cache-control', `private, max-age=${cachedSeconds}`);
  c.header('x-content-type-options', 'nosniff');
  return c.body(new Uint8Array(picture.jpeg));
}
