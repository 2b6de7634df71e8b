// Codes of an authenticator app (RFC 6238): six digits, each good for about half a minute and once.
import { Secret, TOTP } from 'otpauth';

const issuer = 'Bright Kitchen';
const periodMs = 30_000;
const secretBytes = 20;

/** Base32, as people type it into an app. */
export function newTotpSecret(): string {
  return new Secret({ size: secretBytes }).base32;
}

/** `otpauth://totp/…`, which the app reads from a QR code. */
export function totpUri(secret: string, login: string): string {
  return totpOf(secret, login).toString();
}

/** The step whose code this is: the present one, or a neighbour for clocks that are off; undefined: it is none of them. */
export function stepOfCode(secret: string, code: string, at: number): number | undefined {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const delta = totpOf(secret, '').validate({ token, timestamp: at, window: 1 });
  return delta === null ? undefined : Math.floor(at / periodMs) + delta;
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({ issuer, label, algorithm: 'SHA1', digits: 6, period: 30, secret: Secret.fromBase32(secret) });
}
