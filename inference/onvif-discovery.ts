// Finds ONVIF cameras in opened networks with WS-Discovery: a probe to each address and one to the group; others' answers are dropped.

import { randomUUID } from 'node:crypto';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import ipaddr from 'ipaddr.js';
import { isOpened, type Network, realNetwork } from './address-guard.ts';
import { fieldOf, listOf, readXml } from './soap.ts';
import type { AddressRule } from './types.ts';

export interface FoundDevice {
  readonly address: string;
  readonly port: number;
  readonly path: string;
  readonly name: string;
  readonly model: string;
}

export interface Discovery {
  readonly devices: readonly FoundDevice[];
  /** Addresses that were asked. */
  readonly asked: number;
  /** Networks too large to be asked whole. */
  readonly cut: readonly string[];
}

export interface DiscoverySettings {
  readonly allow: readonly AddressRule[];
  readonly network?: Network;
  readonly waitMs?: number;
}

const answerMs = 4_000;
/** A /22; a larger network is asked from its beginning. */
const mostAddresses = 1024;
const mostDevices = 500;
const atOnce = 64;
const pauseMs = 10;
const discoveryPort = 3702;
const group = '239.255.255.250';

export async function findDevices({
  allow,
  network = realNetwork,
  waitMs = answerMs,
}: DiscoverySettings): Promise<Discovery> {
  const { addresses, cut } = addressesOf(allow);
  const asked = new Map(
    addresses.map((address) => {
      const to = network.route({ address, port: discoveryPort });
      return [`${to.address}:${to.port}`, { address, to }] as const;
    }),
  );
  const devices = new Map<string, FoundDevice>();
  const socket = createSocket('udp4');
  socket.on('error', () => undefined);
  socket.on('message', (message, from) => {
    const address = asked.get(`${from.address}:${from.port}`)?.address ?? from.address;
    const found = isOpened(address, allow) ? readMatch(message, address) : undefined;
    if (found && devices.size < mostDevices) devices.set(address, found);
  });
  await new Promise<void>((resolve) => socket.bind(0, resolve));
  try {
    await ask(
      socket,
      [...asked.values()].map(({ to }) => to),
    );
    await after(waitMs);
  } finally {
    socket.close();
  }
  const inOrder = [...devices.values()].sort((a, b) => a.address.localeCompare(b.address, 'en', { numeric: true }));
  return { devices: inOrder, asked: addresses.length, cut };
}

async function ask(socket: Socket, targets: readonly Pick<RemoteInfo, 'address' | 'port'>[]): Promise<void> {
  const probe = Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><e:Header><w:MessageID>uuid:${randomUUID()}</w:MessageID><w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To><w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header><e:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></e:Body></e:Envelope>`,
  );
  // A machine without a network to the group still has those that it asks one by one.
  const all = targets.length === 0 ? [] : [...targets, { address: group, port: discoveryPort }];
  for (let at = 0; at < all.length; at += atOnce) {
    for (const { address, port } of all.slice(at, at + atOnce)) socket.send(probe, port, address, () => undefined);
    await after(pauseMs);
  }
}

function readMatch(message: Buffer, address: string): FoundDevice | undefined {
  const match = fieldOf(readXml(message.toString('utf8')), 'Envelope', 'Body', 'ProbeMatches', 'ProbeMatch');
  if (match === undefined) return undefined;
  const links = String(fieldOf(match, 'XAddrs') ?? '').split(/\s+/);
  const readable = links.filter((link) => /^http:/i.test(link) && URL.canParse(link)).map((link) => new URL(link));
  // Its other addresses are beyond what was opened; this one answered.
  const link = readable.find(({ hostname }) => hostname === address) ?? readable[0];
  if (!link) return undefined;
  const scopes = listOf(fieldOf(match, 'Scopes')).flatMap((each) =>
    String(fieldOf(each, '#text') ?? (typeof each === 'string' ? each : '')).split(/\s+/),
  );
  return {
    address,
    port: Number(link.port) || 80,
    path: link.pathname,
    name: scopeOf(scopes, 'name'),
    model: scopeOf(scopes, 'hardware'),
  };
}

function scopeOf(scopes: readonly string[], name: string): string {
  const found =
    scopes.map((scope) => new RegExp(`onvif\\.org/${name}/(.{1,80})`, 'i').exec(scope)?.[1]).find(Boolean) ?? '';
  try {
    return decodeURIComponent(found);
  } catch {
    return found;
  }
}

function addressesOf(allow: readonly AddressRule[]): { readonly addresses: string[]; readonly cut: string[] } {
  const addresses = new Set<string>();
  const cut: string[] = [];
  for (const { network } of allow) {
    if (!ipaddr.IPv4.isValidCIDR(network)) {
      cut.push(network);
      continue;
    }
    const [, bits] = ipaddr.IPv4.parseCIDR(network);
    const first = ipaddr.IPv4.networkAddressFromCIDR(network).toByteArray();
    const start = Buffer.from(first).readUInt32BE(0);
    const count = 2 ** (32 - bits);
    for (let at = 0; at < count && addresses.size < mostAddresses; at++) {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(start + at);
      const address = [...bytes].join('.');
      if (isOpened(address, allow)) addresses.add(address);
    }
    if (count > mostAddresses || addresses.size >= mostAddresses) cut.push(network);
  }
  return { addresses: [...addresses], cut };
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
