// One SOAP call to one camera through the guard: logged in both ways cameras ask for, answered in plain objects.

import { createHash, randomBytes } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import { type CameraUrl, type Guard, pinAddress } from './address-guard.ts';
import { CameraFault } from './camera-fault.ts';
import { answerChallenge, type Login } from './digest.ts';
import { askHttp, type HttpAnswer } from './http-exchange.ts';
import { headersNamed } from './http-head.ts';

export interface SoapTarget {
  readonly url: CameraUrl;
  readonly guard: Guard;
  readonly login?: Login;
  readonly signal: AbortSignal;
  /** How far the camera's clock is ahead: it refuses a login of another time. */
  readonly clockOffsetMs?: number;
  readonly now: () => number;
}

const maxAnswerBytes = 256 * 1024;
const parser = new XMLParser({ removeNSPrefix: true, ignoreAttributes: false, processEntities: false });

/** The answer's body. Throws CameraFault. */
export async function askSoap(target: SoapTarget, body: string): Promise<unknown> {
  const sent = `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">${securityOf(target)}<s:Body>${body}</s:Body></s:Envelope>`;
  const answer = await post(target, sent);
  const { status } = answer.head;
  const text = await textOf(answer);
  if (status === 401 || status === 403 || /NotAuthorized|FailedAuthentication|sender not authorized/i.test(text))
    throw new CameraFault('unauthorised', target.login ? 'User or password are not accepted.' : 'It wants a login.');
  if (status === 404) throw new CameraFault('not_found', 'The camera has no ONVIF at this port.');
  const found = fieldOf(readXml(text), 'Envelope', 'Body');
  if (status !== 200 || found === undefined || fieldOf(found, 'Fault') !== undefined)
    throw new CameraFault('protocol', `The camera answered ${status} and nothing that is ONVIF.`);
  return found;
}

/** What XML says as plain objects, its prefixes left out; undefined for what is none. */
export function readXml(text: string): unknown {
  // Nobody needs a document type here, and only a hostile one has it.
  if (/<!DOCTYPE/i.test(text)) return undefined;
  try {
    return parser.parse(text);
  } catch {
    return undefined;
  }
}

/** The value at a path of names; undefined where one is not there. */
export function fieldOf(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, name) => {
    const one = Array.isArray(at) ? at[0] : at;
    return one !== null && typeof one === 'object' && Object.hasOwn(one, name) ? Reflect.get(one, name) : undefined;
  }, value);
}

export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === '') return [];
  return Array.isArray(value) ? value : [value];
}

async function post(target: SoapTarget, body: string): Promise<HttpAnswer> {
  const { url, guard, signal, login } = target;
  const pinned = await pinAddress(url, guard);
  const headers = { 'content-type': 'application/soap+xml; charset=utf-8' };
  const answer = await askHttp({ pinned, guard, signal, body, headers });
  const challenges = headersNamed(answer.head, 'www-authenticate');
  const authorize = answer.head.status === 401 && login ? answerChallenge(challenges, login) : undefined;
  if (!authorize) return answer;
  answer.close();
  const authorization = authorize('POST', pinned.path);
  return askHttp({ pinned, guard, signal, body, headers: { ...headers, authorization } });
}

/** WS-Security's UsernameToken: the password never travels. */
function securityOf({ login, clockOffsetMs = 0, now }: SoapTarget): string {
  if (login === undefined) return '';
  const nonce = randomBytes(16);
  const created = new Date(now() + clockOffsetMs).toISOString();
  const digest = createHash('sha1').update(nonce).update(created).update(login.password).digest('base64');
  const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
  return `<s:Header><Security xmlns="${wsse}-wssecurity-secext-1.0.xsd" s:mustUnderstand="1"><UsernameToken><Username>${escapeXml(login.user)}</Username><Password Type="${wsse}-username-token-profile-1.0#PasswordDigest">${digest}</Password><Nonce EncodingType="${wsse}-soap-message-security-1.0#Base64Binary">${nonce.toString('base64')}</Nonce><Created xmlns="${wsse}-wssecurity-utility-1.0.xsd">${created}</Created></UsernameToken></Security></s:Header>`;
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

async function textOf(answer: HttpAnswer): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of answer.body) {
      size += part.length;
      if (size > maxAnswerBytes)
        throw new CameraFault('too_large', `The camera sent more than ${maxAnswerBytes} bytes.`);
      parts.push(part);
      if (answer.length !== undefined && size >= answer.length) break;
    }
  } finally {
    answer.close();
  }
  return Buffer.concat(parts).toString('utf8');
}
