// What became of recalled goods: books against answers, nothing counted twice, nothing guessed.
import { describe, expect, it } from 'vitest';
import { accountOf } from '../../../server/trace/recall/recall-account.ts';

const plain = { unit: 'KGM', factors: {} };
const answer = (action: string, quantity: number | null, unit: string | null = 'KGM') => ({ action, quantity, unit });

describe('the account of a holder', () => {
  it('leaves unaccounted what no answer speaks for', () => {
    expect(accountOf(24, 'KGM', [answer('quarantined', 20)], plain)).toMatchObject({ unaccounted: 4, beyond: 0 });
    expect(accountOf(24, 'KGM', [], plain)).toMatchObject({ unaccounted: 24 });
    expect(accountOf(24, 'KGM', [answer('none', null)], plain)).toMatchObject({ unaccounted: 24 });
  });

  it('counts goods that were sealed first and destroyed later once', () => {
    const account = accountOf(24, 'KGM', [answer('quarantined', 20), answer('destroyed', 18)], plain);
    expect(account.parts).toMatchObject({ quarantined: 2, destroyed: 18 });
    expect(account.unaccounted).toBe(4);
  });

  it('takes what was sent back out of the shelf after the seal', () => {
    const answers = [answer('off_shelf', 5), answer('quarantined', 10), answer('returned', 12)];
    expect(accountOf(15, 'KGM', answers, plain).parts).toMatchObject({ quarantined: 0, off_shelf: 3, returned: 12 });
  });

  it('says what was found, but does not take finding for an end', () => {
    expect(accountOf(24, 'KGM', [answer('found', 24)], plain)).toMatchObject({ found: 24, unaccounted: 24 });
  });

  it('names answers beyond the books instead of hiding them', () => {
    expect(accountOf(10, 'KGM', [answer('destroyed', 12)], plain)).toMatchObject({ unaccounted: 0, beyond: 2 });
  });

  it('adds grams and boxes up where the product says how much a box holds, and else counts them apart', () => {
    const boxes = { unit: 'KGM', factors: { CS: 12.5 } };
    expect(accountOf(25, 'KGM', [answer('destroyed', 1, 'CS'), answer('served', 500, 'GRM')], boxes)).toMatchObject({
      parts: { destroyed: 12.5, served: 0.5 },
      unaccounted: 12,
    });
    expect(accountOf(25, 'KGM', [answer('destroyed', 1, 'CS')], plain)).toMatchObject({
      uncounted: 1,
      unaccounted: 25,
    });
  });

  it('in pieces has no unit to show', () => {
    const pieces = { unit: undefined, factors: {} };
    const account = accountOf(14, 'C62', [answer('destroyed', 1, 'DZN'), answer('served', 1, null)], pieces);
    expect(account).toMatchObject({ unit: null, parts: { destroyed: 12, served: 1 }, unaccounted: 1, uncounted: 0 });
  });

  it('says nothing of missing goods where the books say no amount', () => {
    expect(accountOf(null, null, [answer('destroyed', 3)], plain)).toMatchObject({ unit: 'KGM', unaccounted: null });
  });
});
