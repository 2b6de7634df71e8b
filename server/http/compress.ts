// Makes what is sent smaller: pages and answers as they go, files once and then from memory.
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import type { Env } from '../deps.ts';
import { wantsFragment } from './respond.tsx';

/** Below this nothing is won: it fits into one packet. */
const leastBytes = 1_400;

/**
 * Whole pages and answers of the API. What somebody guesses from the length of an answer needs requests of another site
 * with a person's cookie, and cookies are never sent with those.
 */
export function compressAnswers(): MiddlewareHandler<Env> {
  const whole = compress({ encoding: 'gzip', threshold: leastBytes });
  return async function compressAnswer(c, next) {
    // A fragment is small, and somebody waits for it with a key pressed.
    return wantsFragment(c) ? next() : whole(c, next);
  };
}

const packings = {
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
} as const;
export type Packing = keyof typeof packings;

export type Packed = { readonly bytes: Uint8Array<ArrayBuffer>; readonly packing?: Packing };

/** A file that does not change, packed on its first request for each way that browsers ask for. */
export function packedFile(bytes: Uint8Array<ArrayBuffer>): (accepts: string | undefined) => Promise<Packed> {
  const kept = new Map<Packing, Promise<Packed>>();
  return (accepts) => {
    const packing = asked(accepts);
    if (packing === undefined || bytes.length < leastBytes) return Promise.resolve({ bytes });
    const known =
      kept.get(packing) ?? packings[packing](bytes).then((less) => ({ bytes: Uint8Array.from(less), packing }));
    kept.set(packing, known);
    return known;
  };
}

/** Browsers name what they read without weights; whoever weighs gets the file as it is. */
function asked(accepts = ''): Packing | undefined {
  const names = accepts.split(',').map((name) => name.trim());
  return (['br', 'gzip'] as const).find((name) => names.includes(name));
}
