// Calls a district's server: to a checked and pinned address alone, without following redirects, within a time and a size.
import type { Guard } from '../../../inference/address-guard.ts';
import { callPinned } from '../../../inference/call-pinned.ts';
import { faultOfNetwork } from '../../../inference/camera-fault.ts';

type Call = {
  readonly address: string;
  readonly token: string;
  readonly guard: Guard;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly json?: unknown;
};

type CallAnswer = { readonly status: number; readonly json: unknown };

/** A call to one server. */
export type ServerCall = (method: Call['method'], path: string, json?: unknown) => Promise<CallAnswer>;

const wholeMs = 10_000;
const mostBytes = 8 * 1024 * 1024;

/** What kept a call from being answered: `unreachable`, or what was answered. */
export class ServerFault extends Error {
  readonly code: 'unreachable' | 'token' | 'answer';
  constructor(code: ServerFault['code'], detail: string) {
    super(detail);
    this.name = 'ServerFault';
    this.code = code;
  }
}

/** Throws ServerFault where nothing answers, or the token is not taken. */
export async function askServer(call: Call): Promise<CallAnswer> {
  const answer = await reach(call);
  if (answer.status === 401 || answer.status === 403)
    throw new ServerFault('token', `The server answered ${answer.status}: it does not take the token.`);
  return answer;
}

async function reach({ address, token, guard, method, path, json }: Call): Promise<CallAnswer> {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    'GS1-EPCIS-Version': '2.0.0',
    ...(json === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const answer = await callPinned({
    url: `${address}${path}`,
    guard,
    method,
    headers,
    ...body,
    wholeMs,
    mostBytes,
  }).catch((cause: unknown) => {
    throw new ServerFault('unreachable', faultOfNetwork(cause).message);
  });
  if (answer.length === 'cut') throw new ServerFault('answer', 'The answer is larger than is read.');
  return { status: answer.status, json: parsed(answer.text) };
}

function parsed(text: string): unknown {
  try {
    return text === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}
