// What one pack of a product holds, as people say it and as it is kept.
import { expect, it } from 'vitest';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { packSizesOf, setPackSize } from '../../../server/trace/lot/set-pack-size.ts';
import { registerProduct } from '../../../server/trace/place/register-place.ts';
import { events, gtin, hour, lotUri, openChainHouse, places, products } from '../../support/cast.ts';
import { scopeOf } from '../../support/scope.ts';

it.each([
  ['KGM', { pack: '箱', holds: 25, unit: '斤' }, 12.5],
  ['KGM', { pack: '袋', holds: 500, unit: 'g' }, 0.5],
  ['GRM', { pack: '箱', holds: 25, unit: '斤' }, 12_500],
  ['TNE', { pack: '箱', holds: 25, unit: 'kg' }, 0.025],
])('a product kept in %s holds as much in its pack %o', (unit, size, holds) => {
  const house = openChainHouse();
  registerProduct(house, { gtin: products.belly, name: '五花肉', unit });
  const code = lotUri(products.belly, 'A07');
  const pack = size.pack === '箱' ? 'BX' : 'BG';
  house.capture([events.commission(hour(0), places.farm, [[code, 2, pack]])]);
  const lotId = lotByCode(house.db, code)?.id ?? 0;
  setPackSize(house, lotId, size, null);
  expect(packSizesOf(house.db, lotId)).toMatchObject({ unit, packs: [{ pack, holds }] });
  const kilograms = unit === 'GRM' ? 25 : unit === 'TNE' ? 50 : holds * 2;
  expect(scopeOf(house, code)).toMatchObject([{ received: kilograms, unit: 'KGM' }]);
});

it('a pack with a code of its own may be said again, and holds then what was said last', () => {
  const house = openChainHouse();
  registerProduct(house, { gtin: products.belly, name: '五花肉', unit: 'KGM' });
  const code = lotUri(products.belly, 'A07');
  house.capture([events.commission(hour(0), places.farm, [[code, 2, 'BX']])]);
  const lotId = lotByCode(house.db, code)?.id ?? 0;
  const box = { pack: '箱', unit: 'kg', gtin: gtin(77) };
  setPackSize(house, lotId, { ...box, holds: 10 }, null);
  setPackSize(house, lotId, { ...box, holds: 12 }, null);
  expect(packSizesOf(house.db, lotId)).toMatchObject({ packs: [{ pack: 'BX', holds: 12, gtin: gtin(77) }] });
});
