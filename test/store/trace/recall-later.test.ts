// What follows when a recall is out: where its goods went, answers taken back, and later events that widen it.
import { describe, expect, it } from 'vitest';
import { answerRecall } from '../../../server/trace/recall/answer-recall.ts';
import {
  openNoticesOfSites,
  recallAnswers,
  recallById,
  recallHoldings,
  recallNotices,
} from '../../../server/trace/recall/recall-store.ts';
import { sumOfRecall } from '../../../server/trace/recall/recall-sum-store.ts';
import { startRecall } from '../../../server/trace/recall/start-recall.ts';
import { takeBackAnswer } from '../../../server/trace/recall/take-back-answer.ts';
import { widenRecall } from '../../../server/trace/recall/widen-recall.ts';
import { type ScopeRow, widenedBy } from '../../../server/trace/scope/recall-scope.ts';
import { events, gln, hour, inspector, lotUri, openChainHouse, places, products } from '../../support/cast.ts';
import { carcass, clean, house, idOf, mince, owner } from '../../support/recall-house.ts';

describe('where the goods of a recall went', () => {
  const whole = lotUri(products.carcass, 'C7');
  const opened = () => {
    const house = openChainHouse();
    house.capture([
      events.commission(hour(0), places.slaughterhouse, [[whole, 0.1, 'TNE']]),
      events.commission(hour(0.5), places.slaughterhouse, [[whole, 20, 'KGM']]),
      events.transform(hour(1), places.slaughterhouse, [[whole, 30_000, 'GRM']], [[mince, 30, 'KGM']]),
      ...delivered(2, [[whole, 40, 'KGM']]),
    ]);
    const started = startRecall(house, { lotId: idOf(house, whole), reason: 'clenbuterol' }, inspector);
    return { ...house, recall: recallById(house.db, started.recallId)! };
  };
  const delivered = (at: number, amounts: readonly [string, number, string][]) => [
    events.ship(hour(at), places.slaughterhouse, places.dingxiang, amounts),
    events.receive(hour(at + 1), places.dingxiang, places.slaughterhouse, amounts),
  ];

  it('is one sum, whatever was told in tonnes, in grams and in kilograms', () => {
    const house = opened();
    expect(sumOfRecall(house.db, house.recall)).toMatchObject({
      unit: 'KGM',
      total: 120,
      parts: { mixed: 30, silent: 90 },
    });
    const [notice] = openNoticesOfSites(house.db, [places.dingxiang]);
    const lines = [
      { action: 'quarantined', quantity: 12_000, unit: 'g' },
      { action: 'served', quantity: 3, unit: 'kg' },
      { action: 'destroyed', quantity: 2, unit: '箱' },
    ] as const;
    answerRecall(house, { noticeId: notice!.id, lines }, owner(places.dingxiang));
    expect(sumOfRecall(house.db, house.recall).parts).toEqual({
      ...{ sealed: 12, shelved: 0, destroyed: 0, sold: 3, mixed: 30, silent: 75 },
    });
  });

  it('leaves out what was declared wrong, and what somebody made of other goods', () => {
    const house = opened();
    const wrong = events.transform(hour(1.5), places.slaughterhouse, [[whole, 10, 'KGM']], [[mince, 10, 'KGM']]);
    house.capture([
      wrong,
      events.declareWrong(wrong, hour(5)),
      events.transform(hour(6), places.slaughterhouse, [[clean, 10, 'KGM']], [[mince, 10, 'KGM']]),
      events.observe(hour(7), places.slaughterhouse, [[whole, 5, 'KGM']]),
    ]);
    expect(sumOfRecall(house.db, house.recall)).toMatchObject({ total: 120, parts: { mixed: 30 } });
  });

  it('is told in the unit that most of it is counted in', () => {
    const house = openChainHouse();
    house.capture([
      events.commission(hour(0), places.slaughterhouse, [[whole, 100, 'KGM']]),
      ...delivered(1, [[whole, 30, 'KGM']]),
      events.receive(hour(4), places.haiwei, places.slaughterhouse, [[whole, 3]]),
    ]);
    const started = startRecall(house, { lotId: idOf(house, whole), reason: 'clenbuterol' }, inspector);
    const sum = sumOfRecall(house.db, recallById(house.db, started.recallId)!);
    expect(sum).toMatchObject({ unit: 'KGM', total: 100 });
  });

  it('is what first came of it, where nobody told of its making', () => {
    const house = openChainHouse();
    house.capture([events.receive(hour(1), places.dingxiang, places.slaughterhouse, [[whole, 9]])]);
    const started = startRecall(house, { lotId: idOf(house, whole), reason: 'clenbuterol' }, inspector);
    const sum = sumOfRecall(house.db, recallById(house.db, started.recallId)!);
    expect(sum).toMatchObject({ unit: null, total: 9, parts: { mixed: 0, silent: 9 } });
  });
});

describe('a recall that goes out', () => {
  it('tells no place that is none, and says since when the goods were where they are', () => {
    const opened = openChainHouse();
    opened.capture([
      events.commission(hour(3), places.slaughterhouse, [[carcass, 10, 'KGM']]),
      events.ship(hour(4), places.slaughterhouse, undefined, [[carcass, 5, 'KGM']]),
    ]);
    const started = startRecall(opened, { lotId: idOf(opened, carcass), reason: 'clenbuterol' }, inspector);
    expect(started).toMatchObject({ holdings: 2, notices: 1 });
    const reached = opened.db.sqlite.prepare('SELECT reached_at FROM recall_scope ORDER BY reached_at').pluck();
    expect(reached.all()).toEqual([hour(3), hour(4)]);
  });

  it('hears that some was found before anybody has weighed it', () => {
    const opened = house();
    startRecall(opened, { lotId: idOf(opened, carcass), reason: 'clenbuterol' }, inspector);
    const [notice] = openNoticesOfSites(opened.db, [places.dingxiang]);
    const found = { noticeId: notice!.id, lines: [{ lotId: idOf(opened, mince), action: 'found' }] } as const;
    expect(answerRecall(opened, found, owner(places.dingxiang))).toMatchObject({ state: 'answered' });
  });
});

