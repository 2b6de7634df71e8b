// Which lots were in a kitchen at a moment: the way back from a flag or a complaint to the goods.
import { dayMs } from '../../clock.ts';
import { type Db, prepared } from '../../store/db.ts';
import { edgeRoles } from '../../trace/event/chain-links.ts';
import { type Presence, presenceAt, type Written } from './goods-stay.ts';

export type LotAtHour = {
  readonly lotId: number;
  readonly presence: Exclude<Presence, 'gone'>;
  readonly cameAt: number;
  readonly leftAt: number | null;
};

const mostLots = 200;
const mostRows = 5_000;
const longestStayDays = 90;

/** Those that came last first, at most two hundred; `cut` when there were more. `at` in unix ms. */
export function lotsAtHour(db: Db, siteId: string, at: number): { lots: LotAtHour[]; cut: boolean } {
  const rows = statementsOf(db).all({ siteId, at, since: at - longestStayDays * dayMs }) as (Written & {
    lotId: number;
  })[];
  const lots = rows.flatMap(({ lotId, ...written }) => {
    const presence = presenceAt(written, at);
    return presence === 'gone' ? [] : [{ lotId, presence, cameAt: written.cameAt, leftAt: written.leftAt }];
  });
  return { lots: lots.slice(0, mostLots), cut: lots.length > mostLots || rows.length === mostRows };
}

// Links that count nothing say that goods were there, and nothing of how much.
const { shipped, received, moved, seen, counted } = edgeRoles;
const isSent = `x.role = ${shipped}`;
const linesOf = (edges: string) => `FROM ${edges} x WHERE x.holding_id = h.id AND x.voided_by IS NULL`;

/** Null where a line names no amount, or another unit than the rest. Sender and receiver both tell of one delivery: the larger counts. */
const sumOf = (edges: string) =>
  `(SELECT iif(count(*) = count(x.quantity) AND count(DISTINCT coalesce(x.unit, '')) < 2,
      max(total(x.quantity) FILTER (WHERE ${isSent}), total(x.quantity) FILTER (WHERE x.role = ${received}))
        + total(x.quantity) FILTER (WHERE x.role NOT IN (${shipped}, ${received})), NULL)
    ${linesOf(edges)} AND x.at <= @at AND x.role NOT IN (${moved}, ${seen}, ${counted}))`;

/** When goods first came: what was only sent is still on its way. Where nobody wrote the receipt, when it was sent. */
export const cameAt = `coalesce((SELECT min(x.at) ${linesOf('edge_out')} AND NOT ${isSent}), (SELECT min(x.at) ${linesOf('edge_out')}))`;

const statementsOf = prepared(({ sqlite }) =>
  sqlite.prepare(
    `SELECT h.lot_id AS lotId, l.expires_at AS expiresAt, ${cameAt} AS cameAt,
       (SELECT max(x.at) ${linesOf('edge_in')} AND x.at <= @at) AS leftAt,
       ${sumOf('edge_out')} AS came, ${sumOf('edge_in')} AS left
     FROM site s CROSS JOIN holding h ON h.site_key = s.key CROSS JOIN lot l ON l.id = h.lot_id
     WHERE s.id = @siteId AND l.kind IN ('lot', 'instance', 'other') AND cameAt BETWEEN @since AND @at
     ORDER BY cameAt DESC LIMIT ${mostRows}`,
  ),
);
