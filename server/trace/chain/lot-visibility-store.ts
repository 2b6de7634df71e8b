// Which lots and steps a caller may see: the regulator all, others what touches their own places and what they rightly told.
import { type Caller, isRegulator, seesAllSites, sitesSeen } from '../../accounts/caller.ts';
import { type Db, prepared } from '../../store/db.ts';
import { edgeRoles } from '../event/chain-links.ts';
import { isClaim } from '../event/claim.ts';
import type { Chain } from './chain-store.ts';

/**
 * Whether a lot came to one of the caller's sites or left it, or was moved, made or used in an event of theirs. To name
 * a lot, to claim something of it, or to say that one has seen it opens nothing: codes can be guessed.
 */
export function seesLot(db: Db, caller: Caller, lotId: number): boolean {
  if (seesAllSites(caller)) return true;
  return statementsOf(db).sees.get({ ...reachOf(caller), lotId }) === 1;
}

/** What `seenLot` asks with. */
export function reachOf(caller: Caller) {
  return {
    sites: JSON.stringify(sitesSeen(caller)),
    accountId: caller.id,
    organisationId: caller.organisationId ?? null,
    // An inspector of a district sees what was seen there; a program that speaks for all places, all it told of.
    wide: isRegulator(caller) || caller.speaks === 'everywhere' ? 1 : 0,
  };
}

/** SQL that holds for the lots `seesLot` opens; `lot`: what stands for the lot's id. With the values of `reachOf`. */
export function seenLot(lot: string): string {
  const told = (
    edges: string,
  ) => `EXISTS (SELECT 1 FROM holding h CROSS JOIN ${edges} x ON x.holding_id = h.id AND x.voided_by IS NULL
    CROSS JOIN event e ON e.id = x.event_id CROSS JOIN event_document d ON d.id = e.document_id AND ${byCaller}
    WHERE h.lot_id = ${lot} AND (@wide OR x.role <> ${edgeRoles.seen}))`;
  return `(EXISTS (SELECT 1 FROM holding h CROSS JOIN site s ON s.key = h.site_key
      WHERE h.lot_id = ${lot} AND s.id IN (SELECT value FROM json_each(@sites)) AND (@wide
        OR EXISTS (SELECT 1 FROM edge_in x WHERE x.holding_id = h.id AND x.voided_by IS NULL)
        OR EXISTS (SELECT 1 FROM edge_out x CROSS JOIN event e ON e.id = x.event_id
          CROSS JOIN event_document d ON d.id = e.document_id
          WHERE x.holding_id = h.id AND x.voided_by IS NULL AND (x.role <> ${edgeRoles.seen} OR NOT ${byCaller}))))
    OR ${told('edge_in')} OR ${told('edge_out')}
    OR EXISTS (SELECT 1 FROM mention m CROSS JOIN event e ON e.id = m.event_id
      CROSS JOIN event_document d ON d.id = e.document_id AND ${byCaller} CROSS JOIN lot n ON n.id = m.lot_id
      WHERE m.lot_id = ${lot} AND (@wide OR (m.role = 'parent' AND n.kind = 'container' AND NOT ${isClaim('e.id')}))))`;
}

// Null is nobody's organisation: documents without one belong to their account alone.
const byCaller = '(d.account_id IS @accountId OR coalesce(d.organisation_id = @organisationId, 0))';

/** One step up and one step down of what is theirs, and every step they told of themselves; the rest of the chain stays hidden. */
export function visibleChain(db: Db, caller: Caller, chain: Chain, lotId: number): Chain {
  // Goods cross the borders of districts: whoever oversees one end has to see the other.
  if (isRegulator(caller)) return chain;
  const told = toldBy(
    db,
    caller,
    chain.events.map(({ eventId }) => eventId),
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

/** Those of the events that the caller or their organisation captured. */
export function toldBy(db: Db, caller: Caller, eventIds: readonly number[]): ReadonlySet<number> {
  const { accountId, organisationId } = reachOf(caller);
  const values = { events: JSON.stringify(eventIds), accountId, organisationId };
  return new Set(statementsOf(db).captured.all(values) as number[]);
}

const statementsOf = prepared(prepare);

function prepare({ sqlite }: Db) {
  return {
    sees: sqlite.prepare(`SELECT ${seenLot('@lotId')}`).pluck(),
    captured: sqlite
      .prepare(
        `SELECT e.id FROM json_each(@events) j CROSS JOIN event e ON e.id = j.value
           CROSS JOIN event_document d ON d.id = e.document_id WHERE ${byCaller}`,
      )
      .pluck(),
  };
}