describe('an answer taken back', () => {
  it('leaves the notice answered while another stands, and only seen after the last', () => {
    const opened = house();
    const started = startRecall(opened, { lotId: idOf(opened, carcass), reason: 'clenbuterol' }, inspector);
    const [notice] = openNoticesOfSites(opened.db, [places.dingxiang]);
    const lotId = idOf(opened, mince);
    const answering = (quantity: number) => {
      answerRecall(
        opened,
        { noticeId: notice!.id, lines: [{ lotId, action: 'served', quantity, unit: 'kg' }] },
        owner(places.dingxiang),
      );
    };
    answering(1);
    answering(2);
    const recall = recallById(opened.db, started.recallId)!;
    const state = () =>
      recallNotices(opened.db, started.recallId).find(({ siteId }) => siteId === places.dingxiang)?.state;
    const ids = recallAnswers(opened.db, started.recallId).map(({ id }) => id);
    const states = ids.map((id) => {
      takeBackAnswer(opened, recall, id, owner(places.dingxiang));
      return state();
    });
    expect(states).toEqual(['answered', 'seen']);
  });
});

describe('widening a recall', () => {
  it('issues nothing where amounts alone have changed, and with the next holder all that has', () => {
    const opened = house();
    const started = startRecall(opened, { lotId: idOf(opened, carcass), reason: 'clenbuterol' }, inspector);
    opened.capture([events.sell(hour(5), places.dingxiang, [[mince, 10, 'KGM']])]);
    expect(widenRecall(opened, started.recallId)).toBeUndefined();
    opened.capture([events.ship(hour(6), places.dingxiang, places.haiwei, [[mince, 5, 'KGM']])]);
    const widened = widenRecall(opened, started.recallId);
    expect(widened).toMatchObject({ issue: 2, added: 1, notices: 1 });
    const rows = recallHoldings(opened.db, started.recallId, 100).map((row) => [row.siteId, row.onHand, row.share]);
    expect(rows).toEqual([
      [places.slaughterhouse, 40, 40],
      [places.slaughterhouse, 40, 30],
      [places.dingxiang, 15, 11.25],
      [places.haiwei, 5, 3.75],
    ]);
    expect(widenRecall(opened, started.recallId)).toBeUndefined();
    expect(recallById(opened.db, started.recallId)).toMatchObject({ issues: 2, truncated: 0 });
    // What stands in the second issue is not issued again with the third.
    opened.capture([events.ship(hour(7), places.haiwei, places.farm, [[mince, 1, 'KGM']])]);
    expect(widenRecall(opened, started.recallId)).toMatchObject({ issue: 3, added: 1 });
    const third = opened.db.sqlite.prepare('SELECT on_hand FROM recall_scope WHERE issue = 3 ORDER BY on_hand').pluck();
    expect(third.all()).toEqual([1, 4]);
  });

  /** Goods that each of `hops` places had hours before the place before it sent them. */
  const wrongClocks = (from: number, hops: number) =>
    Array.from({ length: hops }, (_, index) => {
      const [sent, sender] = [hour(300 - 6 * (from + index)), from + index];
      const [here, there] = [sender, sender + 1].map((number) => gln(400 + number)) as [string, string];
      const amount = [[mince, 10, 'KGM']] as const;
      return [events.ship(sent, here, there, amount), events.receive(sent - 7 * 3_600_000, there, here, amount)];
    }).flat();

  it('says that it was cut where too many clocks in a row are off', () => {
    const opened = openChainHouse();
    opened.capture([
      events.commission(hour(250), gln(400), [[carcass, 10, 'KGM']]),
      events.transform(hour(299), gln(400), [[carcass, 10, 'KGM']], [[mince, 10, 'KGM']]),
      ...wrongClocks(0, 3),
    ]);
    const started = startRecall(opened, { lotId: idOf(opened, carcass), reason: 'clenbuterol' }, inspector);
    expect(started).toMatchObject({ holdings: 5, truncated: false });
    opened.capture(wrongClocks(3, 20));
    expect(widenRecall(opened, started.recallId)?.added).toBeGreaterThan(10);
    expect(recallById(opened.db, started.recallId)).toMatchObject({ truncated: 1 });
  });

  it.each([
    ['scope', 'potential'],
    ['received', 41],
    ['onHand', 29],
    ['share', null],
    ['unit', 'C62'],
  ])('counts a holding as moved when its %s is another', (name, value) => {
    const row = { holdingId: 7, scope: 'proportional', received: 40, onHand: 30, share: 22.5, unit: 'KGM' } as ScopeRow;
    const issued = new Map([[7, row]]);
    expect(widenedBy([row], issued)).toEqual({ fresh: [], moved: [] });
    expect(widenedBy([{ ...row, [name]: value }], issued).moved).toHaveLength(1);
    expect(widenedBy([{ ...row, holdingId: 8 }], issued)).toMatchObject({ fresh: [{ holdingId: 8 }], moved: [] });
  });
});
