// What the pages of an order are made of: names of places, lots as they are printed, what could be sent, what papers say.
import type { LineView, MoneyView, OrderView, Suggestion } from '../../../views/oversight/purchase/order-view.ts';
import type { PaperCertificate, PaperLot } from '../../../views/oversight/purchase/papers-page.tsx';
import type { PromiseView } from '../../../views/oversight/purchase/promise-paper.tsx';
import { localName } from '../../../views/text/texts.ts';
import type { PlaceName } from '../../../views/trace/parts.tsx';
import type { Deps } from '../../deps.ts';
import type { Db } from '../../store/db.ts';
import { certificatesOf, type LotCertificate } from '../../trace/diner/certificate-store.ts';
import { lotPath } from '../../trace/lot/lot-address.ts';
import { shortOf } from '../../trace/lot/lot-name.ts';
import { type Lot, lotByCode, lotById } from '../../trace/lot/lot-store.ts';
import { originIn } from '../../trace/place/origin-store.ts';
import { placesOf } from '../../trace/place/place-store.ts';
import { heldAt, inLineUnit, isCalled } from './held-lots-store.ts';
import { orderSums } from './keep-mismatches.ts';
import { type FarmPromise, promisesOf } from './promise-store.ts';
import { shareOut } from './purchase.ts';
import { linesOf, moneyOf, type OrderLine, type PurchaseOrder } from './purchase-store.ts';

type DataDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;

export function ordersShown(
  { db, secrets }: Pick<DataDeps, 'db' | 'secrets'>,
  orders: readonly PurchaseOrder[],
): OrderView[] {
  const places = placesOf(db, [...new Set(orders.flatMap(({ buyer, supplier }) => [buyer, supplier]))]);
  const lines = linesOf(
    db,
    orders.map(({ id }) => id),
  );
  const lots = new Map<number, Lot | undefined>();
  const lotOf = (id: number) => {
    if (!lots.has(id)) lots.set(id, lotById(db, id));
    return lots.get(id);
  };
  return orders.map((order) => ({
    ...order,
    buyer: placeOf(places, order.buyer),
    supplier: placeOf(places, order.supplier),
    lines: (lines.get(order.id) ?? []).map((line) => lineShown(line, lotOf, secrets.linkKey)),
  }));
}

function placeOf(places: ReadonlyMap<string, PlaceName>, id: string): PlaceName {
  return places.get(id) ?? { id, name: id, nameEn: null, kind: null, address: null, addressEn: null };
}

function lineShown(line: OrderLine, lotOf: (id: number) => Lot | undefined, key: Buffer): LineView {
  const parcels = line.parcels.flatMap(({ id, lotId, sent, received }) => {
    const lot = lotOf(lotId);
    return lot === undefined ? [] : [{ id, batch: shortOf(lot), href: lotPath(lot, key), sent, received }];
  });
  return { ...line, parcels };
}

/** For each line what it would be sent from, the lot that ends first, first; a line of which nothing is held asks for a code. */
export function suggestionsFor({ db, clock }: Pick<DataDeps, 'db' | 'clock'>, order: PurchaseOrder): Suggestion[] {
  const held = heldAt(db, order.supplier, clock());
  const left = new Map<number, number>();
  const of = (line: OrderLine) => {
    const lots = held.filter((each) => isCalled(each, line.product));
    const known = lots.flatMap((each) => inLineUnit(each, line.unit) ?? []);
    const rest = known.map((lot) => ({ ...lot, onHand: left.get(lot.lotId) ?? lot.onHand }));
    const shares = shareOut(line.quantity, rest);
    for (const { lot, quantity } of shares) left.set(lot.lotId, lot.onHand - quantity);
    const chosen = shares.map(({ lot, quantity }) => ({ lotId: lot.lotId, quantity, onHand: lot.onHand }));
    // Where the books know no amount, the first of them is offered with what was ordered.
    const [unknown] = lots;
    if (chosen.length === 0 && unknown !== undefined && known.length === 0)
      return [{ lotId: unknown.lotId, quantity: line.quantity, onHand: null }];
    return chosen;
  };
  const lines = linesOf(db, [order.id]).get(order.id) ?? [];
  return lines
    .flatMap((line): Omit<Suggestion, 'row'>[] => {
      const chosen = of(line).flatMap(({ lotId, quantity, onHand }) => {
        const lot = held.find((each) => each.lotId === lotId);
        if (lot === undefined) return [];
        const { code, batch, expiresAt } = lot;
        const certificates = certificatesOf(db, lotId);
        return [{ lineId: line.id, lotId, code, batch, quantity, onHand, expiresAt, certificates }];
      });
      const none = { lotId: null, code: '', batch: '', quantity: 0, onHand: null, expiresAt: null, certificates: [] };
      return chosen.length > 0 ? chosen : [{ lineId: line.id, ...none }];
    })
    .map((each, row) => ({ ...each, row }));
}

