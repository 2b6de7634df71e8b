// What a kitchen holds of open recalls, as its page and its door say it.
import type { RecalledGoods } from '../../../views/parts/recalled-goods.tsx';
import type { Db } from '../../store/db.ts';
import { lotPath } from '../../trace/lot/lot-address.ts';
import { shortOf } from '../../trace/lot/lot-name.ts';
import { lotById } from '../../trace/lot/lot-store.ts';

const mostLots = 20;

type Row = { readonly lotId: number; readonly since: number; readonly sealed: 0 | 1 };

/**
 * What the newest issue says is there (or cannot say is gone), less what the holder said was returned, destroyed or served in
 * the same unit. `sealed`: the holder said that it is set aside.
 */
export function recalledGoodsAt(db: Db, siteId: string, key: Buffer): RecalledGoods[] {
  const said = (actions: string) =>
    `FROM recall_answer a WHERE a.notice_id = n.id AND a.lot_id = x.lot_id AND a.action IN (${actions})`;
  const rows = db.sqlite
    .prepare(
      `SELECT x.lot_id AS lotId, min(x.reached_at) AS since, EXISTS (SELECT 1 ${said("'quarantined', 'off_shelf'")}) AS sealed
       FROM site s CROSS JOIN recall_scope x ON x.site_key = s.key CROSS JOIN recall r ON r.id = x.recall_id
         LEFT JOIN recall_notice n ON n.recall_id = r.id AND n.site_key = s.key
       WHERE s.id = ? AND r.state = 'open' AND (x.on_hand IS NULL OR x.on_hand > 0)
         AND x.issue = (SELECT max(y.issue) FROM recall_scope y WHERE y.recall_id = x.recall_id AND y.holding_id = x.holding_id)
         AND NOT EXISTS (SELECT 1 ${said("'none'")})
         AND (x.on_hand IS NULL OR x.on_hand > (SELECT total(a.quantity) ${said("'returned', 'destroyed', 'served'")}
           AND coalesce(a.unit, 'C62') = coalesce(x.unit, 'C62')))
       GROUP BY x.lot_id ORDER BY since DESC LIMIT ${mostLots}`,
    )
    .all(siteId) as Row[];
  return rows.flatMap(({ lotId, since, sealed }) => {
    const lot = lotById(db, lotId);
    if (lot === undefined) return [];
    const { name, nameEn } = lot;
    return [
      {
        lotId,
        productName: name,
        productNameEn: nameEn,
        batch: shortOf(lot),
        since,
        sealed: sealed === 1,
        publicHref: lotPath(lot, key),
      },
    ];
  });
}
