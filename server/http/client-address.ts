// Whose address a request came from: the connection's, or what a trusted proxy in front of this server says.
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import ipaddr from 'ipaddr.js';
import type { Env } from '../deps.ts';

/** Throttles count by this address: one taken from a header that anybody can send would be no throttle. */
export function clientAddresses(trustedProxies: readonly string[]): MiddlewareHandler<Env> {
  return async function findClient(c, next) {
    c.set('clientAddress', clientAddress(connectionOf(c), c.req.header('x-forwarded-for'), trustedProxies));
    await next();
  };
}

/**
 * `trusted`: networks in CIDR form. The header is read from its end, where our own proxies write, up to the first
 * address that is none of them; what stands before that is hearsay.
 */
export function clientAddress(
  connection: string,
  forwardedFor: string | undefined,
  trusted: readonly string[],
): string {
  const said = (forwardedFor ?? '').split(',').map((part) => part.trim());
  let client = connection;
  while (isTrusted(client, trusted)) {
    const before = said.pop();
    if (before === undefined || !ipaddr.isValid(before)) break;
    client = before;
  }
  return client;
}

function isTrusted(address: string, trusted: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return trusted.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(network);
    return base.kind() === parsed.kind() && parsed.match([base, bits]);
  });
}

function connectionOf(c: Context<Env>): string {
  try {
    return getConnInfo(c).remote.address ?? 'unknown';
  } catch {
    // A request made inside a test has no connection.
    return 'unknown';
  }
}
