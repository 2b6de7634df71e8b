// Holds a lot (封存) before anybody knows whether it must be recalled, and releases it again.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { type Lot, lotById } from './lot-store.ts';

type HoldDeps = Pick<Deps, 'db' | 'clock'>;

/** Throws Problem `not_found`, or `conflict` when it is held or recalled already. */
export function holdLot(
  deps: HoldDeps,
  lotId: number,
  reason: string,
  caller: Caller | null,
  labTestId: number | null = null,
): void {
  change(deps, { lotId, state: 'held', reason, caller, labTestId });
}

/** Throws Problem `not_found`, or `conflict` when it is not held. */
export function releaseLot(deps: HoldDeps, lotId: number, reason: string, caller: Caller | null): void {
  change(deps, { lotId, state: 'released', reason, caller, labTestId: null });
}

export type LotHold = {
  readonly state: 'held' | 'released';
  readonly reason: string;
  readonly at: number;
  readonly labTestId: number | null;
};

/** Every hold and release of a lot, newest first. */
export function holdsOf(db: Db, lotId: number): LotHold[] {
  return db.sqlite
    .prepare(
      'SELECT state, reason, at, lab_test_id AS labTestId FROM lot_hold WHERE lot_id = ? ORDER BY id DESC LIMIT 200',
    )
    .all(lotId) as LotHold[];
}

const changes = {
  held: { from: 'ok', to: 'held', refusal: 'The lot is held or recalled already.' },
  released: { from: 'held', to: 'ok', refusal: 'The lot is not held.' },
} as const;

type HoldChange = Omit<LotHold, 'at'> & { readonly lotId: number; readonly caller: Caller | null };

function change({ db, clock }: HoldDeps, { lotId, state, reason, caller, labTestId }: HoldChange): void {
  writeTransaction(db, () => {
    const { from, to, refusal } = changes[state];
    const lot = lotFor(db, lotId);
    if (lot.status !== from) throw new Problem('conflict', { detail: refusal });
    const at = clock();
    db.sqlite.prepare('UPDATE lot SET status = ? WHERE id = ?').run(to, lotId);
    db.sqlite
      .prepare('INSERT INTO lot_hold (lot_id, state, reason, lab_test_id, account_id, at) VALUES (?, ?, ?, ?, ?, ?)')
      .run(lotId, state, reason, labTestId, caller?.id ?? null, at);
    appendEntry(db, {
      kind: 'hold',
      subject: lot.code,
      body: { state, reason, labTest: labTestId, account: caller?.id ?? null },
      at,
    });
  });
}

function lotFor(db: Db, lotId: number): Lot {
  const lot = lotById(db, lotId);
  if (lot === undefined) throw new Problem('not_found', { detail: 'No such lot.' });
  return lot;
}
