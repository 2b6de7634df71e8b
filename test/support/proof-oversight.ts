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
import { writeTransaction } from '../../server/store/db.ts';
import type { ProofHouse } from './proof-house.ts';

/** A day that was done, a week that was signed, a school's dish, a notice that was read. */
export async function playDays({ deps, db, clock, cast }: ProofHouse): Promise<void> {
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
  writeDay(deps, site, dayInputSchema.parse({ all: true, answers: each }), owner);
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
}
