// What a shop's day, its notices and its trade leave behind, for the house in which everything has happened.

import { beijingDay } from '../../server/kitchen/restaurant/hours.ts';
import { addStaff, changeSchool, nameOfficer } from '../../server/oversight/day/change-shop.ts';
import { dayInputSchema } from '../../server/oversight/day/day.ts';
import { keepMeal } from '../../server/oversight/day/keep-meal.ts';
import { draftReport } from '../../server/oversight/day/report-store.ts';
import { signReport } from '../../server/oversight/day/sign-report.ts';
import { writeDay } from '../../server/oversight/day/write-day.ts';
import { changeNoticeSetting } from '../../server/oversight/notice/change-notice-setting.ts';
import { readNotice } from '../../server/oversight/notice/read-notice.ts';
import { sendNotice } from '../../server/oversight/notice/send-notice.ts';
import { endOrder } from '../../server/oversight/purchase/end-order.ts';
import { receiveOrder } from '../../server/oversight/purchase/receive-order.ts';
import { recordMoney, takeBackMoney } from '../../server/oversight/purchase/record-money.ts';
import { sendOrder } from '../../server/oversight/purchase/send-order.ts';
import { writeOrder } from '../../server/oversight/purchase/write-order.ts';
import { writePromise } from '../../server/oversight/purchase/write-promise.ts';
import { writeTransaction } from '../../server/store/db.ts';
import { readForCapture } from '../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../server/trace/capture/capture-events.ts';
import { lotByCode } from '../../server/trace/lot/lot-store.ts';
import { documentOf, events, lotUri, places, products } from './cast.ts';
import { person } from './kitchen-cast.ts';
import type { ProofHouse } from './proof-house.ts';

/** A day that was done, a week that was signed, a school's dish, a notice that was read. */
export async function playDays(house: ProofHouse): Promise<void> {
  const { deps, db, clock, cast } = house;
  const { owner } = cast;
  const [site = ''] = owner.sites;
  nameOfficer(deps, site, 'officer', owner.id, owner);
  addStaff(deps, site, { name: '小李', certificate: 'JK-0001', expiresOn: '2030-12-31' }, owner);
  changeSchool(deps, site, 'begin', owner);
  keepMeal(deps, site, { meal: 'lunch', dish: '红烧肉', lots: [], grams: 130 }, owner);
  const meal = db.sqlite.prepare('SELECT max(id) FROM day_meal').pluck().get();
  // The cast's kitchen holds nothing; what it cooks with is any lot there is.
  writeTransaction(db, () =>
    db.sqlite.prepare('INSERT INTO day_meal_lot (meal_id, lot_id) SELECT ?, min(id) FROM lot').run(meal),
  );
  const answers = { ok: { answer: 'ok', words: '有问题的已处理' } };
  const each = Object.fromEntries(
    ['recalls', 'expiry', 'morning', 'receipts', 'temperature', 'health', 'orders', 'cameras', 'licence'].map(
      (item) => [item, answers.ok],
    ),
  );
  const staff = Object.fromEntries(
    (db.sqlite.prepare('SELECT id FROM day_staff').pluck().all() as number[]).map((id) => [id, 'well']),
  );
  writeDay(deps, site, dayInputSchema.parse({ all: true, answers: each, staff }), owner);
  const day = beijingDay(clock.now());
  clock.pass(8 * 86_400_000);
  const { hash } = draftReport(db, site, 'week', day, clock.now());
  signReport(deps, { siteId: site, kind: 'week', day, hash }, owner);
  await changeNoticeSetting(
    { ...deps },
    { lang: 'en', email: '', webhook: '', quietFrom: '22:00', quietUntil: '07:00' },
    owner,
  );
  const { id } = sendNotice(
    deps,
    { kind: 'rule', title: { zh: '新规' }, body: { zh: '请学习。' }, to: { accounts: [owner.id] } },
    cast.admin,
  );
  readNotice(deps, id, owner);
  playPurchase(house);
}

/** An order that was sent of a carcass, received short, invoiced wrongly, and the grower's promise of it; one that was declined. */
function playPurchase({ deps, db, clock, cast }: ProofHouse): void {
  const { owner } = cast;
  const [buyer = ''] = owner.sites;
  const wang = person(deps, 'partner', 'wang-who-sells', [places.wholesaler]);
  const code = lotUri(products.belly, 'ORDERED');
  const goods = [events.commission(clock.now(), places.wholesaler, [[code, 9, 'KGM']])];
  captureDocument(deps, readForCapture(documentOf(goods), 'application/ld+json'), null, { onError: 'rollback' });
  const place = (key: string) =>
    writeOrder(
      deps,
      {
        key,
        supplier: places.wholesaler,
        site: buyer,
        lines: [{ product: '五花肉', quantity: 4, unit: 'KGM', price: 3400 }],
      },
      owner,
    ).id;
  const [first, second] = [place('proof-one'), place('proof-two')];
  endOrder(deps, wang, second, '没有货');
  const line = db.sqlite.prepare('SELECT id FROM purchase_line WHERE order_id = ?').pluck().get(first) as number;
  sendOrder(deps, wang, first, { parcels: [{ line, code, quantity: 4, quarantine: 'JY-77', quality: 'RJ-78' }] });
  clock.pass(3_600_000);
  const parcel = db.sqlite.prepare('SELECT max(id) FROM purchase_parcel').pluck().get() as number;
  receiveOrder(deps, owner, first, { parcels: [{ id: parcel, quantity: 3.5 }] });
  recordMoney(deps, owner, first, { kind: 'invoice', reference: 'FP-1', amount: 99_900 });
  takeBackMoney(deps, owner, first, db.sqlite.prepare('SELECT max(id) FROM purchase_money').pluck().get() as number);
  const lot = lotByCode(db, code)?.id ?? 0;
  writePromise(deps, { lot, grower: '王', contact: '1', quantity: 9, unit: 'KGM', ground: 'word' }, wang);
}
