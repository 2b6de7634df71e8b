// Takes a delivery: each box captured as a receiving event of the caller's own place, a repeat taken once.
import { askedSite } from '../../accounts/asked-site.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { readForCapture } from '../capture/capture-document.ts';
import { type CaptureDeps, captureInTransaction, RolledBack } from '../capture/capture-events.ts';
import { captureRows } from '../capture/capture-rows.ts';
import { type Lot, lotByCode } from '../lot/lot-store.ts';
import { namedSite } from '../lot/register-lot.ts';
import {
  type Acknowledgement,
  type ReceiptBox,
  type ReceiptInput,
  readReceipt,
  receiptDocument,
  receiptTime,
} from './receipt.ts';
import { type CheckedScan, checkFault, checkScan, type ScanWarning } from './scan-check-store.ts';

export type BoxWarning = ScanWarning & { readonly place: string };

export type ReceivedGoods = {
  readonly site: string;
  readonly accepted: number;
  readonly duplicate: number;
  readonly lots: readonly Lot[];
  readonly warnings: readonly BoxWarning[];
};

type ReceiveDeps = CaptureDeps & Pick<Deps, 'secrets'>;
type Goods = Extract<CheckedScan, { is: 'goods' }>;

/**
 * `mustBeSeen`: what has to be acknowledged, box by box, before it is taken. Throws Problem `invalid_input` with every fault,
 * `conflict` with what was not acknowledged (`/boxes/0/acknowledged`), `not_found` for a site that is not the caller's.
 */
export function receiveGoods(
  deps: ReceiveDeps,
  input: ReceiptInput,
  caller: Caller,
  mustBeSeen: readonly Acknowledgement[],
): ReceivedGoods {
  const site = askedSite(caller, input.site, 'Say which of your places received it.');
  const time = receiptTime(input, deps.clock());
  const checked = input.boxes.map(({ code, expiresOn }) => checkScan(deps, code, time.at, expiresOn));
  const wrong = checked.flatMap((box, index) => (box.is === 'goods' ? [] : [checkFault(box, `/boxes/${index}/code`)]));
  if (time.faults.length + wrong.length > 0) throw new Problem('invalid_input', { faults: [...time.faults, ...wrong] });
  const goods = checked.filter((box): box is Goods => box.is === 'goods');
  const read = readReceipt(input, time.at, goods);
  const warnings = goods.flatMap((box, index) => box.warnings.map((each) => ({ ...each, place: `/boxes/${index}` })));
  refuseUnseen(input, warnings, mustBeSeen);
  const taken = take(deps, { ...read, site }, caller);
  const keys = [...new Set(read.boxes.map(({ key }) => key))];
  return { site, ...taken, lots: keys.flatMap((key) => lotByCode(deps.db, key) ?? []), warnings };
}

function refuseUnseen(
  input: ReceiptInput,
  warnings: readonly BoxWarning[],
  mustBeSeen: readonly Acknowledgement[],
): void {
  const faults = warnings.flatMap(({ place, code, detail }): Fault[] => {
    const seen: readonly string[] = input.boxes[Number(place.split('/').at(-1))]?.acknowledged ?? [];
    if (seen.includes(code) || !mustBeSeen.some((each) => each === code)) return [];
    return [
      {
        place: `${place}/acknowledged`,
        code,
        detail: `${detail} Send acknowledged: ["${code}"] to take it all the same.`,
      },
    ];
  });
  if (faults.length > 0)
    throw new Problem('conflict', { detail: 'Goods that must not be used are only taken knowingly.', faults });
}

type Delivery = ReturnType<typeof readReceipt> & { readonly site: string };

/** The events and what their labels say of the lots, all or nothing. */
function take(
  deps: ReceiveDeps,
  delivery: Delivery,
  caller: Caller,
): { readonly accepted: number; readonly duplicate: number } {
  const { db, clock } = deps;
  try {
    return writeTransaction(db, () => {
      const from = delivery.from === undefined ? undefined : supplierOf(db, delivery.from);
      const bytes = Buffer.from(JSON.stringify(receiptDocument({ ...delivery, from }, delivery.site, clock())));
      const answer = captureInTransaction(deps, readForCapture(bytes, 'application/ld+json'), caller, {
        onError: 'rollback',
      });
      if (answer.refused > 0) throw new RolledBack(answer);
      for (const box of delivery.boxes) keepDays(db, box);
      return { accepted: answer.accepted, duplicate: answer.duplicate };
    });
  } catch (error) {
    captureRows(db).forget();
    if (!(error instanceof RolledBack)) throw error;
    throw new Problem('invalid_input', { faults: error.answer.events.flatMap((event) => event.faults) });
  }
}

/** What was registered before stays; a label fills in what nobody had told. */
function keepDays(db: Db, { key, expiresAt, producedAt }: ReceiptBox): void {
  if (expiresAt === undefined && producedAt === undefined) return;
  db.sqlite
    .prepare(
      `UPDATE lot SET expires_at = coalesce(expires_at, ?), produced_at = coalesce(produced_at, ?)
       WHERE code = ? AND kind <> 'container'`,
    )
    .run(expiresAt ?? null, producedAt ?? null, key);
}

/** People write a supplier's name, programs its id: both are one place. */
function supplierOf(db: Db, named: string): string {
  return /^(https?|urn):/.test(named) ? named : namedSite(db, named, '/from');
}
