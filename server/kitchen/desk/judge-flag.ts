// A person's verdict on a flag: the row, the flag's new status, the order it leads to, the ledger entry, all or nothing.
import { eq } from 'drizzle-orm';
import { type Caller, seesSite } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import type { Db } from '../../store/db.ts';
import { writeTransaction } from '../../store/db.ts';
import { auditDrawOf } from '../flag/audit-store.ts';
import {
  type FlagStatus,
  type GivenDecision,
  hindrance,
  isIdle,
  sayTheSame,
  stageOf,
  statusAfter,
  type VerdictStage,
} from '../flag/decision.ts';
import { flagById, type PlacedFlag } from '../flag/flag-store.ts';
import { flags, verdicts } from '../flag/flag-tables.ts';
import { standingVerdicts, type Verdict, verdictByKey } from '../flag/verdict-store.ts';
import { settleOrder } from '../order/settle-order.ts';
import { heaviest } from '../violation/violation-kinds.ts';
import { sharpSince } from './open-flag-frame.ts';

export type NewVerdict = {
  readonly flagId: number;
  readonly decision: GivenDecision;
  /** The class as the reviewer sees it, when it is another than the flag's. */
  readonly violation?: string | undefined;
  /** Of an audited frame: every kind that is there. */
  readonly kinds?: readonly string[] | undefined;
  /** From the picture being visible to the key. */
  readonly visibleMs?: number | undefined;
  /** Presented again with a repeated request. */
  readonly key?: string | undefined;
  /** False: cleared as one of a group, not looked at one by one. */
  readonly seen?: boolean | undefined;
};

export type Judged = {
  readonly flagId: number;
  readonly verdictId: number;
  readonly status: FlagStatus;
  readonly orderId: number | undefined;
};

/**
 * Throws Problem: 404, one's own shop, another's lease, decided already, an audited frame confirmed without saying what is
 * there. A repeated key gives the first answer again.
 */
export function judgeFlag(deps: Pick<Deps, 'db' | 'clock'>, caller: Caller, input: NewVerdict): Judged {
  const { db, clock } = deps;
  const at = clock();
  return writeTransaction(db, () => {
    const repeated = input.key === undefined ? undefined : verdictByKey(db, caller.id, input.key);
    if (repeated !== undefined) return judgedBefore(db, repeated, input);
    const flag = flagById(db, input.flagId);
    if (flag === undefined || !seesSite(caller, flag.siteId)) throw new Problem('not_found');
    const standing = standingVerdicts(db, flag.id);
    const ownShop = caller.sites.includes(flag.siteId);
    const asker = { id: caller.id, ownShop, judgedBefore: standing.some((verdict) => verdict.by === caller.id) };
    const stop = hindrance(flag, asker, at);
    if (stop !== undefined) throw new Problem(stop.code, { detail: stop.detail });
    return record(db, { flag, caller, standing, at, input: { ...input, ...saidOf(db, flag, input) } });
  });
}

function judgedBefore(db: Db, verdict: Verdict, input: NewVerdict): Judged {
  if (verdict.flagId !== input.flagId || verdict.decision !== input.decision) {
    throw new Problem('conflict', { detail: 'This idempotency key was used for another verdict.' });
  }
  const flag = flagById(db, verdict.flagId);
  return { flagId: verdict.flagId, verdictId: verdict.id, status: flag?.status ?? 'open', orderId: undefined };
}

type SaidVerdict = Omit<NewVerdict, 'kinds' | 'violation'> & Said;

type Said = { readonly violation: string; readonly kinds: readonly string[] | null };

/** What the verdict says is there: one kind of a flag, any number of an audited frame. */
function saidOf(db: Db, flag: PlacedFlag, { decision, violation, kinds }: NewVerdict): Said {
  const asked = auditDrawOf(db, flag.id)?.asked;
  if (asked === undefined) return { violation: violation ?? flag.violation, kinds: null };
  if (decision !== 'confirmed') return { violation: flag.violation, kinds: [] };
  const named = [...new Set(kinds ?? (violation === undefined ? [] : [violation]))];
  const stranger = named.find((id) => !asked.some((kind) => kind.violation === id));
  if (stranger !== undefined) throw kindsProblem('unknown', `“${stranger}” is no kind that this frame is asked about.`);
  const heaviestKind = heaviest(named);
  if (heaviestKind === undefined) throw kindsProblem('missing', 'Say which violations the frame shows.');
  return { violation: heaviestKind, kinds: named };
}

function kindsProblem(code: string, detail: string): Problem {
  return new Problem('invalid_input', { faults: [{ place: '/kinds', code, detail }] });
}

type Judgement = {
  readonly flag: PlacedFlag;
  readonly caller: Caller;
  readonly input: SaidVerdict;
  /** The verdicts on the flag that still hold. */
  readonly standing: readonly Verdict[];
  readonly at: number;
};

function record(db: Db, { flag, caller, input, standing, at }: Judgement): Judged {
  const stage = stageOf(flag) ?? 'first';
  const unsureBefore = standing.filter((verdict) => verdict.decision === 'unsure').length;
  const first = standing.find((verdict) => verdict.stage === 'first');
  const kinds = first === undefined || sayTheSame(first, input) ? 'same' : 'other';
  const status = statusAfter(flag, input.decision, unsureBefore, kinds);
  const { violation } = input;
  const since = sharpSince(db, flag.id, caller.id);
  const verdictId = insertVerdict(db, flag, caller, { ...input, stage, at });
  const second = stage === 'blind' ? 'done' : flag.second;
  const free = { leasedTo: null, leaseUntil: null, leasedAt: null };
  db.orm
    .update(flags)
    .set({ status, second, decidedAt: at, ...free })
    .where(eq(flags.id, flag.id))
    .run();
  const order = settleOrder(db, flag, status, { id: verdictId, by: caller.id, violation, at });
  const body = {
    verdict: verdictId,
    decision: input.decision,
    violation,
    ...(input.kinds === null ? {} : { kinds: input.kinds }),
    stage,
    status,
    by: caller.id,
    order: order?.id,
    // The frame and since when it was sharp before whoever judged; null when they judged without it.
    sight: since === null ? null : { picture: flag.pictureHash, since },
  };
  appendEntry(db, { kind: 'verdict', subject: `flag/${flag.id}`, body, at });
  return { flagId: flag.id, verdictId, status, orderId: order?.id };
}

type FullVerdict = SaidVerdict & { readonly stage: VerdictStage; readonly at: number };

function insertVerdict(db: Db, flag: PlacedFlag, caller: Caller, verdict: FullVerdict): number {
  const visibleMs = measured(flag, verdict);
  const { id } = db.orm
    .insert(verdicts)
    .values({
      flagId: flag.id,
      by: caller.id,
      at: verdict.at,
      decision: verdict.decision,
      violation: verdict.violation,
      stage: verdict.stage,
      statusBefore: flag.status,
      visibleMs,
      idle: isIdle(visibleMs) ? 1 : 0,
      seen: verdict.seen === false ? 0 : 1,
      key: verdict.key ?? null,
      kinds: verdict.kinds === null ? null : [...verdict.kinds],
    })
    .returning({ id: verdicts.id })
    .get();
  return id;
}

/** What the page measured, but never more than the time since the lease; without a page, that time itself. */
function measured(flag: PlacedFlag, { visibleMs, at, seen }: FullVerdict): number | null {
  if (seen === false) return null;
  const sinceLease = flag.leasedAt === null ? null : Math.max(0, at - flag.leasedAt);
  if (visibleMs === undefined) return sinceLease;
  return sinceLease === null ? visibleMs : Math.min(visibleMs, sinceLease);
}
