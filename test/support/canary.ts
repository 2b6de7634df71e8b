// Servers that must never be reached, on every address of this machine, and one that sends whoever asks to them.

import http from 'node:http';
import net from 'node:net';
import { networkInterfaces } from 'node:os';

export interface Canary {
  readonly port: number;
  /** Connections it saw; a safe product leaves this at none. */
  readonly seen: readonly string[];
  close(): Promise<void>;
}

/** Listens on the same port of loopback v4 and v6 and of every address this machine has. */
export async function startCanary(): Promise<Canary> {
  const seen: string[] = [];
  const server = net.createServer((socket) => {
    seen.push(`${socket.remoteAddress} → ${socket.localAddress}:${socket.localPort}`);
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // The unspecified v6 address takes v4 too, where the machine has v6 at all.
    server.listen({ port: 0, host: hasV6() ? '::' : '0.0.0.0' }, resolve);
  });
  return {
    port: (server.address() as net.AddressInfo).port,
    seen,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.filter(({ internal, address }) => !internal && !address.startsWith('fe80')).map(({ address }) => address);
}

export interface Sender {
  readonly port: number;
  /** Paths asked for, with the Host they were asked under. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export type Page = {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
};

/** An HTTP camera that answers each path with what `page` says. */
export async function startSender(page: (path: string, headers: http.IncomingHttpHeaders) => Page): Promise<Sender> {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    asked.push(`${request.headers.host} ${request.url}`);
    const { status = 200, headers = {}, body = '' } = page(request.url ?? '/', request.headers);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function hasV6(): boolean {
  return Object.values(networkInterfaces()).some((list) => list?.some(({ family }) => family === 'IPv6'));
}
