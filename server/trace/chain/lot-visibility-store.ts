// Which lots and steps a caller may see: the regulator all, others what they told of and what touches their own places.
import { type Caller, seesAllSites } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import type { Chain } from './chain-store.ts';

/** Whether a lot was ever at one of the caller's sites, or came in an event they captured. */
export function seesLot(db: Db, caller: Caller, lotId: number): boolean {
  if (seesAllSites(caller)) return true;
  const ask = statementsOf(db);
  const sites = JSON.stringify(caller.sites);
  return ask.atSite.get(lotId, sites) !== undefined || ask.toldOf.get({ lotId, accountId: caller.id }) !== undefined;
}

/** One step up and one step down of what is theirs, and every step they told of themselves; the rest of the chain stays hidden. */
export function visibleChain(db: Db, caller: Caller, chain: Chain, lotId: number): Chain {
  if (seesAllSites(caller)) return chain;
  const told = new Set(
    statementsOf(db).captured.all(JSON.stringify(chain.events.map(({ eventId }) => eventId)), caller.id) as number[],
  );
  const siteOf = new Map(chain.holdings.map(({ holdingId, siteId }) => [holdingId, siteId]));
  const own = (holdingId: number) => caller.sites.includes(siteOf.get(holdingId) ?? '');
  const edges = chain.edges.filter(({ eventId, from, to }) => told.has(eventId) || own(from) || own(to));
  const holdingIds = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const holdings = chain.holdings.filter(({ holdingId }) => holdingIds.has(holdingId) || own(holdingId));
  const lotIds = new Set([lotId, ...holdings.map((holding) => holding.lotId)]);
  const eventIds = new Set(edges.map(({ eventId }) => eventId));
  return {
    ...chain,
    edges,
    holdings,
    lots: chain.lots.filter((lot) => lotIds.has(lot.lotId)),
    events: chain.events.filter(
      ({ eventId, siteId }) =>
        eventIds.has(eventId) || told.has(eventId) || (siteId !== null && caller.sites.includes(siteId)),
    ),
  };
}

const kept = new WeakMap<Db, ReturnType<typeof prepare>>();

function statementsOf(db: Db) {
  const found = kept.get(db) ?? prepare(db);
  kept.set(db, found);
  return found;
}

function prepare(db: Db) {
  const sql = (text: string) => db.sqlite.prepare(text).pluck();
  const byAccount =
    'JOIN event e ON e.id = x.event_id JOIN event_document d ON d.id = e.document_id AND d.account_id = @accountId';
  return {
    atSite: sql(
      `SELECT 1 FROM holding h JOIN site s ON s.key = h.site_key WHERE h.lot_id = ? AND s.id IN (SELECT value FROM json_each(?)) LIMIT 1`,
    ),
    toldOf: sql(`SELECT 1 WHERE
      EXISTS (SELECT 1 FROM holding h JOIN edge_in x ON x.holding_id = h.id ${byAccount} WHERE h.lot_id = @lotId)
      OR EXISTS (SELECT 1 FROM holding h JOIN edge_out x ON x.holding_id = h.id ${byAccount} WHERE h.lot_id = @lotId)
      OR EXISTS (SELECT 1 FROM mention x ${byAccount} WHERE x.lot_id = @lotId)`),
    captured: sql(
      `SELECT e.id FROM json_each(?) j JOIN event e ON e.id = j.value JOIN event_document d ON d.id = e.document_id WHERE d.account_id = ?`,
    ),
  };
}
