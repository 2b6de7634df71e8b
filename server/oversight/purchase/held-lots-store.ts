// What a place holds by its books, lot by lot: what an order can be sent from.
import { dayMs } from '../../clock.ts';
import type { Db } from '../../store/db.ts';
import { balanceOf } from '../../trace/chain/balance-store.ts';
import { knownAmounts } from '../../trace/chain/stock.ts';
import { baseAmount, unitOfDimension } from '../../trace/code/balance-unit.ts';
import type { HeldLot } from './purchase.ts';

const mostHoldings = 400;
const longestStayMs = 400 * dayMs;

export type LotHeld = {
  readonly lotId: number;
  readonly code: string;
  readonly batch: string;
  readonly product: string | null;
  readonly productEn: string | null;
  readonly expiresAt: number | null;
  /** In `unit`; null: the books do not say how much. */
  readonly onHand: number | null;
  /** KGM, LTR, C62 or a unit of its own. */
  readonly unit: string | null;
  /** JSON of the product's factors, and the unit it is kept in. */
  readonly factors: string;
  readonly productUnit: string | null;
};

type Row = Omit<LotHeld, 'onHand' | 'unit'> & { readonly holdingId: number };

/** Whatever ends first comes first; recalled, held and expired ones are not offered. */
export function heldAt(db: Db, siteId: string, now: number): LotHeld[] {
  const rows = db.sqlite.prepare(heldSql).all({ siteId, now, since: now - longestStayMs }) as Row[];
  const books = balanceOf(
    db,
    rows.map(({ holdingId }) => holdingId),
  );
  const held = rows.flatMap(({ holdingId, ...row }) => {
    const { onHand } = knownAmounts(books.stockOf(holdingId));
    const place = books.facts.places.get(holdingId);
    const unit = place === undefined ? null : books.unitOf(place);
    return onHand !== null && onHand <= 1e-6 ? [] : [{ ...row, onHand, unit }];
  });
  return held.sort(
    (a, b) => (a.expiresAt ?? Number.MAX_VALUE) - (b.expiresAt ?? Number.MAX_VALUE) || a.lotId - b.lotId,
  );
}

/** How much of a lot there is, in the unit of a line; undefined: nothing converts one to the other. */
export function inLineUnit(held: LotHeld, unit: string | null): HeldLot | undefined {
  const { lotId, code, onHand, factors, productUnit } = held;
  if (onHand === null) return undefined;
  const product = { unit: productUnit ?? undefined, factors: JSON.parse(factors) as Record<string, number> };
  const one = baseAmount(1, unit ?? undefined, product);
  if (one === undefined || unitOfDimension(one.dimension) !== held.unit || one.amount <= 0) return undefined;
  return { lotId, code, onHand: onHand / one.amount };
}

/** Whether a lot is what a line asks for: its product goes by that name. */
export function isCalled({ product, productEn }: Pick<LotHeld, 'product' | 'productEn'>, name: string): boolean {
  const plain = (text: string) => text.trim().toLowerCase();
  return [product, productEn].some((each) => each !== null && plain(each) === plain(name));
}

const heldSql = `SELECT h.id AS holdingId, l.id AS lotId, l.code, coalesce(l.origin_batch, l.batch, l.serial, l.code) AS batch,
    p.name AS product, p.name_en AS productEn, l.expires_at AS expiresAt, coalesce(p.factors, '{}') AS factors, p.unit AS productUnit
  FROM site s CROSS JOIN holding h ON h.site_key = s.key CROSS JOIN lot l ON l.id = h.lot_id LEFT JOIN product p ON p.id = l.product_id
  WHERE s.id = @siteId AND l.kind = 'lot' AND l.status = 'ok' AND (l.expires_at IS NULL OR l.expires_at > @now)
    AND EXISTS (SELECT 1 FROM edge_out x WHERE x.holding_id = h.id AND x.voided_by IS NULL AND x.at > @since)
  ORDER BY h.id DESC LIMIT ${mostHoldings}`;
