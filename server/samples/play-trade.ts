// Two orders of the sample city: one that waits for the abattoir to send it, and one on its way to the shop.
import { places } from '../../samples/district/places.ts';
import { products } from '../../samples/district/products.ts';
import type { Caller } from '../accounts/caller.ts';
import type { Deps } from '../deps.ts';
import { heldAt } from '../oversight/purchase/held-lots-store.ts';
import { linesOf } from '../oversight/purchase/purchase-store.ts';
import { sendOrder } from '../oversight/purchase/send-order.ts';
import { writeOrder } from '../oversight/purchase/write-order.ts';

type Traders = { readonly shop: Caller; readonly supplier: Caller };

const kilograms = 12;

export function playTrade(deps: Deps, { shop, supplier }: Traders): void {
  const [site, from] = [places.dingxiang.gln, places.abattoir.gln];
  const order = (key: string, product: string, quantity: number, price: number) =>
    writeOrder(deps, { key, site, supplier: from, lines: [{ product, quantity, unit: 'KGM', price }] }, shop).id;
  order('sample-waits', products.belly.name, 20, 3_450);
  // The newest lot that is nobody's story: no page that tells one is changed by it.
  const lot = heldAt(deps.db, from, deps.clock())
    .filter(({ unit, onHand }) => unit === 'KGM' && (onHand ?? 0) >= kilograms)
    .sort((a, b) => b.lotId - a.lotId)[0];
  if (lot === undefined) throw new Error('The sample abattoir holds nothing to send.');
  const sent = order('sample-sent', lot.product ?? products.belly.name, kilograms, 3_200);
  const [line] = linesOf(deps.db, [sent]).get(sent) ?? [];
  if (line === undefined) throw new Error('The sample order has no line.');
  sendOrder(deps, supplier, sent, { parcels: [{ line: line.id, code: lot.code, quantity: kilograms }] });
}
