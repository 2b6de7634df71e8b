// Passkeys (WebAuthn): the site they are bound to, and challenges that are checked without being kept.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Config } from '../../config.ts';

/** The site a passkey is bound to: the name in the address, and the origin pages come from. */
export type RelyingParty = { readonly id: string; readonly origin: string; readonly name: string };

/** Undefined where browsers offer none: they want a name, not an address, and https, or this very machine. */
export function relyingParty({ publicUrl }: Pick<Config, 'publicUrl'>): RelyingParty | undefined {
  const { hostname, origin, protocol } = new URL(publicUrl);
  const isAddress = hostname.startsWith('[') || /^\d{1,3}(\.\d{1,3}){3}$/.test(hostname);
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  if (isAddress || (protocol !== 'https:' && !isLocal)) return undefined;
  return { id: hostname, origin, name: '明厨亮灶 Bright Kitchen' };
}

export const challengeMs = 5 * 60_000;
const randomPart = 16;
const timePart = 6;

/** What a challenge is for: adding a passkey to one account, or signing in. */
export type Purpose = `add ${number}` | 'sign-in';

/** Random bytes, when they end, and a seal over both and the purpose. base64url. */
export function newChallenge(key: Buffer, purpose: Purpose, now: number): string {
  const body = Buffer.alloc(randomPart + timePart);
  randomBytes(randomPart).copy(body);
  body.writeUIntBE(now + challengeMs, randomPart, timePart);
  return Buffer.concat([body, sealOf(key, purpose, body)]).toString('base64url');
}

/** When the challenge ends; undefined for one that is over, or that this server did not give for this purpose. */
export function challengeEnd(key: Buffer, purpose: Purpose, challenge: string, now: number): number | undefined {
  const bytes = Buffer.from(challenge, 'base64url');
  const body = bytes.subarray(0, randomPart + timePart);
  const seal = bytes.subarray(randomPart + timePart);
  const wanted = sealOf(key, purpose, body);
  if (body.length < randomPart + timePart || seal.length !== wanted.length || !timingSafeEqual(seal, wanted))
    return undefined;
  const end = body.readUIntBE(randomPart, timePart);
  return end > now ? end : undefined;
}

function sealOf(key: Buffer, purpose: Purpose, body: Buffer): Buffer {
  return createHmac('sha256', key).update(`passkey challenge ${purpose} `).update(body).digest();
}
