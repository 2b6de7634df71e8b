// What a buyer received lately, for how complete it is.
import { dayMs } from '../../clock.ts';
import type { Deps } from '../../deps.ts';
import { purchasesOf } from '../../trace/receipt/purchase-store.ts';
import { type Completeness, completenessOf } from './completeness.ts';

const lookBackDays = 90;
const mostReceipts = 5_000;

export function completenessFor(
  { db, clock, secrets }: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  siteIds: readonly string[],
): Completeness[] {
  const now = clock();
  const span = { fromAt: now - lookBackDays * dayMs, untilAt: now, most: mostReceipts };
  return completenessOf(
    purchasesOf(db, siteIds, span, secrets.linkKey, now).map((purchase) => ({
      supplier: purchase.supplier?.id ?? null,
      product: purchase.productName ?? purchase.gtin ?? purchase.code,
      productEn: purchase.productNameEn,
      has: {
        quantity: purchase.quantity !== null,
        batch: purchase.batch !== purchase.code,
        origin: purchase.origin !== null,
        producedAt: purchase.producedAt !== null,
        expiresAt: purchase.expiresAt !== null,
        certificate: purchase.certificates.length > 0,
      },
    })),
  );
}
