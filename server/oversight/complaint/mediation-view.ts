// What pages show of a settlement: the stage, whom it waits for, the steps, and what a reader may do.
import type { MediationForm, MediationShown } from '../../../views/oversight/mediation-card.tsx';
import type { Db } from '../../store/db.ts';
import { type MediationAct, type Party, refusal } from '../mediation/mediation.ts';
import { type Mediation, mediationOf, mediationStepsOf } from '../mediation/mediation-store.ts';

const offered: Readonly<Record<'shop' | 'complainant' | 'mediator', readonly MediationAct[]>> = {
  shop: ['offered', 'signed', 'refused', 'paid'],
  complainant: ['signed', 'refused'],
  mediator: ['joined', 'offered', 'paid', 'case'],
};

type Reader = keyof typeof offered;

/** Undefined when nobody tries to settle it. No name of a person is shown to either side. */
export function mediationFor(
  db: Db,
  complaintId: number,
  reader: { readonly as: Reader; readonly action: string; readonly fault?: string | undefined },
  now: number,
): { readonly mediation: MediationShown; readonly form: MediationForm } | undefined {
  const standing = mediationOf(db, complaintId);
  if (standing === undefined) return undefined;
  const { stage, dueAt } = standing;
  const steps = mediationStepsOf(db, complaintId).map(({ party, act, words, amountFen, at }) => {
    return { party, act, words, amountFen, at };
  });
  return {
    mediation: { stage, dueAt, overdue: isOverdue(standing, now), waitsFor: waitsFor(standing), steps },
    form: { action: reader.action, acts: actsOf(standing, reader.as), fault: reader.fault },
  };
}

export function isOverdue({ stage, dueAt }: Pick<Mediation, 'stage' | 'dueAt'>, now: number): boolean {
  return stage !== 'agreed' && dueAt !== null && dueAt < now;
}

function waitsFor({ stage, shopSigned, complainantSigned }: Mediation): Party[] {
  if (stage === 'shop') return ['shop'];
  if (stage === 'mediator') return ['mediator'];
  if (stage !== 'offer') return [];
  return [...(shopSigned ? [] : (['shop'] as const)), ...(complainantSigned ? [] : (['complainant'] as const))];
}

/** A mediator writes down what an insurer paid. */
function actsOf(standing: Mediation, reader: Reader): string[] {
  const may = offered[reader].filter((act) => refusal(standing, act, reader) === undefined);
  return may.map((act) => (act === 'paid' && reader === 'mediator' ? 'paid:insurer' : act));
}
