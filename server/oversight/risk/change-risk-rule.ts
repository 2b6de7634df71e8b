// An administrator changes how risk is weighed: with a reason, in the ledger, and everybody is scored anew.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { type RiskRule, ruleFaults } from './risk.ts';
import { setMark } from './risk-store.ts';
import { riskRules } from './risk-tables.ts';

const leastReason = 5;
const mostReason = 500;

/** Its number. Throws Problem `invalid_input` with every fault, `forbidden` to anybody but an administrator. */
export function changeRiskRule(
  { db, clock, queue }: Pick<Deps, 'db' | 'clock' | 'queue'>,
  { rule, reason }: { readonly rule: RiskRule; readonly reason: string },
  by: Caller,
): number {
  if (by.role !== 'admin') throw new Problem('forbidden', { detail: 'Only an administrator changes the weights.' });
  const said = reason.trim();
  const faults = [
    ...ruleFaults(rule),
    ...(said.length >= leastReason && said.length <= mostReason
      ? []
      : [{ place: '/reason', code: 'reason', detail: `Say why, in ${leastReason} to ${mostReason} characters.` }]),
  ];
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const at = clock();
  return writeTransaction(db, () => {
    const row = { rule, reason: said, accountId: by.id, at };
    const { id } = db.orm.insert(riskRules).values(row).returning({ id: riskRules.id }).get();
    appendEntry(db, { kind: 'risk-rule', subject: `risk-rule/${id}`, body: { rule, reason: said, by: by.id }, at });
    // The next run scores everybody.
    setMark(db, 'full', '0');
    queue.enqueue({ name: 'score-risk', payload: {}, key: 'score-risk' });
    return id;
  });
}
