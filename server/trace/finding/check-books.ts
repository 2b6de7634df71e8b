// Checks the books of lots: what does not add up, what is late, what is lost, what is past its time.
import { hourMs } from '../../clock.ts';
import type { Db } from '../../store/db.ts';
import { type Books, balanceOf } from '../chain/balance-store.ts';
import { differencesOf } from '../chain/difference.ts';
import { isTransit } from '../chain/holding-store.ts';
import { doubts } from '../chain/stock.ts';
import { eventOfStep } from '../chain/strand.ts';
import { edgeRoles } from '../event/chain-links.ts';
import { noPlaceKeys } from '../event/no-place.ts';
import { lastMoment } from '../state/expiry.ts';
import { readRules } from '../state/finding-rule-store.ts';
import { isLoss, type LossRules, ruleFor } from '../state/loss.ts';
import { type Finding, findingsOfHolding, recountFinding } from './finding.ts';
import { keepFindings, openSubjects } from './finding-store.ts';

const mostHoldingsPerLot = 2_000;
const holdingsAtOnce = 5_000;

const bookKinds = [
  ...(['negative', 'differ', 'unscanned', 'gain', 'loss', 'transit', 'unit', 'early', 'recount'] as const),
  ...(['expiring', 'expired', 'expired_received', 'expired_served'] as const),
];

/**
 * Inside the caller's transaction. Whole lots at once: what left one place is what came to another; many lots share one
 * reading of their books. Findings that no longer hold are closed.
 */
export function checkBooks(db: Db, lots: readonly number[], now: number): void {
  const rules = readRules(db);
  const holdingsOf = db.sqlite.prepare('SELECT id FROM holding WHERE lot_id = ? LIMIT ?').pluck();
  let [batch, holdings]: [number[], number[]] = [[], []];
  const check = () => {
    checkBatch(db, { lots: lotFacts(db, batch), rules, now }, holdings);
    [batch, holdings] = [[], []];
  };
  for (const lotId of lots) {
    batch.push(lotId);
    holdings.push(...(holdingsOf.all(lotId, mostHoldingsPerLot) as number[]));
    if (holdings.length >= holdingsAtOnce) check();
  }
  if (batch.length > 0) check();
}

type LotFacts = {
  readonly id: number;
  readonly productId: number | null;
  readonly producedAt: number | null;
  readonly expiresAt: number | null;
};
type Look = { readonly lots: ReadonlyMap<number, LotFacts>; readonly rules: LossRules; readonly now: number };

function lotFacts(db: Db, lots: readonly number[]): Map<number, LotFacts> {
  const rows = db.sqlite
    .prepare(
      'SELECT l.id, l.product_id AS productId, l.produced_at AS producedAt, l.expires_at AS expiresAt FROM json_each(?) j CROSS JOIN lot l ON l.id = j.value',
    )
    .all(JSON.stringify(lots)) as LotFacts[];
  return new Map(rows.map((row) => [row.id, row]));
}

function checkBatch(db: Db, look: Look, holdings: readonly number[]): void {
  const books = balanceOf(db, holdings);
  const differences = differencesOf(books.replay, (place) => isTransit(books.facts, place));
  const recounts = new Map(books.replay.recounts.map((recount) => [recount.place, recount]));
  const found: Finding[] = [];
  for (const holdingId of holdings) {
    const place = books.facts.places.get(holdingId) ?? 0;
    const stock = books.stockOf(holdingId);
    const [lotId, siteKey] = [books.facts.lotId[place] ?? 0, books.facts.siteKey[place] ?? 0];
    const facts = look.lots.get(lotId);
    const rule = ruleFor(look.rules, facts?.productId ?? null);
    const unit = books.unitOf(place);
    if (stock === undefined || unit === null) continue;
    if (siteKey === noPlaceKeys.transit)
      found.push(
        ...onTheWay(
          db,
          { holdingId, lotId, unit },
          stock.onHandDoubt === doubts.none ? stock.onHand : 0,
          rule,
          look.now,
        ),
      );
    // The three places that are no place keep no books.
    if (siteKey <= noPlaceKeys.process) continue;
    const [producedAt, expiresAt] = [facts?.producedAt ?? null, facts?.expiresAt ?? null];
    const aging = { life: expiresAt === null ? null : { producedAt, expiresAt }, rule };
    const holding = { holdingId, lotId, siteKey, stock, unit, difference: differences.get(place) };
    const recount = recounts.get(place);
    found.push(...findingsOfHolding(holding, aging, look.now));
    if (recount !== undefined) found.push(...recountFinding(holding, recount));
  }
  found.push(...mismatches(db, books, look.rules), ...unconverted(books), ...pastTheirTime(db, look));
  keepFindings(db, openSubjects(db, [...look.lots.keys()], bookKinds), found, look.now);
}

