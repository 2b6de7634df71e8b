// How orders went, step by step: given, put right, late; which kitchens owe one now, and how scores moved.
import type { Named } from '../../../views/kitchen/named.ts';
import type { Db } from '../../store/db.ts';
import { type Share, wilson } from '../violation/share.ts';
import { type BoardScope, within } from './board-scope.ts';
import { byStep, type Step } from './span.ts';

const mostOrders = 50_000;
const mostKitchens = 12;

type OrderRow = {
  readonly state: string;
  readonly issuedAt: number;
  readonly overdueAt: number | null;
  readonly closedAt: number | null;
};

export type LoopStep = {
  readonly label: string;
  readonly issued: number;
  readonly closed: number;
  readonly overdue: number;
  /** Of those given in this step, how many are put right by now. */
  readonly closure: Share | undefined;
};

/** Withdrawn orders count nowhere: nothing was wrong. */
export function loopSteps(db: Db, scope: BoardScope, steps: readonly Step[]): LoopStep[] {
  const from = steps[0]?.from ?? 0;
  const rows = db.sqlite
    .prepare(
      `SELECT o.state, o.issued_at AS issuedAt, o.overdue_at AS overdueAt, o.closed_at AS closedAt
        FROM rectification_order o JOIN restaurant r ON r.id = o.restaurant_id
        WHERE o.state <> 'withdrawn' AND (o.issued_at >= @from OR o.overdue_at >= @from OR o.closed_at >= @from) AND ${within}
        ORDER BY o.id DESC LIMIT ${mostOrders}`,
    )
    .all({ ...scope, from }) as OrderRow[];
  const issued = byStep(steps, rows, ({ issuedAt }) => issuedAt);
  const closed = byStep(steps, rows, ({ state, closedAt }) => (state === 'accepted' ? closedAt : null));
  const overdue = byStep(steps, rows, ({ overdueAt }) => overdueAt);
  return steps.map(({ label }, index) => {
    const own = issued[index] ?? [];
    const done = own.filter(({ state }) => state === 'accepted').length;
    return {
      label,
      issued: own.length,
      closed: closed[index]?.length ?? 0,
      overdue: overdue[index]?.length ?? 0,
      closure: wilson(done, own.length),
    };
  });
}

export type KitchenCount = Named & { readonly count: number };

/** Kitchens with orders past their date that are not answered, most first. */
export function overdueKitchens(db: Db, scope: BoardScope, now: number): KitchenCount[] {
  return db.sqlite
    .prepare(
      `SELECT r.name, r.name_en AS nameEn, count(*) AS count FROM rectification_order o JOIN restaurant r ON r.id = o.restaurant_id
        WHERE o.state = 'issued' AND o.due_at < @now AND ${within} GROUP BY r.id ORDER BY count DESC, r.id LIMIT ${mostKitchens}`,
    )
    .all({ ...scope, now }) as KitchenCount[];
}

/** The lowest scores. */
export function lowestScores(db: Db, scope: BoardScope): KitchenCount[] {
  return db.sqlite
    .prepare(
      `SELECT r.name, r.name_en AS nameEn, r.score AS count FROM restaurant r WHERE r.closed_on IS NULL AND ${within} ORDER BY r.score, r.id LIMIT ${mostKitchens}`,
    )
    .all(scope) as KitchenCount[];
}

/** The score of one kitchen at the end of each step. */
export function scoreSteps(db: Db, kitchen: { id: number; score: number; createdAt: number }, steps: readonly Step[]) {
  const rows = db.sqlite
    .prepare('SELECT at, delta, after FROM score_event WHERE restaurant_id = ? AND at >= ? ORDER BY id')
    .all(kitchen.id, steps[0]?.from ?? 0) as { at: number; delta: number; after: number }[];
  const first = rows[0];
  const before = first === undefined ? kitchen.score : first.after - first.delta;
  return steps.map(({ label, to }) => ({
    label,
    score: to <= kitchen.createdAt ? undefined : (rows.findLast(({ at }) => at < to)?.after ?? before),
  }));
}

export type KindCount = { readonly violation: string; readonly count: number };

/** Confirmed flags by what they were confirmed as. */
export function confirmedKinds(db: Db, scope: BoardScope, since: number): KindCount[] {
  return db.sqlite
    .prepare(
      `SELECT v.violation, count(DISTINCT f.id) AS count FROM flag f JOIN restaurant r ON r.id = f.restaurant_id
        JOIN verdict v ON v.id = (SELECT l.id FROM verdict l WHERE l.flag_id = f.id AND l.decision = 'confirmed'
          AND NOT EXISTS (SELECT 1 FROM verdict u WHERE u.undoes = l.id) ORDER BY l.id DESC LIMIT 1)
        WHERE f.status = 'confirmed' AND f.at >= @since AND ${within} GROUP BY v.violation ORDER BY count DESC`,
    )
    .all({ ...scope, since }) as KindCount[];
}
