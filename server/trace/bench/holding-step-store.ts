// Asks what happened to lots at their places, as each place itself told it: made, received, used, shipped, sold.
import type { ChainStep, StepKind } from '../../../views/trace/chain/chain.ts';
import { type Db, prepared } from '../../store/db.ts';
import { edgeRoles } from '../event/chain-links.ts';

/** Of one page; the earliest are kept. */
const mostSteps = 20_000;

type Side = 'in' | 'out';
type StepRow = Omit<ChainStep, 'kind'> & { readonly role: number; readonly side: Side };

export type StepRange = { readonly fromAt: number | undefined; readonly untilAt: number | undefined };

export function stepsOfHoldings(db: Db, ids: readonly number[], { fromAt, untilAt }: StepRange): ChainStep[] {
  const asked = {
    list: JSON.stringify(ids),
    from: fromAt ?? Number.MIN_SAFE_INTEGER,
    until: untilAt ?? Number.MAX_SAFE_INTEGER,
    most: mostSteps,
  };
  return (statementOf(db).all(asked) as StepRow[]).flatMap(({ role, side, ...row }) => {
    const kind = kindOf(role, side, row.step);
    return kind === undefined ? [] : [{ ...row, unit: row.unit === 'C62' ? null : row.unit, kind }];
  });
}

const kindsOfLeaving: Readonly<Partial<Record<number, StepKind>>> = {
  [edgeRoles.used]: 'used',
  [edgeRoles.shipped]: 'shipped',
  [edgeRoles.moved]: 'shipped',
  [edgeRoles.gone]: 'ended',
};

const kindsOfComing: Readonly<Partial<Record<number, StepKind>>> = {
  [edgeRoles.made]: 'made',
  [edgeRoles.received]: 'received',
  [edgeRoles.moved]: 'received',
  [edgeRoles.returned]: 'received',
  [edgeRoles.seen]: 'seen',
  [edgeRoles.counted]: 'seen',
};

/** Undefined for what only the other side said: that it was sent here, or taken from here. */
function kindOf(role: number, side: Side, step: string | null): StepKind | undefined {
  if (side === 'out') return kindsOfComing[role];
  return role === edgeRoles.gone && step === 'retail_selling' ? 'sold' : kindsOfLeaving[role];
}

const statementOf = prepared((db: Db) => {
  const rows = (side: Side) => `SELECT x.holding_id AS holding, x.at, x.role, x.quantity, x.unit, '${side}' AS side,
      x.event_id AS eventId, CASE e.kind WHEN 'TransformationEvent' THEN 'transforming' ELSE e.biz_step END AS step
    FROM json_each(@list) j CROSS JOIN edge_${side} x INDEXED BY edge_${side}_holding ON x.holding_id = j.value
      AND x.voided_by IS NULL AND x.at >= @from AND x.at <= @until
    CROSS JOIN event e ON e.id = x.event_id`;
  return db.sqlite.prepare(`${rows('in')} UNION ALL ${rows('out')} ORDER BY 2, 7 LIMIT @most`);
});