export function moneyShown(db: Db, orderId: number): MoneyView {
  return { ...orderSums(db, orderId), rows: moneyOf(db, orderId) };
}

/** One paper a certificate that follows the lot, from the carcass it was cut of too; a kind nobody registered says so. */
export function papersOf(
  { db, secrets }: Pick<DataDeps, 'db' | 'secrets'>,
  lang: 'zh-CN' | 'en',
  order: PurchaseOrder,
): PaperLot[] {
  const lines = linesOf(db, [order.id]).get(order.id) ?? [];
  return lines.flatMap((line) =>
    line.parcels.flatMap(({ lotId, sent }) => {
      const lot = lotById(db, lotId);
      if (lot === undefined) return [];
      const known = certificatesOf(db, lotId);
      const promises = promisesOf(db, lotId);
      const isPromised = promises.length > 0 && known.length === 0;
      return [
        {
          product: lot.name === null ? line.product : localName(lang, { name: lot.name, nameEn: lot.nameEn }),
          batch: shortOf(lot),
          href: lotPath(lot, secrets.linkKey),
          origin: originIn(db, lang, lot.origin),
          quantity: sent,
          unit: line.unit,
          // What a farm grew needs no certificate of slaughter.
          certificates: isPromised
            ? []
            : (['quarantine', 'quality'] as const).flatMap((kind) => paperOf(db, kind, lot, known)),
          promises: promises.map((promise) => promiseShown({ db, secrets }, lang, promise)),
        },
      ];
    }),
  );
}

function paperOf(
  db: Db,
  kind: 'quarantine' | 'quality',
  lot: Lot,
  known: readonly LotCertificate[],
): PaperCertificate[] {
  const found = known.filter((each) => each.kind === kind);
  const none = { kind, number: null, issuer: null, issuedAt: null, expiresAt: null, batch: shortOf(lot), cuts: 0 };
  if (found.length === 0) return [none];
  return found.map(({ number, issuer, issuedAt, expiresAt, code, depth }) => {
    const from = lotByCode(db, code) ?? lot;
    return { kind, number, issuer, issuedAt, expiresAt, batch: shortOf(from), cuts: depth };
  });
}

export function promiseShown(
  { db, secrets }: Pick<DataDeps, 'db' | 'secrets'>,
  lang: 'zh-CN' | 'en',
  promise: FarmPromise,
): PromiseView {
  const lot = lotById(db, promise.lotId);
  const place = placeOf(placesOf(db, [promise.siteId]), promise.siteId);
  const { id, number, grower, contact, quantity, unit, ground, at } = promise;
  return {
    ...{ id, number, grower, contact, quantity, unit, ground, at, place },
    product: lot?.name == null ? '' : localName(lang, { name: lot.name, nameEn: lot.nameEn }),
    batch: lot === undefined ? '' : shortOf(lot),
    href: lot === undefined ? '' : lotPath(lot, secrets.linkKey),
    origin: lot === undefined ? null : originIn(db, lang, lot.origin),
  };
}
