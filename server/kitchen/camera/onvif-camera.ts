// Cameras over ONVIF: what stands in the opened networks, and the address of one that was picked.
import { CameraFault } from '../../../inference/camera-fault.ts';
import { askOnvif } from '../../../inference/onvif.ts';
import { type Discovery, type FoundDevice, findDevices } from '../../../inference/onvif-discovery.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { type ToldFault, toldFault } from './camera-fault.ts';
import { camerasAt, openedNetworks } from './camera-store.ts';
import type { MakerPick } from './maker.ts';
import type { Patience } from './patience.ts';

type OnvifDeps = Pick<Deps, 'db' | 'config' | 'clock' | 'network' | 'wait'>;

const onvifPort = 80;

export type FoundCamera = FoundDevice & {
  /** Cameras that are registered with this address already. */
  readonly known: readonly { readonly id: number; readonly place: string }[];
};

/** Looks for as long as answers may take. */
export async function findCameras(deps: OnvifDeps): Promise<Discovery & { readonly found: readonly FoundCamera[] }> {
  const discovery = await findDevices({ allow: openedNetworks(deps.db), ...networkOf(deps) });
  const found = discovery.devices.map((device) => ({ ...device, known: camerasAt(deps.db, device.address) }));
  return { ...discovery, found };
}

/** Where the picked camera says that its main or sub stream is. Throws Problem at the field `host` with what it is told. */
export async function onvifAddress(
  deps: OnvifDeps,
  patience: Patience,
  caller: Caller,
  pick: Omit<MakerPick, 'maker'>,
): Promise<string> {
  await patience.take(caller);
  const from = performance.now();
  const [, host = '', port] = /^(.*?)(?::(\d{1,5}))?$/.exec(pick.host) ?? [];
  const guard = { allow: openedNetworks(deps.db), ownPorts: [deps.config.port], ...networkOf(deps) };
  const login = pick.user === '' ? {} : { login: { user: pick.user, password: pick.password } };
  try {
    const target = { host: host.replace(/^\[|\]$/g, ''), port: Number(port ?? onvifPort), guard, now: deps.clock };
    const { streams } = await askOnvif({ ...target, ...login });
    const wanted = pick.stream === 'sub' ? streams.at(-1) : streams[0];
    if (wanted === undefined) throw new CameraFault('protocol', 'The camera names no stream.');
    return wanted.url;
  } catch (cause) {
    if (!(cause instanceof CameraFault)) throw cause;
    await patience.fill(caller, cause.code, from);
    throw onvifProblem(toldFault(cause.code));
  }
}

function onvifProblem(told: ToldFault): Problem {
  const detail = 'The camera could not be asked for its address over ONVIF.';
  return new Problem('invalid_input', { faults: [{ place: 'host', code: `onvif_${told}`, detail }] });
}

function networkOf({ network }: OnvifDeps) {
  return network === undefined ? {} : { network };
}
