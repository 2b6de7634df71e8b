// An undici agent that connects to one checked address, for requests of ours to servers of others.

import type { Agent } from 'undici';
import { type Guard, type PinnedUrl, routeOf } from './address-guard.ts';

const connectMs = 10_000;

/** One connection, to the pinned address whatever the name says by now. */
export async function pinnedAgent(pinned: PinnedUrl, guard: Guard): Promise<Agent> {
  const { Agent, buildConnector } = await import('undici');
  const target = routeOf(pinned, guard);
  const connect = buildConnector({ timeout: connectMs });
  return new Agent({
    connections: 1,
    pipelining: 1,
    maxHeaderSize: 16_384,
    // The name is still what TLS asks the other side to prove.
    connect: (options, done) =>
      connect(
        {
          ...options,
          hostname: target.address,
          host: target.address,
          port: String(target.port),
          servername: pinned.host,
        },
        done,
      ),
  });
}
