// What inspectors leave behind in the house in which everything has happened: a draw, a visit with its order, a swept street.
import type { Caller } from '../../server/accounts/caller.ts';
import { insertAccount } from '../../server/accounts/create-account.ts';
import { beijingDay } from '../../server/kitchen/restaurant/hours.ts';
import { registerRestaurant } from '../../server/kitchen/shop/register-restaurant.ts';
import { roundFrom } from '../../server/oversight/draw/beacon.ts';
import { recordConflict } from '../../server/oversight/draw/record-conflict.ts';
import { riskByScore } from '../../server/oversight/draw/score-risk-store.ts';
import { startDraw } from '../../server/oversight/draw/start-draw.ts';
import { closeKitchen } from '../../server/oversight/standing/close-kitchen.ts';
import { renameKitchen } from '../../server/oversight/standing/rename-kitchen.ts';
import { reopenKitchen } from '../../server/oversight/standing/reopen-kitchen.ts';
import { addStreet } from '../../server/oversight/sweep/add-street.ts';
import { decideShop } from '../../server/oversight/sweep/decide-shop.ts';
import { registerShop } from '../../server/oversight/sweep/register-shop.ts';
import { readShopForm } from '../../server/oversight/sweep/shop-form.ts';
import { addCheckList, readCheckList } from '../../server/oversight/visit/add-check-list.ts';
import { addPlannedVisit } from '../../server/oversight/visit/add-planned-visit.ts';
import { closeVisit } from '../../server/oversight/visit/close-visit.ts';
import { writeTransaction } from '../../server/store/db.ts';
import type { ProofHouse } from './proof-house.ts';

export async function playInspections({ deps, db, clock, cast }: ProofHouse): Promise<void> {
  const person = { login: 'lin', name: '林', role: 'inspector', sites: [], passwordHash: 'x' } as const;
  const id = writeTransaction(db, () => insertAccount(db, person, 'test', clock.now()));
  const inspector: Caller = { ...cast.admin, id, role: 'inspector', sites: [] };
  const siteId = String(db.sqlite.prepare('SELECT site_id FROM restaurant ORDER BY id LIMIT 1').pluck().get());
  recordConflict(deps, inspector, { siteId, reason: '亲属在该店任职' });
  const beacon = { source: 'drand-quicknet', round: roundFrom('drand-quicknet', clock.now() + 600_000) } as const;
  const draw = {
    title: '抽查',
    kinds: ['kitchen' as const],
    district: null,
    size: 1,
    inspectorsEach: 1,
    recentDays: 0,
  };
  startDraw(deps, inspector, { ...draw, beacon }, riskByScore(db));
  const list = addCheckList(deps, cast.admin, readCheckList('虫害 | Pests | !'));
  const { visitId } = addPlannedVisit(deps, inspector, { siteId, days: 7 });
  const found = { 'answer.p1': 'bad', 'note.p1': '有鼠迹', key: 'visit-key', list: String(list), signedName: '王店长' };
  await closeVisit(deps, inspector, visitId, found);
  addStreet(deps, inspector, { name: '江岸路', doors: '12 号', district: null });
  const shop = {
    key: 'shop-key',
    name: '老周馄饨',
    address: '江岸路 12 号',
    camera: 'none',
    lat: '22.5',
    lon: '114.1',
  };
  const shopId = await registerShop(deps, inspector, readShopForm(shop));
  decideShop(deps, inspector, shopId, { decision: 'approved', note: '看过了' });
  playStanding(deps, cast.admin);
}

/** A kitchen beside the others: renamed, closed and opened again. */
function playStanding(deps: ProofHouse['deps'], admin: Caller): void {
  const input = { name: '老周面馆', licence: 'JY23300000000088', address: '江岸路 14 号' };
  const { id } = registerRestaurant(deps, admin, { ...input, opensAt: '09:00', closesAt: '22:00' });
  renameKitchen(deps, admin, id, { name: '老周饭馆', nameEn: null, reason: '许可证变更' });
  closeKitchen(deps, admin, id, { day: beijingDay(deps.clock()), reason: '装修' });
  reopenKitchen(deps, admin, id);
}
