// Where a recalled quantity went: each holder's goods count once, however often they are spoken of.
import { describe, expect, it } from 'vitest';
import { recallSum } from '../../../server/trace/recall/recall-sum.ts';

const answer = (siteId: string, action: string, quantity: number, unit: string | null = 'KGM') => ({
  siteId,
  lotId: 1,
  action,
  quantity,
  unit,
});
const partsOf = (...answers: ReturnType<typeof answer>[]) => recallSum(1, 'KGM', 100, 0, [], answers).parts;

describe('where the goods of a recall went', () => {
  it('goods sealed first and destroyed later are destroyed, not both', () => {
    const parts = partsOf(answer('wang', 'quarantined', 40), answer('wang', 'destroyed', 30));
    expect(parts).toMatchObject({ sealed: 10, destroyed: 30, silent: 60 });
  });

  it('goods sent back count once, from the seal first and then from the shelf', () => {
    const parts = partsOf(
      answer('wang', 'off_shelf', 20),
      answer('wang', 'quarantined', 10),
      answer('wang', 'returned', 25),
    );
    expect(parts).toMatchObject({ sealed: 25, shelved: 5, silent: 70 });
  });

  it("one holder's destroying takes nothing from what another has sealed", () => {
    const parts = partsOf(answer('wang', 'quarantined', 40), answer('beian', 'destroyed', 30));
    expect(parts).toMatchObject({ sealed: 40, destroyed: 30, silent: 30 });
  });

  it('the parts add up to the heading, whatever the books say is still there', () => {
    const books = [
      { siteId: 'wang', lotId: 1, received: 134.9, onHand: 134.9, unit: 'KGM' },
      { siteId: 'haiwei', lotId: 1, received: 20, onHand: 20, unit: 'KGM' },
    ];
    const { total, parts } = recallSum(1, 'KGM', 134.9, 0, books, [answer('haiwei', 'quarantined', 20)]);
    expect(total).toBe(134.9);
    expect(parts).toMatchObject({ sealed: 20, silent: 114.9 });
  });

  it('what nobody knows the whole of is what the books say is there, where nobody has answered', () => {
    const books = [
      { siteId: 'wang', lotId: 1, received: null, onHand: 30, unit: 'KGM' },
      { siteId: 'haiwei', lotId: 1, received: null, onHand: 20, unit: 'KGM' },
      { siteId: 'beian', lotId: 1, received: null, onHand: 7, unit: null },
      { siteId: 'beian', lotId: 2, received: null, onHand: 5, unit: 'KGM' },
    ];
    const { total, parts } = recallSum(1, 'KGM', null, 0, books, [answer('haiwei', 'quarantined', 20)]);
    expect([total, parts.sealed, parts.silent]).toEqual([null, 20, 30]);
  });

  it('an answer about another lot, or in pieces, is not among the kilograms of this one', () => {
    const mince = { ...answer('wang', 'destroyed', 30), lotId: 2 };
    const pieces = answer('wang', 'destroyed', 30, null);
    expect(partsOf(mince, pieces)).toMatchObject({ destroyed: 0, silent: 100 });
    expect(recallSum(1, null, 9, 0, [], [{ ...pieces, quantity: 4 }]).parts).toMatchObject({ destroyed: 4, silent: 5 });
  });

  it('holders who tell of more than there was raise the heading too', () => {
    const { total, parts } = recallSum(1, 'KGM', 100, 0, [], [answer('wang', 'destroyed', 130)]);
    expect(total).toBe(130);
    expect(parts).toMatchObject({ destroyed: 130, silent: 0 });
  });
});
