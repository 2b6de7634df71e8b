// The owner answers a rectification order with a photo and a few words.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { type TakenPhoto, takePhoto } from '../../sight/take-photo.ts';
import { writeTransaction } from '../../store/db.ts';
import { refusalOf } from '../frame/classify-picture.ts';
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

type AnswerDeps = Pick<Deps, 'db' | 'clock' | 'blobs' | 'eye' | 'log'>;

/** Returns the step's id. The photo is re-encoded: what is kept is a JPEG without metadata, or nothing. */
export async function answerOrder(deps: AnswerDeps, caller: Caller, answer: OrderAnswer): Promise<number> {
  const { db, clock } = deps;
  // Asked first, so that a stranger's upload is not even opened.
  if (visibleOrder(db, caller, answer.orderId) === undefined) throw new Problem('not_found');
  const { hash, width, height } = await readPhoto(deps, answer.photo);
  const at = clock();
  return writeTransaction(db, () => {
    const repeated = answer.key === undefined ? undefined : stepByKey(db, caller.id, answer.key);
    if (repeated !== undefined) return repeated.id;
    const order = visibleOrder(db, caller, answer.orderId);
    if (order === undefined) throw new Problem('not_found');
    keepPicture(db, { hash, siteId: order.siteId, kind: 'answer', at, width, height });
    const step = { kind: 'answered' as const, at, by: caller.id, text: answer.text, photoHash: hash, key: answer.key };
    return takeStep(db, order, step, { answeredAt: at });
  });
}

async function readPhoto(deps: AnswerDeps, bytes: Buffer): Promise<TakenPhoto> {
  try {
    return await takePhoto(deps, bytes);
  } catch (error) {
    throw refusalOf(error, photoField);
  }
}
