// How a supplier does: orders by day and buyer, sent in time and received as sent by week, key data of what left, goods without a scan.
import { dayMs } from '../../clock.ts';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import type { Db } from '../../store/db.ts';
import { edgeRoles } from '../../trace/event/chain-links.ts';
import { countFindings } from '../../trace/finding/finding-store.ts';

export const boardDays = 28;
export const boardWeeks = 8;
const mostBuyers = 12;
const mostLots = 5_000;
const weekMs = 7 * dayMs;

export type SalesFigures = {
  /** The oldest first. */
  readonly days: readonly { readonly day: string; readonly orders: number }[];
  /** The oldest first; `due`: orders whose day fell into it, of which `inTime` were sent by then; `received`, of which `asSent`. */
  readonly weeks: readonly {
    readonly from: string;
    readonly due: number;
    readonly inTime: number;
    readonly received: number;
    readonly asSent: number;
  }[];
  readonly buyers: readonly { readonly site: string; readonly orders: number }[];
  /** Lots that left in these weeks, and in how many each datum is known. */
  readonly lots: number;
  readonly known: Readonly<Record<'origin' | 'producedAt' | 'expiresAt' | 'certificate', number>>;
  readonly findings: readonly { readonly kind: string; readonly count: number }[];
};

export function salesFigures(db: Db, sites: readonly string[], now: number): SalesFigures {
  const asked = JSON.stringify(sites);
  const weeks = Array.from({ length: boardWeeks }, (_, back) => now - (boardWeeks - 1 - back) * weekMs);
  return {
    days: daysOf(db, asked, now),
    weeks: weeks.map((until) => weekOf(db, asked, until, now)),
    buyers: db.sqlite.prepare(buyersSql).all({ asked, since: now - boardWeeks * weekMs }) as SalesFigures['buyers'],
    ...dataOf(db, asked, now),
    findings: countFindings(db, sites).filter(({ kind }) => shownFindings.has(kind)),
  };
}

const shownFindings: ReadonlySet<string> = new Set(['uncoded', 'unscanned', 'differ', 'negative', 'expired']);

function daysOf(db: Db, asked: string, now: number): SalesFigures['days'] {
  const placed = db.sqlite
    .prepare(
      `SELECT placed_at FROM purchase_order WHERE supplier IN (SELECT value FROM json_each(?)) AND placed_at > ? LIMIT 50000`,
    )
    .pluck()
    .all(asked, now - boardDays * dayMs) as number[];
  const counts = new Map<string, number>();
  for (const at of placed) counts.set(beijingDay(at), (counts.get(beijingDay(at)) ?? 0) + 1);
  return Array.from({ length: boardDays }, (_, back) => {
    const day = beijingDay(now - (boardDays - 1 - back) * dayMs);
    return { day, orders: counts.get(day) ?? 0 };
  });
}

/** What was sent ahead of its day counts in the week of today; what is wanted today and later and was not sent is not late yet. */
function weekOf(db: Db, asked: string, until: number, now: number): SalesFigures['weeks'][number] {
  const from = beijingDay(until - weekMs + dayMs);
  const to = until === now ? '9999' : beijingDay(until);
  return db.sqlite.prepare(weekSql).get({ asked, from, to, today: beijingDay(now) }) as SalesFigures['weeks'][number];
}

function dataOf(db: Db, asked: string, now: number): Pick<SalesFigures, 'lots' | 'known'> {
  const { lots, ...known } = db.sqlite.prepare(dataSql).get({ asked, since: now - boardWeeks * weekMs }) as {
    lots: number;
  } & SalesFigures['known'];
  return { lots, known };
}

const ofSupplier = 'o.supplier IN (SELECT value FROM json_each(@asked))';

// Days are Beijing's, which is eight hours before UTC.
const sentDay = "date(o.sent_at / 1000, 'unixepoch', '+8 hours')";

const weekSql = `SELECT @from AS "from", count(*) AS due, total(o.sent_at IS NOT NULL AND ${sentDay} <= o.due_day) AS inTime,
    total(o.state = 'received') AS received,
    total(o.state = 'received' AND NOT EXISTS (SELECT 1 FROM purchase_line l JOIN purchase_parcel p ON p.line_id = l.id
      WHERE l.order_id = o.id AND p.received <> p.sent)) AS asSent
  FROM purchase_order o WHERE ${ofSupplier} AND o.state <> 'cancelled' AND o.due_day BETWEEN @from AND @to
    AND (o.sent_at IS NOT NULL OR o.due_day < @today)`;

const buyersSql = `SELECT o.buyer AS site, count(*) AS orders FROM purchase_order o
  WHERE ${ofSupplier} AND o.placed_at > @since GROUP BY o.buyer ORDER BY orders DESC, o.buyer LIMIT ${mostBuyers}`;

const dataSql = `SELECT count(*) AS lots, total(l.origin IS NOT NULL) AS origin, total(l.produced_at IS NOT NULL) AS producedAt,
    total(l.expires_at IS NOT NULL) AS expiresAt,
    total(EXISTS (SELECT 1 FROM lot_certificate c WHERE c.lot_id = l.id)) AS certificate
  FROM (SELECT DISTINCT h.lot_id FROM json_each(@asked) j CROSS JOIN site s ON s.id = j.value CROSS JOIN holding h ON h.site_key = s.key
    WHERE EXISTS (SELECT 1 FROM edge_in x WHERE x.holding_id = h.id AND x.role = ${edgeRoles.shipped} AND x.voided_by IS NULL AND x.at > @since)
    LIMIT ${mostLots}) t CROSS JOIN lot l ON l.id = t.lot_id WHERE l.kind = 'lot'`;
