// A person decides about a shop that its checks left waiting: approved, or refused with the reason.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { openShop } from './open-shop.ts';
import { shopById } from './sweep-store.ts';

export type ShopDecision = { readonly decision: 'approved' | 'refused'; readonly note: string };

/** Throws Problem `not_found`, `conflict` for one that is decided, `invalid_input` without a reason. */
export function decideShop(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  id: number,
  decided: ShopDecision,
): void {
  const { decision, note } = decided;
  if (note.length < 2 || note.length > 300)
    throw new Problem('invalid_input', {
      faults: [{ place: '/note', code: 'reason', detail: 'Say why, in 2 to 300 characters.' }],
    });
  writeTransaction(db, () => {
    const shop = shopById(db, caller, id);
    if (shop === undefined) throw new Problem('not_found');
    if (shop.state !== 'waiting') throw new Problem('conflict', { detail: 'This shop has been decided about.' });
    if (decision === 'approved') return void openShop({ db, clock }, shop, { by: caller.id, note });
    const at = clock();
    db.sqlite
      .prepare(`UPDATE swept_shop SET state = 'refused', decided_by = ?, decided_at = ?, note = ? WHERE id = ?`)
      .run(caller.id, at, note, id);
    // Its door is to be swept again.
    db.sqlite.prepare(`UPDATE street_door SET state = 'unswept', shop_id = NULL WHERE shop_id = ?`).run(id);
    appendEntry(db, { kind: 'swept-shop', subject: `swept-shop/${id}`, body: { step: 'refused', by: caller.id }, at });
  });
}
