// Decides where a camera's address may lead: read once, resolved once, every address checked, one pinned.

import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';
import { CameraFault, faultOfNetwork } from './camera-fault.ts';
import type { AddressRule, CameraKind } from './types.ts';

export type NetworkKind = Exclude<CameraKind, 'clip' | 'picture'>;

/** An address as its owner typed it, taken apart and found well formed; not yet where it leads. */
export interface CameraUrl {
  readonly scheme: 'rtsp' | 'http' | 'https';
  /** Lower case name, or an IP address in its plain form, v6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** Path and query, beginning with a slash. */
  readonly path: string;
}

/** The only place a connection may go. */
export interface PinnedUrl extends CameraUrl {
  readonly address: string;
  readonly family: 4 | 6;
}

/** How names become addresses, and which door an address is. Tests put a fake one in; a product has no reason to. */
export interface Network {
  resolve(host: string): Promise<readonly string[]>;
  route(target: { address: string; port: number }): { address: string; port: number };
}

export const realNetwork: Network = {
  resolve: async (host) => (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address),
  route: (target) => target,
};

export interface Guard {
  readonly allow: readonly AddressRule[];
  /** Ports this program listens on, at any of this machine's addresses. */
  readonly ownPorts?: readonly number[];
  /** A port of this machine that the operator named in a setting; nothing a person types on a page may become one. */
  readonly operatorPort?: number;
  readonly network?: Network;
}

const maxUrlLength = 2048;
/** WHATWG URL drops tabs and line breaks, trims spaces and turns backslashes: what is checked must be what is used. */
const plainCharacters = /^[\u0021-\u005b\u005d-\u007e\u0080-\uffff]+$/;
const defaultPorts = { rtsp: 554, http: 80, https: 443 } as const;
const schemes = {
  rtsp: ['rtsp'],
  hls: ['http', 'https'],
  mjpeg: ['http', 'https'],
  snapshot: ['http', 'https'],
} as const;

/** Throws CameraFault('address') for a URL no camera of this kind has. */
export function readCameraUrl(kind: NetworkKind, text: string): CameraUrl {
  if (text.length > maxUrlLength || !plainCharacters.test(text)) {
    throw new CameraFault(
      'address',
      `The address has spaces, backslashes or control characters, or more than ${maxUrlLength} characters.`,
    );
  }
  const scheme = /^([a-z]+):\/\//i.exec(text)?.[1]?.toLowerCase();
  const allowed: readonly string[] = schemes[kind];
  if (scheme === undefined || !allowed.includes(scheme)) {
    throw new CameraFault(
      'address',
      `The address of a ${kind} camera begins with ${allowed.map((each) => `${each}://`).join(' or ')}.`,
    );
  }
  const known = scheme as CameraUrl['scheme'];
  const url = parsed(known, text);
  if (url.username || url.password) {
    throw new CameraFault('address', 'User and password go into their own fields, not into the address.');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (host === '') throw new CameraFault('address', 'The address has no host.');
  return { scheme: known, host, port: portOf(known, text), path: `${url.pathname}${url.search}` };
}

/** Checks every address the host has and pins the first. Throws CameraFault('forbidden' or 'name'). */
export async function pinAddress(url: CameraUrl, guard: Guard): Promise<PinnedUrl> {
  const addresses = ipaddr.isValid(url.host) ? [url.host] : await resolved(url.host, guard.network ?? realNetwork);
  for (const address of addresses) checkAddress(address, url.port, guard);
  const [first] = addresses;
  if (first === undefined) throw new CameraFault('name', 'The name has no address.');
  return { ...url, address: first, family: ipaddr.parse(first).kind() === 'ipv4' ? 4 : 6 };
}

/** Where the connection is really made. */
export function routeOf({ address, port }: PinnedUrl, guard: Guard): { address: string; port: number } {
  return (guard.network ?? realNetwork).route({ address, port });
}

/** The address of a redirect or a playlist line, under the same rules. */
export function resolveLink(kind: NetworkKind, base: CameraUrl, link: string): CameraUrl {
  const origin = `${base.scheme}://${base.host.includes(':') ? `[${base.host}]` : base.host}:${base.port}`;
  if (link.length > maxUrlLength || !plainCharacters.test(link) || !URL.canParse(link, origin + base.path)) {
    throw new CameraFault('protocol', 'The camera sent an address that is none.');
  }
  return readCameraUrl(kind, new URL(link, origin + base.path).href);
}

export function hostHeader({ scheme, host, port }: CameraUrl): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === defaultPorts[scheme] ? name : `${name}:${port}`;
}

