// Answers a camera's Basic or Digest challenge (RFC 7617, RFC 7616), for HTTP and RTSP alike.

import { createHash, randomBytes } from 'node:crypto';

export interface Login {
  readonly user: string;
  readonly password: string;
}

export type Authorize = (method: string, uri: string) => string;

/** The Authorization values for the strongest challenge we know, or undefined when there is none. */
export function answerChallenge(
  headers: readonly string[],
  login: Login,
  nonce = randomBytes(8).toString('hex'),
): Authorize | undefined {
  const challenges = headers.flatMap(readChallenges);
  const digests = challenges.filter(
    ({ scheme, fields }) => scheme === 'digest' && hashOf(fields.get('algorithm')) !== undefined,
  );
  const strong = digests.find(({ fields }) => hashOf(fields.get('algorithm')) === 'sha256') ?? digests[0];
  if (strong) return digest(strong.fields, login, nonce);
  if (!challenges.some(({ scheme }) => scheme === 'basic')) return undefined;
  const basic = `Basic ${Buffer.from(`${login.user}:${login.password}`, 'utf8').toString('base64')}`;
  return () => basic;
}

interface Challenge {
  readonly scheme: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** One header may hold several challenges: `Digest realm="a", nonce="b", Basic realm="c"`. */
function readChallenges(header: string): Challenge[] {
  const found: { scheme: string; fields: Map<string, string> }[] = [];
  const token =
    /(?:^|[\s,]+)(?:([A-Za-z]+)(?=\s+[A-Za-z]+\s*=|\s*$)\s*)?(?:([A-Za-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)))?/y;
  while (token.lastIndex < header.length && found.length < 8) {
    const match = token.exec(header);
    if (!match || match[0] === '') break;
    const [, scheme, name, quoted, plain] = match;
    if (scheme) found.push({ scheme: scheme.toLowerCase(), fields: new Map() });
    if (name) found.at(-1)?.fields.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '');
  }
  return found;
}

function hashOf(algorithm = 'MD5'): 'md5' | 'sha256' | undefined {
  const name = algorithm.toUpperCase().replace(/-SESS$/, '');
  if (name === 'MD5') return 'md5';
  return name === 'SHA-256' ? 'sha256' : undefined;
}

function digest(fields: ReadonlyMap<string, string>, { user, password }: Login, cnonce: string): Authorize {
  const algorithm = fields.get('algorithm');
  const hash = (text: string): string =>
    createHash(hashOf(algorithm) ?? 'md5')
      .update(text, 'utf8')
      .digest('hex');
  const realm = fields.get('realm') ?? '';
  const nonce = fields.get('nonce') ?? '';
  const opaque = fields.get('opaque');
  const qop = fields
    .get('qop')
    ?.split(',')
    .some((each) => each.trim() === 'auth')
    ? 'auth'
    : undefined;
  const plain = hash(`${user}:${realm}:${password}`);
  const secret = algorithm?.toUpperCase().endsWith('-SESS') ? hash(`${plain}:${nonce}:${cnonce}`) : plain;
  let count = 0;
  return (method, uri) => {
    count++;
    const nc = count.toString(16).padStart(8, '0');
    const request = hash(`${method}:${uri}`);
    const response = qop
      ? hash(`${secret}:${nonce}:${nc}:${cnonce}:${qop}:${request}`)
      : hash(`${secret}:${nonce}:${request}`);
    const parts = [
      `username=${quoted(user)}`,
      `realm=${quoted(realm)}`,
      `nonce=${quoted(nonce)}`,
      `uri=${quoted(uri)}`,
      `response="${response}"`,
    ];
    if (algorithm) parts.push(`algorithm=${algorithm}`);
    if (opaque !== undefined) parts.push(`opaque=${quoted(opaque)}`);
    if (qop) parts.push(`qop=${qop}`, `nc=${nc}`, `cnonce="${cnonce}"`);
    return `Digest ${parts.join(', ')}`;
  };
}

/** A user name with a line break in it must not become a header of its own. */
function quoted(text: string): string {
  return `"${text.replace(/[\r\n]/g, '').replace(/["\\]/g, '\\$&')}"`;
}
