// How a complaint is settled: who may do what at which stage, and when two names make an agreement.
import { describe, expect, it } from 'vitest';
import {
  dueAfter,
  type MediationAct,
  mediationActs,
  parties,
  refusal,
  type Standing,
  standingAfter,
  within,
} from '../../../server/oversight/mediation/mediation.ts';

const begun: Standing = { stage: 'shop', offerBy: null, shopSigned: false, complainantSigned: false, joined: false };
const standingOf = (...steps: readonly (readonly [MediationAct, (typeof parties)[number]])[]) =>
  steps.reduce((standing, [act, party]) => {
    expect(refusal(standing, act, party), `${party} ${act}`).toBeUndefined();
    return standingAfter(standing, act, party);
  }, begun);

describe('Nobody acts for another:', () => {
  const mayDo: Readonly<Record<MediationAct, string>> = {
    asked: 'mediator clock',
    offered: 'shop mediator',
    joined: 'mediator',
    signed: 'shop complainant',
    refused: 'shop complainant',
    paid: 'shop mediator insurer',
    lapsed: 'clock',
    case: 'mediator',
    moved: '',
  };

  it.each(mediationActs)('%s', (act) => {
    // A joined mediator has made an offer: at this stage only the party decides.
    const standing = standingOf(['joined', 'mediator'], ['offered', 'mediator']);
    const wrong = parties.filter((party) => refusal(standing, act, party) === 'wrong_party');
    expect(parties.filter((party) => !wrong.includes(party)).join(' ')).toBe(mayDo[act]);
  });
});

describe('an agreement', () => {
  it('needs the names of both under the same offer', () => {
    expect(standingOf(['offered', 'shop'])).toMatchObject({
      stage: 'offer',
      shopSigned: true,
      complainantSigned: false,
    });
    expect(standingOf(['offered', 'shop'], ['signed', 'complainant']).stage).toBe('agreed');
    const proposed = standingOf(['joined', 'mediator'], ['offered', 'mediator']);
    expect(proposed).toMatchObject({ shopSigned: false, complainantSigned: false });
    expect(standingAfter(proposed, 'signed', 'complainant').stage).toBe('offer');
    expect(
      standingOf(['joined', 'mediator'], ['offered', 'mediator'], ['signed', 'complainant'], ['signed', 'shop']).stage,
    ).toBe('agreed');
  });

  it('is of the newest offer: a name under the last one does not count for it', () => {
    const signed = standingOf(['joined', 'mediator'], ['offered', 'mediator'], ['signed', 'complainant']);
    const anew = standingAfter(signed, 'offered', 'mediator');
    expect(anew).toMatchObject({ stage: 'offer', shopSigned: false, complainantSigned: false });
    expect(standingAfter(anew, 'signed', 'shop').stage).toBe('offer');
  });

  it('waits for the other side of an offer, and cannot be signed where there is none', () => {
    expect(refusal(standingOf(['offered', 'shop']), 'signed', 'shop')).toBe('own_offer');
    expect(refusal(begun, 'signed', 'complainant')).toBe('no_offer');
    expect(refusal(standingOf(['offered', 'shop'], ['refused', 'complainant']), 'signed', 'complainant')).toBe(
      'no_offer',
    );
    expect(refusal(standingOf(['joined', 'mediator'], ['offered', 'mediator']), 'offered', 'shop')).toBe('not_now');
    expect(refusal(begun, 'offered', 'mediator')).toBe('join_first');
  });

  it('ends the talking, though whoever owes may still pay', () => {
    const agreed = standingOf(['offered', 'shop'], ['signed', 'complainant']);
    for (const act of ['offered', 'refused', 'joined', 'case'] as const)
      expect(refusal(agreed, act, act === 'refused' ? 'complainant' : 'mediator')).toBe('ended');
    expect(refusal(agreed, 'paid', 'shop')).toBeUndefined();
    expect(standingAfter(agreed, 'paid', 'shop')).toEqual(agreed);
  });
});

it('Each stage has its own time, and an agreement waits for nobody', () => {
  expect([dueAfter('shop', 1), dueAfter('case', 1), dueAfter('agreed', 1)]).toEqual([
    1 + within.shop,
    1 + within.case,
    null,
  ]);
});
