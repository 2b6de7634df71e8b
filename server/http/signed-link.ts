// Addresses of pictures that open for a few minutes to whoever was given them, and cannot be made up.
import { createHmac, timingSafeEqual } from 'node:crypto';

export const longestLinkMs = 300_000;

/** `path` with an expiry and a signature bound to method, path and expiry. The page that shows it has authorized its reader. */
export function signLink(key: Buffer, path: string, now: number, method = 'GET'): string {
  const expires = now + longestLinkMs;
  return `${path}?expires=${expires}&signature=${signature(key, method, path, expires)}`;
}

/** Whether the signature fits this method and path and has not run out. */
export function linkHolds(key: Buffer, method: string, path: string, query: URLSearchParams, now: number): boolean {
  const expires = Number(query.get('expires'));
  const given = Buffer.from(query.get('signature') ?? '', 'base64url');
  const wanted = Buffer.from(signature(key, method, path, expires), 'base64url');
  const inTime = Number.isInteger(expires) && expires >= now && expires <= now + longestLinkMs;
  return inTime && given.length === wanted.length && timingSafeEqual(given, wanted);
}

function signature(key: Buffer, method: string, path: string, expires: number): string {
  return createHmac('sha256', key).update(`${method} ${path} ${expires}`).digest('base64url');
}
