// Reads the beacon's round from the address an operator has set, checked and pinned like every address; whoever is offline types it instead.
import type { Guard } from '../../../inference/address-guard.ts';
import { callPinned } from '../../../inference/call-pinned.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { type BeaconSource, beaconPath, certificatePath, type NamedRound } from './beacon.ts';

const wholeMs = 8_000;
const mostAnswerBytes = 20_000;

export type BeaconDeps = Pick<Deps, 'config' | 'log'> & { readonly network?: Guard['network'] };

/** Undefined: the operator has set no address for it. */
export function beaconBase({ config }: Pick<Deps, 'config'>, source: BeaconSource): string | undefined {
  return source === 'nist-2' ? config.nistBeaconUrl : config.drandUrl;
}

/** The answer as text, not looked at. Throws Problem `invalid_input` that says to type it where it cannot be had. */
export async function fetchBeacon(deps: BeaconDeps, { source, round, certificate }: NamedRound): Promise<string> {
  const base = beaconBase(deps, source)?.replace(/\/+$/, '');
  if (base === undefined) throw unreachable();
  // Nobody has said whose key it should be: whoever answers could have made the value. A person may still type it.
  if (source === 'nist-2' && certificate === undefined) throw unsigned();
  try {
    const answer = await read(`${base}${beaconPath(source, round)}`, deps);
    return certificate === undefined
      ? answer
      : `${answer}\n${await read(`${base}${certificatePath(certificate)}`, deps)}`;
  } catch (err) {
    deps.log.warn({ err, source, round }, 'the beacon could not be read');
    throw unreachable();
  }
}

async function read(url: string, { config, network }: BeaconDeps): Promise<string> {
  const guard: Guard = { allow: [], ownPorts: [config.port], ...(network === undefined ? {} : { network }) };
  const limits = { wholeMs, mostBytes: mostAnswerBytes };
  const answer = await callPinned({ url, guard, headers: { accept: 'application/json' }, ...limits });
  if (answer.status !== 200) throw new Error(`The beacon answered ${answer.status}.`);
  if (answer.length === 'cut') throw new Error('The answer is too long for a beacon.');
  return answer.text;
}

function unreachable(): Problem {
  const detail = 'The beacon could not be read: check the network, or open its address elsewhere and paste the answer.';
  return new Problem('invalid_input', { faults: [{ place: '/answer', code: 'unreachable', detail }] });
}

function unsigned(): Problem {
  const detail =
    'No certificate of this beacon is named in the settings, so its signature cannot be checked: paste the answer, and the draw will say so.';
  return new Problem('invalid_input', { faults: [{ place: '/answer', code: 'unsigned', detail }] });
}
