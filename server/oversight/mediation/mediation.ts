// How a complaint is settled: who may do what at which stage, and what waits for whom until when.
import { dayMs } from '../../clock.ts';

/** `shop`: its answer is awaited. `offer`: signatures are. `mediator`: somebody has to help. */
export const stages = ['shop', 'offer', 'mediator', 'agreed', 'case'] as const;
export type Stage = (typeof stages)[number];

export const parties = ['shop', 'complainant', 'mediator', 'insurer', 'clock'] as const;
export type Party = (typeof parties)[number];

export const mediationActs = [
  'asked',
  'offered',
  'joined',
  'signed',
  'refused',
  'paid',
  'lapsed',
  'case',
  'moved',
] as const;
export type MediationAct = (typeof mediationActs)[number];

/** Who has put their name under the standing offer; null: there is none. */
export type Standing = {
  readonly stage: Stage;
  readonly offerBy: Party | null;
  readonly shopSigned: boolean;
  readonly complainantSigned: boolean;
  readonly joined: boolean;
};

export const within = { shop: 3 * dayMs, offer: 7 * dayMs, mediator: 7 * dayMs, case: 15 * dayMs } as const;

/** Who may do it at all; the rest is a question of the stage. */
const doers: Readonly<Record<MediationAct, readonly Party[]>> = {
  asked: ['mediator', 'clock'],
  offered: ['shop', 'mediator'],
  joined: ['mediator'],
  signed: ['shop', 'complainant'],
  refused: ['shop', 'complainant'],
  paid: ['shop', 'mediator', 'insurer'],
  lapsed: ['clock'],
  case: ['mediator'],
  // Follows from linking the complaint to another place.
  moved: [],
};

export type Refusal = 'wrong_party' | 'own_offer' | 'no_offer' | 'ended' | 'join_first' | 'not_now';

/** Why this party cannot do this now; undefined when it can. */
export function refusal(standing: Standing, act: MediationAct, party: Party): Refusal | undefined {
  const { stage, offerBy, joined } = standing;
  if (!doers[act].includes(party)) return 'wrong_party';
  if (act === 'paid') return undefined;
  if (stage === 'agreed' || stage === 'case') return 'ended';
  if (act === 'signed' || act === 'refused') return signRefusal(standing, act, party);
  if (act === 'offered' && party === 'mediator' && !joined) return 'join_first';
  if (act === 'joined' && joined) return 'not_now';
  if (act === 'offered' && party === 'shop' && offerBy === 'mediator' && stage === 'offer') return 'not_now';
  return undefined;
}

function signRefusal(standing: Standing, act: 'signed' | 'refused', party: Party): Refusal | undefined {
  if (standing.stage !== 'offer' || standing.offerBy === null) return 'no_offer';
  const has = party === 'shop' ? standing.shopSigned : standing.complainantSigned;
  // Whoever made the offer, or has signed it, waits for the other.
  return has && act === 'signed' ? 'own_offer' : has ? 'not_now' : undefined;
}

/** What stands after it; an agreement needs the names of both. */
export function standingAfter(before: Standing, act: MediationAct, party: Party): Standing {
  const none = { offerBy: null, shopSigned: false, complainantSigned: false };
  if (act === 'offered') return { ...before, ...none, stage: 'offer', offerBy: party, shopSigned: party === 'shop' };
  if (act === 'joined') return { ...before, joined: true, stage: before.stage === 'offer' ? 'offer' : 'mediator' };
  if (act === 'refused' || act === 'lapsed' || act === 'moved') return { ...before, ...none, stage: 'mediator' };
  if (act === 'case') return { ...before, stage: 'case' };
  if (act !== 'signed') return before;
  const signed = {
    ...before,
    shopSigned: before.shopSigned || party === 'shop',
    complainantSigned: before.complainantSigned || party === 'complainant',
  };
  return signed.shopSigned && signed.complainantSigned ? { ...signed, stage: 'agreed' } : signed;
}

/** Until when what is awaited now has to come, unix ms; null: nothing is. */
export function dueAfter(stage: Stage, at: number): number | null {
  return stage === 'agreed' ? null : at + within[stage];
}
