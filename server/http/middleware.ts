// What every request passes first: a number, security headers, the same-origin rule, limits on the body.
import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type { Env } from '../deps.ts';
import { type Metrics, requestMetrics } from './metrics.ts';
import { Problem } from './problem.ts';

const unsafeMethods = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

export const pageBodyBytes = 1024 * 1024;
export const pictureBodyBytes = 16 * 1024 * 1024;
export const documentBodyBytes = 32 * 1024 * 1024;

export function requestId(): MiddlewareHandler<Env> {
  return async function numberRequest(c, next) {
    const id = randomUUID();
    c.set('requestId', id);
    c.header('x-request-id', id);
    await next();
  };
}

/** `pictures`: the origin a page may show pictures of besides our own. */
export function securityHeaders(pictures: (path: string) => string | undefined): MiddlewareHandler<Env> {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'blob:', 'data:', (c) => pictures(c.req.path) ?? ''],
      mediaSrc: ["'self'", 'blob:'],
      connectSrc: ["'self'"],
      workerSrc: ["'self'"],
      manifestSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    // hono's default frame header is SAMEORIGIN; nothing of ours belongs in a frame.
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
    permissionsPolicy: { camera: ['self'], microphone: [], geolocation: ['self'] },
  });
}

/** Refuses an unsafe request that another site caused, whatever its content type. */
export function sameOrigin(publicUrl: string): MiddlewareHandler<Env> {
  const own = new URL(publicUrl).origin;
  return async function checkOrigin(c, next) {
    if (unsafeMethods.has(c.req.method) && cameFromElsewhere(c.req.raw.headers, c.req.url, own)) {
      throw new Problem('cross_site', { detail: 'An unsafe method is only taken from a page of this site.' });
    }
    await next();
  };
}

function cameFromElsewhere(headers: Headers, url: string, own: string): boolean {
  const origin = headers.get('origin');
  const fetchSite = headers.get('sec-fetch-site');
  // `same-site` is refused too: a sister domain is another site for us.
  if (fetchSite !== null && fetchSite !== 'same-origin' && fetchSite !== 'none') return true;
  if (origin !== null) return origin !== own && origin !== requestOrigin(headers, url);
  // Programs with a bearer token send neither header; a browser's cookie always comes with one of them.
  return fetchSite === null && headers.has('cookie') && !headers.has('authorization');
}

/** The origin the request was made to, by its Host header: the server may be reached by a name it does not know. */
function requestOrigin(headers: Headers, url: string): string {
  const host = headers.get('host');
  const { protocol, origin } = new URL(url);
  return host === null ? origin : `${protocol}//${host}`;
}

/** Limits a body's size by the kind of route it goes to. */
export function bodyBounds(): MiddlewareHandler<Env> {
  const limits = new Map<number, MiddlewareHandler>();
  for (const maxSize of [pageBodyBytes, pictureBodyBytes, documentBodyBytes]) {
    limits.set(
      maxSize,
      bodyLimit({
        maxSize,
        onError: () => Promise.reject(tooLarge(maxSize)),
      }),
    );
  }
  return async function limitBody(c, next) {
    const most = boundFor(c.req.path, c.req.header('content-type') ?? '');
    const announced = announcedBytes(c.req.raw.headers, c.req.method);
    if (announced !== undefined && announced > most) throw tooLarge(most);
    const counted = announced === undefined ? limits.get(most) : undefined;
    return counted === undefined ? next() : counted(c, next);
  };
}

function tooLarge(maxSize: number): Problem {
  return new Problem('too_large', { detail: `The limit is ${maxSize / 1024 / 1024} MB.` });
}

/** The size HTTP holds the sender to (RFC 9112 §6); undefined: it has to be counted. Asking for the body itself is what costs. */
function announcedBytes(headers: Headers, method: string): number | undefined {
  if (headers.has('transfer-encoding')) return undefined;
  const length = headers.get('content-length');
  if (length !== null) return /^\d+$/.test(length) ? Number(length) : undefined;
  return method === 'GET' || method === 'HEAD' ? 0 : undefined;
}

function boundFor(path: string, type: string): number {
  if (path === '/packs' || path === '/api/packs') return documentBodyBytes;
  // What another server delivers of events is as large as what a partner captures.
  if (path.startsWith('/federation/inbox/')) return documentBodyBytes;
  if (path.startsWith('/epcis/') || path.startsWith('/api/lots/import') || path.startsWith('/lots/import'))
    return documentBodyBytes;
  if (type.startsWith('multipart/form-data') || type.startsWith('image/')) return pictureBodyBytes;
  return path.startsWith('/api/classify') ? pictureBodyBytes : pageBodyBytes;
}

/** Times every request by its route's pattern, never by its address. */
export function timeRequests(metrics: Metrics): MiddlewareHandler<Env> {
  return async function timeRequest(c, next) {
    const stop = requestMetrics(metrics).seconds.startTimer({ method: c.req.method });
    await next();
    stop({ route: c.get('route') ?? 'unknown', status: String(c.res.status) });
  };
}
