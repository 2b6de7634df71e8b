// By the clock: asks for visits where a recall's holder is silent or a complaint needs somebody to go and look.
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { askVisit } from './ask-visit.ts';
import type { VisitReasonKind } from './visit.ts';

const mostAtOnce = 500;
const weights = { recall: 500, complaint: 200 } as const;
/** Somebody was ill: at once. Anything else that stands unanswered at a known place: after three days. */
const complaintWaitsMs = 3 * 86_400_000;

type Due = { readonly siteId: string; readonly kind: VisitReasonKind; readonly ref: string };

/** Returns how many were asked for. */
export function askDueVisits({ db, clock }: Pick<Deps, 'db' | 'clock'>): number {
  const at = clock();
  const due = [...ofRecalls(db, at), ...ofComplaints(db, at)];
  if (due.length === 0) return 0;
  writeTransaction(db, () => {
    for (const { siteId, kind, ref } of due) {
      const weight = kind === 'recall' ? weights.recall : weights.complaint;
      const { visitId, merged } = askVisit(db, { siteId, kind, ref, weight, inspectors: [], at });
      appendEntry(db, {
        kind: 'visit',
        subject: `visit/${visitId}`,
        body: { step: 'asked', site: siteId, for: ref, merged },
        at,
      });
    }
  });
  return due.length;
}

const notAsked = `NOT EXISTS (SELECT 1 FROM visit_reason x JOIN visit v ON v.id = x.visit_id
  WHERE v.site_id = siteId AND x.kind = @kind AND x.ref = ref)`;

/** Holders of an open recall who have not answered by its deadline. */
function ofRecalls(db: Db, now: number): Due[] {
  return db.sqlite
    .prepare(
      `SELECT * FROM (SELECT s.id AS siteId, @kind AS kind, 'recall/' || r.id AS ref FROM recall r
         JOIN recall_notice n ON n.recall_id = r.id JOIN site s ON s.key = n.site_key
       WHERE r.state = 'open' AND r.due_at < @now AND n.state <> 'answered' AND s.id NOT IN ('unknown', 'transit', 'process'))
       WHERE ${notAsked} LIMIT ${mostAtOnce}`,
    )
    .all({ kind: 'recall', now }) as Due[];
}

function ofComplaints(db: Db, now: number): Due[] {
  return db.sqlite
    .prepare(
      `SELECT * FROM (SELECT site_id AS siteId, @kind AS kind, 'complaint/' || id AS ref FROM complaint
       WHERE state IN ('new', 'looked') AND site_id IS NOT NULL AND (kind = 'illness' OR at < @before))
       WHERE ${notAsked} LIMIT ${mostAtOnce}`,
    )
    .all({ kind: 'complaint', before: now - complaintWaitsMs }) as Due[];
}
