// How reviewing went, day by day: decisions and their seconds, of one person, of each, of everybody; flags raised and judged.
import type { Db } from '../../store/db.ts';
import { median, quantile } from '../desk/pace.ts';
import { flagStatuses } from '../flag/decision.ts';
import { type BoardScope, within } from './board-scope.ts';
import { byStep, type Step } from './span.ts';

const mostVerdicts = 100_000;

export type VerdictRow = {
  readonly by: number;
  readonly at: number;
  readonly ms: number | null;
  readonly idle: number;
};

/** Verdicts that stand, looked at one by one, newest first. */
export function verdictsSince(db: Db, scope: BoardScope, since: number): VerdictRow[] {
  return db.sqlite
    .prepare(
      `SELECT v.by, v.at, v.visible_ms AS ms, v.idle FROM verdict v JOIN flag f ON f.id = v.flag_id JOIN restaurant r ON r.id = f.restaurant_id
        WHERE v.at >= @since AND v.decision <> 'undone' AND v.seen = 1
          AND NOT EXISTS (SELECT 1 FROM verdict u WHERE u.undoes = v.id) AND ${within} ORDER BY v.id DESC LIMIT ${mostVerdicts}`,
    )
    .all({ ...scope, since }) as VerdictRow[];
}

export type PaceStep = {
  readonly label: string;
  readonly decisions: number;
  /** Without those that were interrupted. */
  readonly medianMs: number | undefined;
  readonly p90Ms: number | undefined;
};

export function paceSteps(steps: readonly Step[], verdicts: readonly VerdictRow[]): PaceStep[] {
  return byStep(steps, verdicts, ({ at }) => at).map((own, index) => ({
    label: steps[index]?.label ?? '',
    ...paceOfRows(own),
  }));
}

export type PersonPace = { readonly by: number } & Omit<PaceStep, 'label'>;

/** Whoever decided most first. */
export function pacePeople(verdicts: readonly VerdictRow[]): PersonPace[] {
  const people = [...new Set(verdicts.map(({ by }) => by))];
  const lines = people.map((by) => ({ by, ...paceOfRows(verdicts.filter((verdict) => verdict.by === by)) }));
  return lines.sort((a, b) => b.decisions - a.decisions);
}

function paceOfRows(rows: readonly VerdictRow[]): Omit<PaceStep, 'label'> {
  const timed = rows.flatMap(({ ms, idle }) => (ms === null || idle === 1 ? [] : [ms]));
  return { decisions: rows.length, medianMs: median(timed), p90Ms: quantile(timed, 0.9) };
}

/** Flags of each step, by when they were seen, audits among them. */
export function raisedSteps(db: Db, scope: BoardScope, steps: readonly Step[]): number[] {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return [];
  const rows = db.sqlite
    .prepare(
      `SELECT (f.at - @from) / @each AS step, count(*) AS count FROM flag f JOIN restaurant r ON r.id = f.restaurant_id
        WHERE f.status IN (SELECT value FROM json_each(@statuses)) AND f.at >= @from AND f.at < @to AND ${within} GROUP BY step`,
    )
    .all({
      ...scope,
      from: first.from,
      to: last.to,
      each: first.to - first.from,
      statuses: JSON.stringify(flagStatuses),
    });
  const counts = new Map((rows as { step: number; count: number }[]).map(({ step, count }) => [step, count]));
  return steps.map((_, index) => counts.get(index) ?? 0);
}
