// A shipment that papers and goods both tell of counts once, whoever says more of it; and two that are alike stay two.
import { describe, expect, it } from 'vitest';
import type { Claim } from '../../../server/trace/chain/claim.ts';
import { farthestApartMs, markRepeats } from '../../../server/trace/chain/told-twice.ts';
import { edgeRoles } from '../../../server/trace/event/chain-links.ts';

const [transit, farm, shop, other] = [0, 1, 2, 3];
const [goods, papers] = [0, 1];
const at = Date.UTC(2026, 10, 20);
const unsaid = Number.NaN;
type Said = Partial<Pick<Claim, 'at' | 'role' | 'from' | 'to' | 'amount' | 'dimension'>> & { readonly by?: number };

/** What becomes of claims told by goods or by papers: each once, twice (kept), or again (not counted). */
function told(...said: readonly Said[]): Claim['told'][] {
  const claims = said.map(({ by = goods, ...rest }, entry): Claim => {
    const plain = { at, role: edgeRoles.shipped, from: farm, to: shop, amount: 45, dimension: 1, ...rest };
    return {
      entry,
      step: entry * 2 + by,
      via: undefined,
      left: plain.amount,
      cancelled: 0,
      matches: [],
      told: 'once',
      ...plain,
    };
  });
  markRepeats(claims, {
    isTransit: (place) => place === transit,
    kindOf: (step) => (step % 2 === papers ? 'TransactionEvent' : 'ObjectEvent'),
  });
  return claims.map((claim) => claim.told);
}

describe('a shipment told by papers and by the goods', () => {
  it('counts once, as the goods tell it, whichever comes first', () => {
    expect(told({}, { by: papers })).toEqual(['twice', 'again']);
    expect(told({ by: papers }, {})).toEqual(['again', 'twice']);
  });

  it.each([
    ['of one kind', {}, {}],
    ['of another amount', {}, { by: papers, amount: 44 }],
    ['of as many pieces as kilograms', {}, { by: papers, dimension: 2 }],
    ['to another place', {}, { by: papers, to: other }],
    ['from another place', {}, { by: papers, from: other }],
    ['a day and a millisecond later', {}, { by: papers, at: at + farthestApartMs + 1 }],
    ['a day and a millisecond before', {}, { by: papers, at: at - farthestApartMs - 1 }],
    ['shipped and received', {}, { by: papers, role: edgeRoles.received }],
  ])('is two where they are %s', (_how, one, two) => {
    expect(told(one, two)).toEqual(['once', 'once']);
  });

  it('may be written up to a day apart', () => {
    expect(told({}, { by: papers, at: at + farthestApartMs })).toEqual(['twice', 'again']);
    expect(told({}, { by: papers, at: at - farthestApartMs })).toEqual(['twice', 'again']);
  });

  it('is one of two alike, and the other stays', () => {
    expect(told({}, {}, { by: papers })).toEqual(['twice', 'once', 'again']);
    expect(told({}, { by: papers }, { by: papers })).toEqual(['twice', 'again', 'once']);
    expect(told({}, {}, { by: papers }, { by: papers })).toEqual(['twice', 'twice', 'again', 'again']);
  });

  it('is received once, too', () => {
    const role = edgeRoles.received;
    expect(told({ role }, { role, by: papers })).toEqual(['twice', 'again']);
  });
});

describe('one that leaves something open', () => {
  it('names no amount: the one that does is kept, papers or not', () => {
    expect(told({ amount: unsaid }, { by: papers })).toEqual(['again', 'twice']);
    expect(told({}, { by: papers, amount: unsaid })).toEqual(['twice', 'again']);
    expect(told({ amount: unsaid }, { by: papers, amount: unsaid })).toEqual(['twice', 'again']);
  });

  it('is about what no other names: the same amount comes first', () => {
    expect(told({ amount: unsaid }, { by: papers, amount: 7 }, { amount: 7 })).toEqual(['once', 'again', 'twice']);
  });

  it('names no receiver: the one that does is kept', () => {
    expect(told({ to: transit }, { by: papers })).toEqual(['again', 'twice']);
    expect(told({ by: papers }, { to: transit })).toEqual(['twice', 'again']);
    expect(told({ to: transit }, { by: papers, from: other })).toEqual(['once', 'once']);
    expect(told({ to: transit }, {})).toEqual(['once', 'once']);
  });

  it('names no sender of what was received: its receiver tells which it is', () => {
    const role = edgeRoles.received;
    expect(told({ role, from: transit }, { role, by: papers })).toEqual(['again', 'twice']);
    expect(told({ role, from: transit }, { role, by: papers, to: other })).toEqual(['once', 'once']);
  });

  it('is not about one that was told twice before', () => {
    expect(told({}, { by: papers }, { by: papers, amount: unsaid })).toEqual(['twice', 'again', 'once']);
    expect(told({}, { by: papers }, { amount: unsaid })).toEqual(['twice', 'again', 'once']);
  });

  it('without a receiver is looked for among its own shipper’s alone', () => {
    expect(told({ from: other, to: transit }, {}, { from: other, by: papers })).toEqual(['again', 'once', 'twice']);
  });

  it('without a receiver is looked for a day either way, and no further', () => {
    for (const ms of [farthestApartMs, -farthestApartMs])
      expect(told({ to: transit }, { by: papers, at: at + ms }), `${ms}`).toEqual(['again', 'twice']);
    for (const ms of [farthestApartMs + 1, -farthestApartMs - 1])
      expect(told({ to: transit }, { by: papers, at: at + ms }), `${ms}`).toEqual(['once', 'once']);
  });

  it('with an amount says more than one with a receiver', () => {
    expect(told({ to: transit }, { by: papers, amount: unsaid })).toEqual(['twice', 'again']);
  });
});

describe('a busy shipper', () => {
  it('of sixty alike has the nearest fifty asked', () => {
    const found = told(...Array.from({ length: 60 }, () => ({})), { by: papers });
    expect(found.indexOf('twice')).toBe(11);
    expect(found.filter((one) => one === 'once')).toHaveLength(59);
  });

  it('without a receiver has fifty asked', () => {
    const decoys = (count: number) => Array.from({ length: count }, () => ({}));
    expect(told({ to: transit }, ...decoys(49), { by: papers, amount: 45, at: at + 1, to: other })[0]).toBe('again');
    expect(told({ to: transit }, ...decoys(50), { by: papers, amount: 45, at: at + 1, to: other })[0]).toBe('once');
  });
});
