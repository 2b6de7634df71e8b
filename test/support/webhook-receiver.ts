// A subscriber's receiver on this machine: keeps what it was sent, checks the signature itself, and answers as a test wants.
import { createHmac, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import type net from 'node:net';

export type Received = {
  readonly deliveryId: string;
  readonly attempt: number;
  readonly isTest: boolean;
  /** Whether GS1-Signature is that of the body under the receiver's token, and not older than five minutes of `now`. */
  readonly isSigned: boolean;
  readonly body: string;
  /** eventIDs in the document, in their order. */
  readonly events: readonly string[];
  readonly document: { epcisBody: { queryResults: { queryName: string; subscriptionID: string } } };
};

/** A status, `hang`: never answers, `cut`: ends the connection. */
export type Reply = number | 'hang' | 'cut' | { readonly status: number; readonly location: string };

export type Receiver = {
  readonly port: number;
  readonly received: Received[];
  /** Taken one by one; 200 when there are none left. */
  readonly replies: Reply[];
  close(): Promise<void>;
};

export type ReceiverOptions = { readonly token: string; readonly now?: () => number; readonly host?: string };

export async function startReceiver({ token, now = Date.now, host = '127.0.0.1' }: ReceiverOptions): Promise<Receiver> {
  const received: Received[] = [];
  const replies: Reply[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const header = (name: string) => String(request.headers[name] ?? '');
    const document = JSON.parse(body);
    const list = document.epcisBody.queryResults.resultsBody.eventList as { eventID: string }[];
    received.push({
      deliveryId: header('bright-kitchen-delivery'),
      attempt: Number(header('bright-kitchen-attempt')),
      isTest: header('bright-kitchen-test') === 'true',
      isSigned: isSigned(header('gs1-signature'), body, token, now()),
      body,
      events: list.map(({ eventID }) => eventID),
      document,
    });
    const reply = replies.shift() ?? 200;
    if (reply === 'hang') return;
    if (reply === 'cut') request.socket.destroy();
    else if (typeof reply === 'number') response.writeHead(reply).end();
    else response.writeHead(reply.status, { location: reply.location }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    received,
    replies,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** As the documentation tells a receiver to do it. */
function isSigned(header: string, body: string, token: string, now: number): boolean {
  const [, at, hex] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (at === undefined || hex === undefined || Math.abs(now / 1_000 - Number(at)) > 300) return false;
  const wanted = createHmac('sha256', token).update(`${at}.${body}`).digest();
  return timingSafeEqual(wanted, Buffer.from(hex, 'hex'));
}
