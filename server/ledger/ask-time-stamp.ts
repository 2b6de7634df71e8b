// Has an outside authority stamp some bytes with its time, and says by it, or by this machine's own time service, how far the clock is off.
import { randomBytes } from 'node:crypto';
import type { Deps } from '../deps.ts';
import { askTimeService, type ClockSaid } from './ask-time-service.ts';

const answerWithinMs = 5_000;
const mostAnswer = 65_536;

export type AskedStamp = ClockSaid & {
  readonly authority: string | null;
  readonly askedAt: number | null;
  readonly heardAt: number | null;
  /** The authority's time; null where there is none. */
  readonly time: number | null;
  /** Why there is none, though an authority is set. */
  readonly fault: string | null;
};

const none = { authority: null, askedAt: null, heardAt: null, time: null, fault: null };

/** An authority that is away holds nothing up for longer than ten seconds: what is missing is said instead. */
export async function askTimeStamp(
  { config, clock, log }: Pick<Deps, 'config' | 'clock' | 'log'>,
  bytes: Buffer,
): Promise<{ readonly said: AskedStamp; readonly token: Buffer | undefined }> {
  const authority = config.tsaUrl;
  if (authority === undefined) return { said: { ...none, ...(await askTimeService()) }, token: undefined };
  // Read with the first question: a start without an authority does not wait for it.
  const { readTimeStamp, timeStampQuery } = await import('./time-stamp.ts');
  const nonce = randomBytes(8);
  const askedAt = clock();
  const query = timeStampQuery(bytes, nonce);
  // A connection that was kept and has been closed since fails once.
  const token = (await post(authority, query)) ?? (await post(authority, query));
  const heardAt = clock();
  const stamp = token === undefined ? { fault: 'It does not answer.' } : await readTimeStamp(token, bytes, { nonce });
  if ('fault' in stamp) {
    log.warn({ authority, fault: stamp.fault }, 'no time stamp');
    const said = { ...none, ...(await askTimeService()), authority, askedAt, heardAt, fault: stamp.fault };
    return { said, token: undefined };
  }
  const offsetMs = Math.round((askedAt + heardAt) / 2 - stamp.time);
  const withinMs = Math.ceil((heardAt - askedAt) / 2) + stamp.accuracyMs;
  const { synchronized } = await askTimeService();
  const clockSaid = { offsetFrom: 'authority', offsetMs, withinMs, synchronized, offsetUnknown: null } as const;
  return { said: { authority, askedAt, heardAt, time: stamp.time, fault: null, ...clockSaid }, token };
}

async function post(url: string, query: Buffer): Promise<Buffer | undefined> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: Uint8Array.from(query),
      redirect: 'error',
      signal: AbortSignal.timeout(answerWithinMs),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return answer.ok && bytes.length <= mostAnswer ? bytes : undefined;
  } catch {
    // Away, slow or no HTTP: for the one who asked it is all the same.
    return undefined;
  }
}
