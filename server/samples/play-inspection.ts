// Plays the visits of the sample city, each published, and the daily lists of its shops.
import type { Inspection, ShopDay } from '../../samples/district/inspections.ts';
import { places } from '../../samples/district/places.ts';
import { beijingDay } from '../kitchen/restaurant/hours.ts';
import { addStaff, nameOfficer } from '../oversight/day/change-shop.ts';
import { dayAfter, dayInputSchema } from '../oversight/day/day.ts';
import { shopDay, staffOf } from '../oversight/day/day-store.ts';
import { writeDay } from '../oversight/day/write-day.ts';
import { askVisit } from '../oversight/visit/ask-visit.ts';
import { closeAsFound } from '../oversight/visit/close-visit.ts';
import { defaultCheckList } from '../oversight/visit/default-check-list.ts';
import { publishVisit } from '../oversight/visit/publish-visit.ts';
import { writeTransaction } from '../store/db.ts';
import type { HistoryHouse } from './history-house.ts';

export function playInspection({ deps, people }: HistoryHouse, { kitchen, bad, words, at }: Inspection): void {
  const { inspector } = people;
  const siteId = places[kitchen].gln;
  const { visitId } = writeTransaction(deps.db, () =>
    askVisit(deps.db, { siteId, kind: 'plan', ref: 'samples', weight: 10, inspectors: [inspector.id], at }),
  );
  const points = defaultCheckList.map(({ id }) => {
    const isBad = bad.includes(id);
    return { item: id, answer: isBad ? ('bad' as const) : ('ok' as const), note: isBad ? words : '', photo: undefined };
  });
  const form = { key: `samples-${visitId}`, list: 1, points, note: '', signedName: '当班店长', signature: undefined };
  closeAsFound(deps, inspector, visitId, { form, items: defaultCheckList, photos: new Map() });
  publishVisit(deps, inspector, visitId);
}

const staff = ['张伟', '李娜', '陈强'] as const;
const certificateDays = [200, 90, 21] as const;

export function playShopDay(house: HistoryHouse, { kind, kitchen, at }: ShopDay): void {
  const site = places[kitchen].gln;
  if (kind === 'office') beginDays(house, { site, kitchen, at });
  else keepList(house, { site, kitchen, at });
}

type List = { readonly site: string; readonly kitchen: ShopDay['kitchen']; readonly at: number };

function beginDays({ deps, ownerOf }: HistoryHouse, { site, kitchen, at }: List): void {
  const owner = ownerOf(kitchen);
  for (const office of ['officer', 'head'] as const) nameOfficer(deps, site, office, owner.id, owner);
  staff.forEach((name, index) => {
    const expiresOn = dayAfter(beijingDay(at), certificateDays[index] ?? 90);
    addStaff(deps, site, { name, certificate: `JK-2026-${kitchen}-${index + 1}`, expiresOn }, owner);
  });
}

/** Whatever the data finds out of order has its line, as an officer would write it. */
function keepList({ deps, ownerOf }: HistoryHouse, { site, kitchen, at }: List): void {
  const { items } = shopDay(deps.db, site, beijingDay(at), at);
  const answers = Object.fromEntries(
    items.map(({ item, state }) => [item, { answer: 'ok', words: state === 'problem' ? '已联系，今天处理' : '' }]),
  );
  const mornings = Object.fromEntries(staffOf(deps.db, site).map(({ id }) => [id, 'well']));
  writeDay(deps, site, dayInputSchema.parse({ all: true, answers, staff: mornings }), ownerOf(kitchen));
}
