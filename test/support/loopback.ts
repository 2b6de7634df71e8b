// Servers of ours that listen on loopback and reach one another by public addresses, as servers of districts do.
import { type ServerType, serve } from '@hono/node-server';
import type { Network } from '../../inference/address-guard.ts';
import { openTestServer, type TestServer } from './server.ts';

export type Loopback = TestServer & {
  /** Its address for other servers, which `network` leads to its port. */
  readonly url: string;
  /** Where it listens. */
  readonly local: string;
  /** Nothing answers there from now on, or again. */
  readonly down: () => Promise<void>;
  readonly up: () => Promise<void>;
};

const ports = new Map<string, number>();

/** Leads the public address of each server to where it listens. */
export const network: Network = {
  resolve: async (host) => [host],
  route: ({ address }) => {
    const port = ports.get(address);
    if (port === undefined) throw new Error(`nothing was meant to dial ${address}`);
    return { address: '127.0.0.1', port };
  },
};

export async function openLoopback(): Promise<Loopback> {
  const address = `93.184.215.${ports.size + 11}`;
  const server = openTestServer({ environment: { PUBLIC_URL: `http://${address}` } });
  const listen = (wanted: number) =>
    new Promise<{ listener: ServerType; port: number }>((resolve) => {
      const listener = serve({ fetch: server.app.fetch, hostname: '127.0.0.1', port: wanted }, (info) =>
        resolve({ listener, port: info.port }),
      );
    });
  const opened = await listen(0);
  const { port } = opened;
  let { listener } = opened;
  ports.set(address, port);
  const down = () =>
    new Promise<void>((resolve) => {
      listener.close(() => resolve());
      if ('closeAllConnections' in listener) listener.closeAllConnections();
    });
  const up = async () => {
    ({ listener } = await listen(port));
  };
  return { ...server, url: `http://${address}`, local: `http://127.0.0.1:${port}`, down, up };
}
