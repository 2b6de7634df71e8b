// A recalled carcass in a small world: what was made of it, who holds it, and the people who answer.
import type { Caller } from '../../server/accounts/caller.ts';
import { searchLot } from '../../server/trace/lot/lot-store.ts';
import { type ChainHouse, events, hour, lotUri, openChainHouse, places, products } from './cast.ts';

export const carcass = lotUri(products.carcass, 'C1');
export const clean = lotUri(products.carcass, 'C2');
export const mince = lotUri(products.mince, 'M1');
export const owner = (site: string): Caller => ({
  id: 9,
  name: '鼎香 owner',
  role: 'owner',
  sites: [site],
  via: 'session',
});

/** 60 kg tainted and 20 kg clean carcass become 80 kg of mince, of which one kitchen gets 40 kg and uses 10. */
export function house(): ChainHouse {
  const opened = openChainHouse();
  opened.capture([
    events.commission(hour(0), places.slaughterhouse, [
      [carcass, 100, 'KGM'],
      [clean, 50, 'KGM'],
    ]),
    events.transform(
      hour(1),
      places.slaughterhouse,
      [
        [carcass, 60, 'KGM'],
        [clean, 20, 'KGM'],
      ],
      [[mince, 80, 'KGM']],
    ),
    events.ship(hour(2), places.slaughterhouse, places.dingxiang, [[mince, 40, 'KGM']]),
    events.receive(hour(3), places.dingxiang, places.slaughterhouse, [[mince, 40, 'KGM']]),
    events.sell(hour(4), places.dingxiang, [[mince, 10_000, 'GRM']]),
  ]);
  return opened;
}

export const idOf = (opened: ChainHouse, code: string) => {
  const search = searchLot(opened.db, code);
  return search.found === 'one' ? search.lot.id : 0;
};