/** rtsp: is not a scheme URL treats specially: as http its host is read as an address in all its spellings. */
function parsed(scheme: CameraUrl['scheme'], text: string): URL {
  const rest = text.slice(text.indexOf(':'));
  const readable = scheme === 'rtsp' ? `http${rest}` : text;
  if (!URL.canParse(readable)) throw new CameraFault('address', 'The address cannot be read as a URL.');
  return new URL(readable);
}

/** A port equal to a scheme's default disappears from URL.port, so RTSP is asked twice with other defaults. */
function portOf(scheme: CameraUrl['scheme'], text: string): number {
  const rest = text.slice(text.indexOf(':'));
  const found = scheme === 'rtsp' ? new URL(`http${rest}`).port || new URL(`https${rest}`).port : new URL(text).port;
  const port = found === '' ? defaultPorts[scheme] : Number(found);
  if (port === 0) throw new CameraFault('address', 'Port 0 is no port.');
  return port;
}

async function resolved(host: string, network: Network): Promise<readonly string[]> {
  try {
    return await network.resolve(host);
  } catch (cause) {
    throw faultOfNetwork(cause);
  }
}

function checkAddress(text: string, port: number, guard: Guard): void {
  const address = ipaddr.isValid(text) ? ipaddr.process(text) : undefined;
  if (!address || !reachable(address, port, guard)) {
    throw new CameraFault('forbidden', 'The address leads to a network that cameras may not have here.');
  }
}

/** Whether an administrator opened the network this address is in, on whatever port; never for this machine's own. */
export function isOpened(text: string, allow: readonly AddressRule[]): boolean {
  const address = ipaddr.isValid(text) ? ipaddr.process(text) : undefined;
  if (!address || isOwn(address) || metadata.includes(address.toString())) return false;
  return openable.includes(address.range()) && allow.some(({ network }) => opens({ network }, address, 0, false));
}

/**
 * The private network of an address that is written out in numbers, when no administrator opened it: whoever wrote it there
 * knows it already. What a name leads to is not told.
 */
export function closedNetworkOf(host: string, allow: readonly AddressRule[]): string | undefined {
  const address = ipaddr.isValid(host) ? ipaddr.process(host) : undefined;
  if (!address || !openable.includes(address.range()) || isOpened(host, allow)) return undefined;
  const network = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  const bits = address.kind() === 'ipv4' ? 24 : 64;
  return `${network.networkAddressFromCIDR(`${address}/${bits}`)}/${bits}`;
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Addresses of cloud metadata services that lie in ranges which are otherwise open or could be opened. */
const metadata = ['168.63.129.16', '100.100.100.200', '192.0.0.192', 'fd00:ec2::254', 'fd20:ce::254'].map((each) =>
  ipaddr.parse(each).toString(),
);
/** IPv4 addresses in IPv6 clothes that ipaddr.js calls ordinary: the deprecated ::a.b.c.d, and all that is not 2000::/3. */
const ordinaryV6 = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];
const openable: readonly string[] = ['private', 'uniqueLocal', 'carrierGradeNat'];

function reachable(address: Address, port: number, { allow, ownPorts = [], operatorPort }: Guard): boolean {
  if (metadata.includes(address.toString())) return false;
  const own = isOwn(address);
  if (own && ownPorts.includes(port)) return false;
  if (own && port === operatorPort) return true;
  const range = address.range();
  if (openable.includes(range) || own) return allow.some((rule) => opens(rule, address, port, own));
  return range === 'unicast' && (address.kind() === 'ipv4' || (address as ipaddr.IPv6).match(ordinaryV6));
}

/** This machine's own addresses open only to a rule that names the port: everything else here is not a camera. */
function opens(rule: AddressRule, address: Address, port: number, own: boolean): boolean {
  if (!ipaddr.isValidCIDR(rule.network)) return false;
  const [network, bits] = ipaddr.parseCIDR(rule.network);
  if (network.kind() !== address.kind() || !address.match([network, bits] as never)) return false;
  if (['loopback', 'linkLocal', 'multicast', 'unspecified', 'broadcast'].includes(address.range())) return false;
  return rule.ports ? rule.ports.includes(port) : !own;
}

function isOwn(address: Address): boolean {
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return own.some(
    (each) => ipaddr.isValid(each.address) && ipaddr.process(each.address).toString() === address.toString(),
  );
}