/** Goods that left for nobody named, are told of at the place they left. */
function onTheWay(
  db: Db,
  { holdingId, lotId, unit }: { holdingId: number; lotId: number; unit: string },
  onHand: number,
  { transitHours }: { transitHours: number },
  now: number,
): Finding[] {
  const left = db.sqlite
    .prepare(
      `SELECT o.at, o.event_id AS eventId, h.site_key AS siteKey FROM edge_out o
         CROSS JOIN edge_in i ON i.event_id = o.event_id AND i.strand = o.strand AND i.voided_by IS NULL
         CROSS JOIN holding h ON h.id = i.holding_id
       WHERE o.holding_id = ? AND o.voided_by IS NULL AND o.role = ${edgeRoles.shipped} ORDER BY o.at DESC LIMIT 1`,
    )
    .get(holdingId) as { at: number; eventId: number; siteKey: number } | undefined;
  if (left === undefined || onHand <= 1e-6 || now - left.at <= transitHours * hourMs) return [];
  const { at, eventId, siteKey } = left;
  const detail = { amount: Math.round(onHand * 1e6) / 1e6, unit };
  return [{ kind: 'transit', subject: `transit/holding/${holdingId}`, lotId, siteKey, eventId, at, detail }];
}

type Made = {
  readonly holdingId: number;
  readonly lotId: number;
  readonly siteKey: number;
  readonly productId: number | null;
};

/** Transformations that made more than was put in, or lost more than what was made may lose. */
function mismatches(db: Db, { replay, facts, unitOf }: Books, rules: LossRules): Finding[] {
  const madeBy = db.sqlite.prepare(
    `SELECT h.id AS holdingId, h.lot_id AS lotId, h.site_key AS siteKey, l.product_id AS productId
     FROM edge_out o CROSS JOIN holding h ON h.id = o.holding_id CROSS JOIN lot l ON l.id = h.lot_id
     WHERE o.event_id = ? AND o.voided_by IS NULL ORDER BY o.quantity DESC LIMIT 1`,
  );
  return replay.mismatches.flatMap(({ step, at, amountIn, amountOut }): Finding[] => {
    const eventId = eventOfStep(step);
    const made = madeBy.get(eventId) as Made | undefined;
    if (made === undefined) return [];
    const { lotId, siteKey, productId } = made;
    const rule = ruleFor(rules, productId);
    const kind = amountOut > amountIn ? 'gain' : isLoss(amountIn, amountOut, rule) ? 'loss' : undefined;
    if (kind === undefined) return [];
    const unit = unitOf(facts.places.get(made.holdingId) ?? 0);
    const detail = { amountIn, amountOut, unit, ...(kind === 'loss' ? { allowed: rule.lossShare } : {}) };
    return [{ kind, subject: `${kind}/event/${eventId}`, lotId, siteKey, eventId, at, detail }];
  });
}

function unconverted({ unconverted: lines, facts }: Books): Finding[] {
  return lines.map(({ place, step, unit }) => {
    const [eventId, lotId] = [eventOfStep(step), facts.lotId[place] ?? null];
    return {
      kind: 'unit',
      subject: `unit/${lotId}/${unit}`,
      lotId,
      siteKey: facts.siteKey[place] ?? null,
      eventId,
      at: 0,
      detail: { unit: unit ?? 'C62' },
    };
  });
}

type LateRow = {
  readonly lotId: number;
  readonly siteKey: number;
  readonly eventId: number;
  readonly at: number;
  readonly expiresAt: number;
  readonly quantity: number | null;
  readonly unit: string | null;
};

const mostLate = 5_000;

/** Lots received, and lots used or served, after their last moment. Destroying them is what should be done. */
function pastTheirTime(db: Db, { lots }: Look): Finding[] {
  const aging = JSON.stringify([...lots.values()].filter(({ expiresAt }) => expiresAt !== null).map(({ id }) => id));
  const ask = (table: string, roles: string) =>
    db.sqlite
      .prepare(
        `SELECT h.lot_id AS lotId, h.site_key AS siteKey, x.event_id AS eventId, x.at, l.expires_at AS expiresAt, x.quantity, x.unit
         FROM json_each(?) j CROSS JOIN lot l ON l.id = j.value CROSS JOIN holding h ON h.lot_id = l.id
           CROSS JOIN ${table} x ON x.holding_id = h.id AND x.voided_by IS NULL AND x.at > l.expires_at
           CROSS JOIN event e ON e.id = x.event_id
         WHERE x.role IN (${roles}) AND coalesce(e.biz_step, '') NOT IN ('destroying', 'decommissioning') LIMIT ${mostLate}`,
      )
      .all(aging) as LateRow[];
  if (aging === '[]') return [];
  const late = (kind: 'expired_received' | 'expired_served', rows: readonly LateRow[]) =>
    rows
      .filter(({ at, expiresAt, siteKey }) => at > lastMoment(expiresAt) && siteKey > noPlaceKeys.process)
      .map(
        ({ lotId, siteKey, eventId, at, expiresAt, quantity, unit }): Finding => ({
          kind,
          subject: `${kind}/event/${eventId}/${lotId}`,
          lotId,
          siteKey,
          eventId,
          at,
          detail: { amount: quantity, unit: unit ?? 'C62', expiresAt },
        }),
      );
  return [
    ...late('expired_received', ask('edge_out', `${edgeRoles.received}`)),
    ...late('expired_served', ask('edge_in', `${edgeRoles.used}, ${edgeRoles.gone}`)),
  ];
}
