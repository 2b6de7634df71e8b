// A recall: who holds it, how much of it, who was told and what they did.
import { describe, expect, it } from 'vitest';
import { holdLot, holdsOf, releaseLot } from '../../../server/trace/lot/hold-lot.ts';
import { searchLot } from '../../../server/trace/lot/lot-store.ts';
import { answerRecall } from '../../../server/trace/recall/answer-recall.ts';
import {
  openNoticesOfSites,
  openRecallsOfLot,
  recallAnswers,
  recallHoldings,
  recallNotices,
} from '../../../server/trace/recall/recall-store.ts';
import { startRecall } from '../../../server/trace/recall/start-recall.ts';
import { events, hour, inspector, lotUri, places, products } from '../../support/cast.ts';
import { carcass, clean, house, idOf, mince, owner } from '../../support/recall-house.ts';

describe('starting a recall', () => {
  it('reports what is left of the lot, what of it is in the mince by weight, and all that was touched', () => {
    const opened = house();
    const started = startRecall(opened, { lotId: idOf(opened, carcass), reason: 'clenbuterol' }, inspector);
    expect(started).toMatchObject({ holdings: 3, notices: 2, truncated: false });
    expect(started.totals.definite.onHand).toEqual({ KGM: 40 });
    expect(started.totals.proportional.onHand).toEqual({ KGM: 52.5 });
    expect(started.totals.potential.onHand).toEqual({ KGM: 70 });
    const rows = recallHoldings(opened.db, started.recallId, 100);
    expect(rows.map((row) => [row.siteId, row.scope, row.onHand, row.share])).toEqual([
      [places.slaughterhouse, 'definite', 40, 40],
      [places.slaughterhouse, 'proportional', 40, 30],
      [places.dingxiang, 'proportional', 30, 22.5],
    ]);
  });

  it('does not reach what was made before the tainted goods came', () => {
    const opened = house();
    const early = lotUri(products.mince, 'EARLY');
    opened.capture([events.transform(hour(0.5), places.slaughterhouse, [[clean, 10, 'KGM']], [[early, 10, 'KGM']])]);
    startRecall(opened, { lotId: idOf(opened, carcass), reason: 'clenbuterol' }, inspector);
    expect(openRecallsOfLot(opened.db, idOf(opened, early))).toEqual([]);
    expect(openRecallsOfLot(opened.db, idOf(opened, mince))).toMatchObject([{ scope: 'proportional', code: carcass }]);
  });

  it('is refused while the lot is already being recalled', () => {
    const opened = house();
    startRecall(opened, { lotId: idOf(opened, carcass), reason: 'clenbuterol' }, inspector);
    expect(() => startRecall(opened, { lotId: idOf(opened, carcass), reason: 'again' }, inspector)).toThrow(/already/);
  });

  it('tells each holder once and asks for the kitchens of those hours to be looked at', () => {
    const opened = house();
    startRecall(opened, { lotId: idOf(opened, carcass), reason: 'clenbuterol' }, inspector);
    const jobs = opened.db.sqlite.prepare('SELECT name FROM job ORDER BY id').pluck().all();
    expect(jobs).toEqual(['check-chain', 'recall-kitchen']);
    expect(opened.db.sqlite.prepare("SELECT count(*) FROM recall_notice WHERE state = 'sent'").pluck().get()).toBe(2);
  });

  it('keeps its scope as issued', () => {
    const opened = house();
    startRecall(opened, { lotId: idOf(opened, carcass), reason: 'clenbuterol' }, inspector);
    expect(() => opened.db.sqlite.prepare('UPDATE recall_scope SET share = 0').run()).toThrow(/never updated/);
  });
});

describe('answering a recall', () => {
  it('is what a holder did with it, with a photo, and stands in the ledger', () => {
    const opened = house();
    const started = startRecall(opened, { lotId: idOf(opened, carcass), reason: 'clenbuterol' }, inspector);
    const [notice] = openNoticesOfSites(opened.db, [places.dingxiang]);
    expect(notice).toMatchObject({ state: 'sent', reason: 'clenbuterol' });
    const photoHash = 'a'.repeat(64);
    const lines = [
      { lotId: idOf(opened, mince), action: 'destroyed', quantity: 28, unit: 'kg', photoHash },
      { lotId: idOf(opened, mince), action: 'served', quantity: 2, unit: '公斤' },
    ] as const;
    answerRecall(opened, { noticeId: notice!.id, lines }, owner(places.dingxiang));
    expect(
      recallAnswers(opened.db, started.recallId).map((answer) => [answer.action, answer.quantity, answer.unit]),
    ).toEqual([
      ['destroyed', 28, 'KGM'],
      ['served', 2, 'KGM'],
    ]);
    expect(
      recallNotices(opened.db, started.recallId)
        .map((one) => one.state)
        .sort(),
    ).toEqual(['answered', 'sent']);
    expect(
      opened.db.sqlite.prepare("SELECT count(*) FROM ledger_entry WHERE kind = 'recall-answer'").pluck().get(),
    ).toBe(1);
  });

  it('is not for another shop to give', () => {
    const opened = house();
    startRecall(opened, { lotId: idOf(opened, carcass), reason: 'clenbuterol' }, inspector);
    const [notice] = openNoticesOfSites(opened.db, [places.dingxiang]);
    const give = () =>
      answerRecall(opened, { noticeId: notice!.id, lines: [{ action: 'none' }] }, owner(places.haiwei));
    expect(give).toThrow(/No such notice/);
  });

  it('names every fault of its lines', () => {
    const opened = house();
    startRecall(opened, { lotId: idOf(opened, carcass), reason: 'clenbuterol' }, inspector);
    const [notice] = openNoticesOfSites(opened.db, [places.dingxiang]);
    const lines = [
      { action: 'destroyed', unit: 'furlong' },
      { action: 'returned', quantity: -1, lotId: 999 },
    ] as const;
    try {
      answerRecall(opened, { noticeId: notice!.id, lines }, owner(places.dingxiang));
      expect.unreachable('the answer was taken');
    } catch (error) {
      const places = (error as { faults: { place: string }[] }).faults.map((fault) => fault.place);
      expect(places).toEqual(['/lines/0/quantity', '/lines/0/unit', '/lines/1/quantity', '/lines/1/lotId']);
    }
  });
});

describe('holding a lot', () => {
  it('comes before a recall and can be taken back', () => {
    const opened = house();
    const lotId = idOf(opened, mince);
    holdLot(opened, lotId, 'smells odd', inspector);
    expect(searchLot(opened.db, mince)).toMatchObject({ lot: { status: 'held' } });
    expect(() => holdLot(opened, lotId, 'again', inspector)).toThrow(/already/);
    releaseLot(opened, lotId, 'laboratory: clean', inspector);
    expect(searchLot(opened.db, mince)).toMatchObject({ lot: { status: 'ok' } });
    expect(holdsOf(opened.db, lotId).map((hold) => hold.state)).toEqual(['released', 'held']);
  });
});
