// The shop says what it has mended, with a photo; an inspector sees for themselves at the recheck.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { takePhotoAt } from '../../sight/take-photo.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { orderById } from './visit-order-store.ts';

type AnswerDeps = Pick<Deps, 'db' | 'clock' | 'blobs' | 'eye' | 'log'>;
export type ShopAnswer = { readonly text: string; readonly photo: File | undefined };

/** Throws Problem `not_found` for another's, `conflict` for one that is closed, `invalid_input`, `unreadable_picture`. */
export async function answerVisitOrder(
  deps: AnswerDeps,
  caller: Caller,
  id: number,
  answer: ShopAnswer,
): Promise<void> {
  const { db, clock } = deps;
  refuseAnothers(db, caller, id);
  const faults: Fault[] = [];
  if (answer.text.length < 2 || answer.text.length > 1_000)
    faults.push({ place: '/text', code: 'say_mended', detail: 'Say what was mended, in at most 1000 characters.' });
  if (answer.photo === undefined) faults.push({ place: '/photo', code: 'photo', detail: 'A photo of it is needed.' });
  if (answer.photo === undefined || faults.length > 0) throw new Problem('invalid_input', { faults });
  const photoHash = await hashOf(deps, answer.photo);
  writeTransaction(db, () => {
    refuseAnothers(db, caller, id);
    const at = clock();
    db.sqlite
      .prepare(
        `UPDATE visit_order SET state = 'answered', answer = ?, photo_hash = ?, answered_at = ?, answered_by = ? WHERE id = ?`,
      )
      .run(answer.text, photoHash, at, caller.id, id);
    const body = { step: 'answered', text: sha256Hex(answer.text), photo: photoHash, by: caller.id };
    appendEntry(db, { kind: 'visit-order', subject: `visit-order/${id}`, body, at });
  });
}

function refuseAnothers(db: Db, caller: Caller, id: number): void {
  const order = orderById(db, id);
  if (order === undefined || !caller.sites.includes(order.siteId)) throw new Problem('not_found');
  if (order.state === 'accepted') throw new Problem('conflict', { detail: 'This order is closed.' });
}

async function hashOf(deps: AnswerDeps, photo: File): Promise<string> {
  return (await takePhotoAt(deps, photo, '/photo')).hash;
}
