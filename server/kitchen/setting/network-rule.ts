// Which networks an administrator may open to cameras: what could never work is refused with its reason.
import ipaddr from 'ipaddr.js';
import type { Fault } from '../../http/problem.ts';

export type NetworkRule = { readonly network: string; readonly ports?: readonly number[] | undefined };

/** A wider one is no camera network but a slip of the pen. */
const leastBits = { ipv4: 8, ipv6: 32 } as const;
/** Ranges that the guard opens to nobody, whatever is allowed. */
const neverOpened = ['loopback', 'linkLocal', 'multicast', 'unspecified', 'broadcast', 'reserved', 'ipv4Mapped'];

/** Every rule that is none, with its line. */
export function networkFaults(rules: readonly NetworkRule[]): Fault[] {
  return rules.flatMap((rule, index) => {
    const found = faultOf(rule);
    return found === undefined ? [] : [{ place: `networks.${index}`, ...found }];
  });
}

/** One network a line, its ports after a space. What cannot be read is a fault at its line. */
export function readNetworks(text: string): { readonly rules: NetworkRule[]; readonly faults: Fault[] } {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const read = lines.map((line, index) => {
    const [network = '', ports, ...more] = line.split(/\s+/);
    if (more.length > 0) return { fault: fault(index, 'network_port_fields', `Write ports as 554,8554: ${line}`) };
    if (ports === undefined) return { rule: { network } };
    if (!/^\d{1,5}(,\d{1,5})*$/.test(ports)) return { fault: fault(index, 'network_ports', `No port: ${ports}`) };
    return { rule: { network, ports: ports.split(',').map(Number) } };
  });
  return {
    rules: read.flatMap(({ rule }) => rule ?? []),
    faults: read.flatMap(({ fault: found }) => found ?? []),
  };
}

/** The same of what was typed, before anything else of the form is known to be right. */
export function typedNetworkFaults(typed: unknown): Fault[] {
  const text = typed !== null && typeof typed === 'object' && 'networks' in typed ? typed.networks : undefined;
  if (typeof text !== 'string') return [];
  const { rules, faults } = readNetworks(text);
  return [...faults, ...networkFaults(rules)];
}

function faultOf({ network, ports }: NetworkRule): Omit<Fault, 'place'> | undefined {
  if (!/\/\d{1,3}$/.test(network) || !ipaddr.isValidCIDR(network))
    return { code: 'network_mask', detail: `${network} is no network: write it as 192.168.20.0/24.` };
  const [address, bits] = ipaddr.parseCIDR(network);
  if (neverOpened.includes(address.range()) || bits === 0)
    return { code: 'network_never', detail: `${network} is never opened to cameras.` };
  if (bits < leastBits[address.kind()])
    return { code: 'network_wide', detail: `${network} is too wide: name the network of the cameras.` };
  if (ports?.some((port) => !Number.isInteger(port) || port < 1 || port > 65_535) || ports?.length === 0)
    return { code: 'network_ports', detail: `${network}: a port is a number from 1 to 65535.` };
  return undefined;
}

function fault(index: number, code: string, detail: string): Fault {
  return { place: `networks.${index}`, code, detail };
}
