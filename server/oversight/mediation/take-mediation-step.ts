// One step of a settlement: an offer, a signature, a refusal, a payment, a mediator who joins, a case made of it.
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { dueAfter, type MediationAct, type Party, refusal, standingAfter } from './mediation.ts';
import { mediationOf } from './mediation-store.ts';
import { mediationSteps, mediations } from './mediation-tables.ts';

export type NewMediationStep = {
  readonly complaintId: number;
  readonly party: Party;
  readonly act: MediationAct;
  readonly words: string;
  readonly amountFen: number | null;
  /** Null: whoever holds the code of the complaint, or the clock. */
  readonly accountId: number | null;
};

const needWords: readonly MediationAct[] = ['offered', 'case'];

/** Throws Problem `not_found` without a settlement, `conflict` with the refusal as its fault, `invalid_input` at its field. */
export function takeMediationStep({ db, clock }: Pick<Deps, 'db' | 'clock'>, step: NewMediationStep): void {
  writeTransaction(db, () => {
    const { complaintId, party, act, words, amountFen, accountId } = step;
    const before = mediationOf(db, complaintId);
    if (before === undefined) throw new Problem('not_found');
    const why = refusal(before, act, party);
    if (why !== undefined) throw new Problem('conflict', { faults: [{ place: '/act', code: why, detail: said[why] }] });
    refuseWithout(step);
    const at = clock();
    const after = standingAfter(before, act, party);
    const { stage, offerBy } = after;
    const dueAt = act === 'paid' || stage === before.stage ? before.dueAt : dueAfter(stage, at);
    const signed = { shopSigned: Number(after.shopSigned), complainantSigned: Number(after.complainantSigned) };
    const set = { stage, dueAt, offerBy, ...signed, joined: Number(after.joined) };
    db.orm.update(mediations).set(set).where(eq(mediations.complaintId, complaintId)).run();
    if (stage === 'agreed' && before.stage !== 'agreed') close(db, complaintId, at);
    writeStep(db, { complaintId, party, act, words: words === '' ? null : words, amountFen, accountId, at });
  });
}

const said = {
  wrong_party: 'An agreement is signed by the shop and by whoever complained; nobody else can do it for them.',
  own_offer: 'You have signed it; it waits for the other side.',
  no_offer: 'There is no offer to sign; make one first.',
  ended: 'This has been settled, or handed to an inspector.',
  join_first: 'Join as a mediator first.',
  not_now: 'This cannot be done at this stage.',
} as const;

function refuseWithout({ act, words, amountFen }: NewMediationStep): void {
  const fault = (place: string, code: string, detail: string) => {
    throw new Problem('invalid_input', { faults: [{ place, code, detail }] });
  };
  if (needWords.includes(act) && words === '') fault('/words', 'say', 'Write what you offer, or why.');
  if (act === 'paid' && (amountFen === null || amountFen <= 0)) fault('/amount', 'amount', 'Write how much was paid.');
  if (amountFen !== null && (!Number.isSafeInteger(amountFen) || amountFen < 0 || amountFen > 1e9))
    fault('/amount', 'amount', 'An amount in yuan, at most ten million.');
}

function close(db: Db, complaintId: number, at: number): void {
  db.sqlite.prepare("UPDATE complaint SET state = 'closed' WHERE id = ?").run(complaintId);
  db.orm.update(mediations).set({ endedAt: at }).where(eq(mediations.complaintId, complaintId)).run();
}

/** Inside the caller's transaction. */
export function writeStep(db: Db, step: Omit<typeof mediationSteps.$inferInsert, 'id'>): void {
  db.orm.insert(mediationSteps).values(step).run();
  const { complaintId, party, act, words, amountFen, accountId, at } = step;
  const publicId = db.sqlite.prepare('SELECT public_id FROM complaint WHERE id = ?').pluck().get(complaintId);
  appendEntry(db, {
    kind: 'mediation-step',
    subject: `complaint/${publicId}`,
    body: { party, act, amountFen, words: words ? sha256Hex(words) : null, account: accountId },
    at,
  });
}
