// When a lot is recalled, held or fails a test, the kitchens that had it are looked at: their kept frames go to a reviewer.
import type { Deps } from '../../deps.ts';
import type { Cause } from '../../kitchen/flag/add-cause.ts';
import { lookBack } from '../../kitchen/sample/look-back.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { shortOf } from '../../trace/lot/lot-name.ts';
import { lotById } from '../../trace/lot/lot-store.ts';
import { type KitchenStay, kitchensOfLot, kitchensOfRecallScope, mostKitchens } from './kitchen-stay-store.ts';
import { type LookCause, unlookedCauses } from './look-store.ts';

/** The job `recall-kitchen`; `payload` is `{recallId}`. Kitchens past the five hundredth are left out and logged. */
export async function lookAtKitchens(deps: Deps, payload: unknown): Promise<void> {
  const recallId = Number((payload as { recallId?: unknown } | null)?.recallId);
  const lotId = deps.db.sqlite.prepare('SELECT lot_id FROM recall WHERE id = ?').pluck().get(recallId);
  if (typeof lotId !== 'number') return;
  await look(deps, { kind: 'recall', causeId: recallId, lotId }, kitchensOfRecallScope(deps.db, recallId));
}

/** The job `look-at-held`: holds and failed tests that nobody has looked at. Done again after a crash, it adds nothing. */
export async function lookAtHeld(deps: Deps): Promise<void> {
  for (const cause of unlookedCauses(deps.db, deps.clock()))
    await look(deps, cause, (await kitchensOfLot(deps.db, cause.lotId)).kitchens);
}

async function look(deps: Deps, cause: LookCause, kitchens: readonly KitchenStay[]): Promise<void> {
  if (kitchens.length > mostKitchens)
    deps.log.warn({ ...cause, kitchens: kitchens.length }, 'not every kitchen of a lot was looked at');
  const said = causeOf(deps, cause);
  let flags = 0;
  for (const { siteId, since, until } of kitchens.slice(0, mostKitchens))
    flags += await lookBack(deps, siteId, { since, until: until ?? deps.clock(), cause: said });
  writeDown(deps, cause, { kitchens: kitchens.length, flags });
}

function causeOf({ db }: Deps, { kind, lotId }: LookCause): Cause {
  const lot = lotById(db, lotId);
  const batch = lot === undefined ? '' : shortOf(lot);
  const named = (name: string | null | undefined) => (name ? `${name} ${batch}` : batch);
  return {
    kind,
    subject: `lot/${lotId}`,
    label: named(lot?.name),
    labelEn: lot?.nameEn ? named(lot.nameEn) : null,
    href: `/lots/${lotId}/kitchens`,
  };
}

function writeDown(
  { db, clock }: Deps,
  { kind, causeId, lotId }: LookCause,
  { kitchens, flags }: { readonly kitchens: number; readonly flags: number },
): void {
  writeTransaction(db, () => {
    db.sqlite
      .prepare(
        `INSERT INTO lot_look (kind, cause_id, lot_id, kitchens, flags, at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (kind, cause_id) DO UPDATE SET kitchens = excluded.kitchens, flags = flags + excluded.flags`,
      )
      .run(kind, causeId, lotId, kitchens, flags, clock());
    const body = { because: `${kind}/${causeId}`, kitchens, flags };
    appendEntry(db, { kind: 'lot-look', subject: `lot/${lotId}`, body, at: clock() });
  });
}
