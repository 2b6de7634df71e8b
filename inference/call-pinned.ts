// One request of ours to a server of others: at a checked and pinned address alone, no redirect followed, within a time and a size.
import { type Guard, hostHeader, pinAddress, readCameraUrl } from './address-guard.ts';
import { pinnedAgent } from './pinned-agent.ts';

export type PinnedCall = {
  readonly url: string;
  readonly guard: Guard;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Until the last byte of the answer. */
  readonly wholeMs: number;
  /** Of silence, before the answer and within it. */
  readonly silentMs?: number;
  /** Of the answer; what comes after them is not read. */
  readonly mostBytes: number;
  /** Breaks it off. */
  readonly signal?: AbortSignal | undefined;
};

export type PinnedAnswer = { readonly status: number; readonly text: string; readonly length: 'whole' | 'cut' };

/** Throws CameraFault where the address may not be called or has no form, and what the network throws (see faultOfNetwork). */
export async function callPinned(call: PinnedCall): Promise<PinnedAnswer> {
  const pinned = await pinAddress(readCameraUrl('snapshot', call.url), call.guard);
  const agent = await pinnedAgent(pinned, call.guard);
  try {
    const { request } = await import('undici');
    const answer = await request(`${pinned.scheme}://${hostHeader(pinned)}${pinned.path}`, {
      method: call.method ?? 'GET',
      dispatcher: agent,
      headers: call.headers,
      ...(call.body === undefined ? {} : { body: call.body }),
      signal: AbortSignal.any([AbortSignal.timeout(call.wholeMs), ...(call.signal === undefined ? [] : [call.signal])]),
      headersTimeout: call.silentMs ?? call.wholeMs,
      bodyTimeout: call.silentMs ?? call.wholeMs,
    });
    return { status: answer.statusCode, ...(await read(answer.body as AsyncIterable<Buffer>, call.mostBytes)) };
  } finally {
    await agent.destroy();
  }
}

async function read(body: AsyncIterable<Buffer>, most: number): Promise<Pick<PinnedAnswer, 'text' | 'length'>> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > most) return { text: '', length: 'cut' };
    parts.push(part);
  }
  return { text: Buffer.concat(parts).toString('utf8'), length: 'whole' };
}
