// Sends one delivery: to a checked and pinned address alone, without following redirects, within a time and a size.
import { type Guard, pinAddress, readCameraUrl } from '../../../inference/address-guard.ts';
import { callPinned } from '../../../inference/call-pinned.ts';
import { type CameraFault, faultOfNetwork } from '../../../inference/camera-fault.ts';
import type { WebhookFault } from './webhook.ts';

export type Post = {
  readonly dest: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly guard: Guard;
  /** Breaks it off. */
  readonly signal: AbortSignal | undefined;
};

/** `detail`: an English sentence. `status`: of the answer, when there was one. */
export type Posted =
  | { readonly ok: true; readonly status: number }
  | {
      readonly ok: false;
      readonly status: number | undefined;
      readonly fault: WebhookFault;
      readonly detail: string;
    };

const wholeMs = 15_000;
const silentMs = 10_000;
const mostAnswerBytes = 65_536;

/** Never throws for what the other side does. */
export async function postWebhook({ dest, ...post }: Post): Promise<Posted> {
  try {
    // What is answered is not looked at; a short body is read, so that the receiver sees its answer taken.
    const limits = { wholeMs, silentMs, mostBytes: mostAnswerBytes };
    return verdictOf((await callPinned({ ...post, ...limits, url: dest, method: 'POST' })).status);
  } catch (cause) {
    const { code, message } = faultOfNetwork(cause);
    const known = faultOf(code);
    return { ok: false, status: undefined, fault: known, detail: sentences[known] ?? message };
  }
}

/** Why nothing may be sent there; undefined when it may, as far as can be known now. */
export async function addressFault(
  dest: string,
  guard: Guard,
): Promise<{ code: WebhookFault; detail: string } | undefined> {
  try {
    await pinAddress(readCameraUrl('snapshot', dest), guard);
    return undefined;
  } catch (cause) {
    const code = faultOf(faultOfNetwork(cause).code);
    // A name may be known tomorrow; the page says so when it is not.
    return code === 'address' || code === 'forbidden' ? { code, detail: sentences[code] ?? '' } : undefined;
  }
}

function verdictOf(status: number): Posted {
  if (status >= 200 && status < 300) return { ok: true, status };
  if (status >= 300 && status < 400)
    return {
      ok: false,
      status,
      fault: 'redirect',
      detail: `The receiver answered ${status}; redirects are not followed.`,
    };
  const fault = status === 410 ? ('gone' as const) : ('status' as const);
  return { ok: false, status, fault, detail: `The receiver answered ${status}.` };
}

const sentences: Partial<Record<WebhookFault, string>> = {
  address: 'The address begins with https:// or http:// and holds no user, password, space or backslash.',
  forbidden: 'The address leads to a network that deliveries may not go to. An administrator can open it.',
  name: 'The name has no address.',
  refused: 'Nothing answers at this address and port.',
  timeout: 'The receiver did not answer in time.',
  protocol: 'The connection broke, or what came is no HTTP.',
};

function faultOf(code: CameraFault['code']): WebhookFault {
  switch (code) {
    case 'address':
    case 'forbidden':
    case 'name':
    case 'refused':
    case 'timeout':
      return code;
    default:
      return 'protocol';
  }
}
