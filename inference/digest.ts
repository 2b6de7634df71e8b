// Answers a camera's Basic or Digest challenge (RFC 7617, RFC 7616), for HTTP and RTSP alike.

import { createHash, randomBytes } from 'node:crypto';
import { CameraFault } from './camera-fault.ts';
import { type Challenge, readChallenges } from './challenge.ts';
import { encodeGbk } from './gbk.ts';

export interface Login {
  readonly user: string;
  readonly password: string;
  /** How characters beyond ASCII are sent; cameras of an older make know only the second. */
  readonly charset?: 'utf8' | 'gbk';
}

export type Authorize = (method: string, uri: string) => string;

/** How often a request is asked again with the login; a stale nonce is no refusal, but not for ever. */
export const mostLoginTries = 3;

/** The Authorization values for the strongest challenge we know, or undefined when there is none. */
export function answerChallenge(
  headers: readonly string[],
  login: Login,
  nonce = randomBytes(8).toString('hex'),
): Authorize | undefined {
  const challenges = headers.flatMap(readChallenges);
  const digests = challenges.filter(
    (each) => each.scheme === 'digest' && hashOf(each) !== undefined && canAnswer(each),
  );
  const [strongest] = [...digests].sort((a, b) => strengthOf(b) - strengthOf(a));
  if (strongest) return digest(strongest, login, nonce);
  if (!challenges.some(({ scheme }) => scheme === 'basic')) return undefined;
  const basic = `Basic ${bytesOf(`${login.user}:${login.password}`, login).toString('base64')}`;
  return () => basic;
}

/** Another try is worth it: the camera says that only its nonce was old, or gave another spelling a chance. */
export function nextLogin(headers: readonly string[], login: Login, tries: number): Login | undefined {
  if (tries >= mostLoginTries) return undefined;
  if (tries === 0) return login;
  const stale = headers.flatMap(readChallenges).some(({ fields }) => fields.get('stale')?.toLowerCase() === 'true');
  if (stale) return login;
  const plain = /^[\x20-\x7e]*$/.test(login.user + login.password);
  return plain || login.charset === 'gbk' ? undefined : { ...login, charset: 'gbk' };
}

/** Why a 401 could not be answered, or was answered in vain. */
export function refusedLogin(status: number, headers: readonly string[], login: Login | undefined): CameraFault {
  const challenges = headers.flatMap(readChallenges);
  if (status === 401 && login !== undefined && challenges.length === 0) {
    return new CameraFault('challenge', 'The camera answered 401 without saying how to log in.');
  }
  const known = challenges.some((each) => each.scheme === 'basic' || (each.scheme === 'digest' && hashOf(each)));
  if (status === 401 && login !== undefined && !known) {
    const names = challenges.map(({ scheme, fields }) => fields.get('algorithm') ?? scheme).join(', ');
    return new CameraFault('algorithm', `The camera wants a login by ${names.slice(0, 60)}, which is not spoken here.`);
  }
  const why = login === undefined ? 'it wants a user and a password.' : 'user or password are not accepted.';
  return new CameraFault('unauthorised', `The camera answered ${status}: ${why}`);
}

const hashes = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' } as const;
type Hash = (typeof hashes)[keyof typeof hashes];

function hashOf({ fields }: Challenge): Hash | undefined {
  const name = (fields.get('algorithm') || 'MD5').toUpperCase().replace(/-SESS$/, '');
  const plain = name.replace(/^SHA(256|512-256)$/, 'SHA-$1').replace(/^SHA-?512\/256$/, 'SHA-512-256');
  return (hashes as Readonly<Record<string, Hash>>)[plain];
}

function strengthOf(challenge: Challenge): number {
  return Object.values(hashes).indexOf(hashOf(challenge) ?? 'md5');
}

/** `auth` where it is offered, `auth-int` where that is all; nothing as RFC 2069 had it. */
function protectionOf({ fields }: Challenge): 'auth' | 'auth-int' | undefined {
  const offered = (fields.get('qop') ?? '').split(/[\s,]+/).map((each) => each.toLowerCase());
  return offered.includes('auth') ? 'auth' : offered.includes('auth-int') ? 'auth-int' : undefined;
}

function canAnswer(challenge: Challenge): boolean {
  const qop = challenge.fields.get('qop')?.trim() ?? '';
  return qop === '' || protectionOf(challenge) !== undefined;
}

function digest(challenge: Challenge, login: Login, cnonce: string): Authorize {
  const { fields } = challenge;
  const algorithm = fields.get('algorithm');
  const hash = (text: string | Buffer): string =>
    createHash(hashOf(challenge) ?? 'md5')
      .update(text)
      .digest('hex');
  const [realm, nonce, opaque] = [fields.get('realm') ?? '', fields.get('nonce') ?? '', fields.get('opaque')];
  const qop = protectionOf(challenge);
  const plain = hash(bytesOf(`${login.user}:${realm}:${login.password}`, login));
  const secret = algorithm?.toUpperCase().endsWith('-SESS') ? hash(`${plain}:${nonce}:${cnonce}`) : plain;
  let count = 0;
  return (method, uri) => {
    count++;
    const nc = count.toString(16).padStart(8, '0');
    // Requests to a camera have no body, so `auth-int` protects an empty one.
    const request = hash(qop === 'auth-int' ? `${method}:${uri}:${hash('')}` : `${method}:${uri}`);
    const response = hash(
      qop ? `${secret}:${nonce}:${nc}:${cnonce}:${qop}:${request}` : `${secret}:${nonce}:${request}`,
    );
    const parts = [
      `username=${quoted(login.user)}`,
      `realm=${quoted(realm)}`,
      `nonce=${quoted(nonce)}`,
      `uri=${quoted(uri)}`,
      `response="${response}"`,
    ];
    if (algorithm) parts.push(`algorithm=${token(algorithm)}`);
    if (opaque !== undefined) parts.push(`opaque=${quoted(opaque)}`);
    if (qop || algorithm?.toUpperCase().endsWith('-SESS')) parts.push(`cnonce="${cnonce}"`);
    if (qop) parts.push(`qop=${qop}`, `nc=${nc}`);
    return `Digest ${parts.join(', ')}`;
  };
}

function bytesOf(text: string, { charset }: Login): Buffer {
  return charset === 'gbk' ? encodeGbk(text) : Buffer.from(text, 'utf8');
}

/** A user name with a line break in it must not become a header of its own. */
function quoted(text: string): string {
  return `"${text.replace(/[\r\n]/g, '').replace(/["\\]/g, '\\$&')}"`;
}

function token(text: string): string {
  return text.replace(/[^\w.-]/g, '');
}
