// The owner answers a rectification order with a photo and a few words.
import { encodeEvidence, openPicture } from '../../../inference/image.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import { classifyPicture, refusalOf } from '../frame/classify-picture.ts';
import { headBoxes } from '../frame/head.ts';
import { keepPicture } from '../picture/keep-picture.ts';
import { stepByKey, visibleOrder } from './order-store.ts';
import { takeStep } from './take-step.ts';

export type OrderAnswer = {
  readonly orderId: number;
  readonly text: string;
  readonly photo: Buffer;
  readonly key?: string | undefined;
};

const photoField = 'photo';

/** Returns the step's id. The photo is re-encoded: what is kept is a JPEG without metadata, or nothing. */
export async function answerOrder(
  deps: Pick<Deps, 'db' | 'clock' | 'blobs' | 'eye'>,
  caller: Caller,
  answer: OrderAnswer,
): Promise<number> {
  const { db, clock, blobs } = deps;
  // Asked first, so that a stranger's upload is not even opened.
  if (visibleOrder(db, caller, answer.orderId) === undefined) throw new Problem('not_found');
  const photo = await readPhoto(deps, answer.photo);
  const hash = blobs.put(photo.jpeg);
  const at = clock();
  return writeTransaction(db, () => {
    const repeated = answer.key === undefined ? undefined : stepByKey(db, caller.id, answer.key);
    if (repeated !== undefined) return repeated.id;
    const order = visibleOrder(db, caller, answer.orderId);
    if (order === undefined) throw new Problem('not_found');
    keepPicture(db, {
      hash,
      siteId: order.siteId,
      kind: 'answer',
      at,
      width: photo.width,
      height: photo.height,
      heads: photo.heads,
    });
    const step = { kind: 'answered' as const, at, by: caller.id, text: answer.text, photoHash: hash, key: answer.key };
    return takeStep(db, order, step, { answeredAt: at });
  });
}

async function readPhoto({ eye }: Pick<Deps, 'eye'>, bytes: Buffer) {
  const evidence = await reencoded(bytes);
  // Whoever is on the photo is blurred for the public like anybody else.
  const { detections } = await classifyPicture(eye, evidence.jpeg, photoField);
  const heads = headBoxes(detections).map(([x, y, w, h]): [number, number, number, number] => [x, y, w, h]);
  return { ...evidence, heads };
}

async function reencoded(bytes: Buffer) {
  try {
    return await encodeEvidence(await openPicture(bytes));
  } catch (error) {
    throw refusalOf(error, photoField);
  }
}
