// Looks at one camera because somebody waits for it: on another machine when one is free, else here.
import type { CameraSpec, Sample } from '../../../inference/types.ts';
import { openAnswer, packDigests, sealMessage } from '../../../inference/worker-messages.ts';
import type { Deps } from '../../deps.ts';
import { travels } from '../camera/machines.ts';

const answerMs = 40_000;

export async function lookNow(deps: Pick<Deps, 'eye' | 'machines' | 'log'>, camera: CameraSpec): Promise<Sample> {
  const { eye, machines } = deps;
  if (machines === undefined || !travels(camera.kind) || !machines.carrier.hasRoom()) return eye.sample(camera);
  const { carrier, key } = machines;
  const job = { camera, picture: 'always', packs: packDigests(eye.packs), answers: 'parcel' } as const;
  const found = await carrier.ask((ticket) => sealMessage(key, 'job', ticket, job), answerMs);
  if (found === undefined) return eye.sample(camera);
  const answer = openAnswer(key, found.ticket, found.body);
  return 'sample' in answer ? answer.sample : eye.sample(camera);
}
