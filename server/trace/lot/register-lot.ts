// Registers a lot as people keep it (origin, batch, flow): written as EPCIS events and captured like any other document.
import type { Caller } from '../../accounts/caller.ts';
import { speaksFor } from '../../accounts/place/voice.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { readForCapture } from '../capture/capture-document.ts';
import { type CaptureAnswer, type CaptureDeps, captureInTransaction, RolledBack } from '../capture/capture-events.ts';
import { captureRows } from '../capture/capture-rows.ts';
import { siteUri, tidy } from '../code/lot-code-own.ts';
import { edgeRoles } from '../event/chain-links.ts';
import type { JsonObject } from '../event/event.ts';
import { timeAtOffset } from '../event/event-time.ts';
import { noPlaceKeys } from '../event/no-place.ts';
import { keepMasterData, keepSupplier } from './keep-master-data.ts';
import { type EntryAmount, type LotEntry, readLotEntry, siteIdOf } from './lot-entry.ts';
import { type KeptPack, keepPackSize } from './set-pack-size.ts';

export type RegisteredLot = {
  readonly lotId: number;
  /** Canonical code. */
  readonly code: string;
  /** undefined: everything was known already. */
  readonly captureId: string | undefined;
  readonly accepted: number;
  readonly duplicate: number;
  /** How many of the accepted say something of others' places, and wait for their word. */
  readonly claims: number;
  /** What became of what was said that one pack holds; undefined: nothing was. */
  readonly pack: KeptPack | undefined;
};

/** Takes what `POST /api/lots` was sent (see lotEntrySchema). Throws Problem `invalid_input` with every fault. */
export function registerLot(deps: CaptureDeps, input: unknown, caller: Caller | null): RegisteredLot {
  return registerEntry(deps, readLotEntry(input), caller);
}

export function registerEntry(deps: CaptureDeps, entry: LotEntry, caller: Caller | null): RegisteredLot {
  try {
    return writeTransaction(deps.db, () => register(deps, entry, caller));
  } catch (error) {
    captureRows(deps.db).forget();
    if (error instanceof RolledBack) throw new Problem('invalid_input', { faults: faultsOf(error.answer) });
    throw error;
  }
}

// What people enter is meant in their own time.
const zoneMinutes = 480;
const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { cbvmda: 'urn:epcglobal:cbv:mda' }];

function register(deps: CaptureDeps, entry: LotEntry, caller: Caller | null): RegisteredLot {
  const { db } = deps;
  const now = deps.clock();
  const site = (name: string) => namedSite(db, name);
  const events = [...beginning(db, entry, caller, now, site), ...movements(entry, caller, site)];
  const answer = captureAll(deps, events, caller, now);
  const lotId = captureRows(db).lotRef(epcOfCode(entry)).id;
  const kept = keepMasterData(db, lotId, entry, caller);
  const pack = keptPack(deps, lotId, entry, caller);
  keepSupplier(db, entry, caller, site);
  if (answer.accepted > 0 || (kept && (entry.fields.certificates ?? []).length > 0)) {
    const { origin, batch, certificates, product } = entry.fields;
    appendEntry(db, {
      kind: 'lot',
      subject: entry.code,
      body: { origin, batch, product, certificates, account: caller?.id ?? null, claim: kept ? undefined : true },
      at: now,
    });
  }
  return {
    lotId,
    code: entry.code,
    captureId: answer.captureId,
    accepted: answer.accepted,
    duplicate: answer.duplicate,
    claims: answer.events.filter(({ isClaim }) => isClaim).length,
    pack,
  };
}

function keptPack(deps: CaptureDeps, lotId: number, { fields, flow }: LotEntry, caller: Caller | null) {
  const maker = fields.madeAt ?? flow[0]?.from;
  const isOwn = () => maker !== undefined && speaksFor(caller, namedSite(deps.db, maker));
  return fields.packSize === undefined ? undefined : keepPackSize(deps, lotId, fields.packSize, caller, isOwn);
}

function captureAll(
  deps: CaptureDeps,
  events: readonly JsonObject[],
  caller: Caller | null,
  now: number,
): CaptureAnswer {
  const document = {
    '@context': context,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: new Date(now).toISOString(),
    epcisBody: { eventList: events },
  };
  const read = readForCapture(Buffer.from(JSON.stringify(document)), 'application/ld+json');
  const answer = captureInTransaction(deps, read, caller, { onError: 'rollback' });
  if (answer.refused > 0) throw new Problem('invalid_input', { faults: faultsOf(answer) });
  return answer;
}

type SiteOf = (name: string) => string;

/** The event that made the lot; none when nobody said when and it is known to be made. */
function beginning(db: Db, entry: LotEntry, caller: Caller | null, now: number, site: SiteOf): JsonObject[] {
  const firstMove = entry.flow[0];
  const said = entry.producedAt ?? firstMove?.at;
  if (said === undefined && wasMade(db, entry.code)) {
    refuseOtherAmount(db, entry);
    return [];
  }
  const place = entry.fields.madeAt ?? firstMove?.from ?? caller?.sites[0] ?? entry.origin;
  if (entry.madeFrom.length === 0 && isOthersWork(entry, caller, place, site)) return [];
  const amount = entry.amount.quantity === undefined && firstMove !== undefined ? firstMove : entry.amount;
  const common = {
    ...timed(said ?? now),
    bizStep: 'commissioning',
    ...(place === undefined ? {} : { readPoint: { id: uriOf(site(place)) }, bizLocation: { id: uriOf(site(place)) } }),
    ...ilmdOf(entry),
  };
  const output = [quantityOf(entry.code, amount)];
  if (entry.madeFrom.length === 0) return [{ type: 'ObjectEvent', action: 'ADD', quantityList: output, ...common }];
  const inputs = entry.madeFrom.map((input) => quantityOf(input.code, input));
  return [{ type: 'TransformationEvent', inputQuantityList: inputs, outputQuantityList: output, ...common }];
}

/** Told again it is the same; with another amount and no day, it may be a mistake or goods that were made in addition. */
function refuseOtherAmount(db: Db, { code, batch, amount: { quantity, unit } }: LotEntry): void {
  if (quantity === undefined) return;
  const made = madeAmounts(db, code).filter((one) => one.unit === (unit ?? 'C62'));
  const sum = made.reduce((total, one) => total + one.quantity, 0);
  if ([sum, ...made.map((one) => one.quantity)].some((one) => Math.abs(one - quantity) <= 1e-9 * quantity)) return;
  const detail = `Lot ${batch ?? code} is registered already, with another amount or none. Leave the amount out, or say the day these goods were made.`;
  throw new Problem('invalid_input', { faults: [{ place: '/quantity', code: 'other_amount', detail }] });
}

function madeAmounts(db: Db, code: string): { quantity: number; unit: string }[] {
  return db.sqlite
    .prepare(
      `SELECT o.quantity, coalesce(o.unit, 'C62') AS unit FROM lot l CROSS JOIN holding h ON h.lot_id = l.id
         CROSS JOIN edge_out o ON o.holding_id = h.id AND o.voided_by IS NULL
       WHERE l.code = ? AND o.role = ${edgeRoles.made} AND o.quantity IS NOT NULL LIMIT 1000`,
    )
    .all(code) as { quantity: number; unit: string }[];
}

/** Made elsewhere and taken in here: what the receiver knows of it stays with the lot, and the maker tells of making it. */
function isOthersWork(entry: LotEntry, caller: Caller | null, place: string | undefined, site: SiteOf): boolean {
  if (place === undefined || speaksFor(caller, site(place))) return false;
  return entry.flow.some(({ from, to }) => [from, to].some((end) => end !== undefined && speaksFor(caller, site(end))));
}

/** Each end tells its own part of a step; who speaks for neither end tells both, as claims. */
function movements(entry: LotEntry, caller: Caller | null, site: SiteOf): JsonObject[] {
  const own = (end: string | undefined) => end !== undefined && speaksFor(caller, site(end));
  return entry.flow.flatMap((step) => {
    const quantityList = [quantityOf(entry.code, step.quantity === undefined ? entry.amount : step)];
    const from = step.from === undefined ? undefined : uriOf(site(step.from));
    const to = step.to === undefined ? undefined : uriOf(site(step.to));
    const sides = {
      ...(from === undefined ? {} : { sourceList: [{ type: 'location', source: from }] }),
      ...(to === undefined ? {} : { destinationList: [{ type: 'location', destination: to }] }),
    };
    const move = { type: 'ObjectEvent', action: 'OBSERVE', quantityList, ...sides };
    const shipped = { ...move, ...timed(step.at), bizStep: 'shipping', readPoint: { id: from ?? '' } };
    const received = {
      ...move,
      ...timed(step.receivedAt),
      bizStep: 'receiving',
      readPoint: { id: to ?? '' },
      bizLocation: { id: to ?? '' },
    };
    return [
      ...(from === undefined || (own(step.to) && !own(step.from)) ? [] : [shipped]),
      ...(to === undefined || (own(step.from) && !own(step.to)) ? [] : [received]),
    ];
  });
}

/** A site that events named by a URI of its own keeps it. */
function uriOf(siteId: string): string {
  return /^\d{13}$|^local:/.test(siteId) ? siteUri(siteId) : siteId;
}

function timed(at: number): { eventTime: string; eventTimeZoneOffset: string } {
  return { eventTime: timeAtOffset(at, zoneMinutes), eventTimeZoneOffset: '+08:00' };
}

function quantityOf(code: string, { quantity, unit }: EntryAmount): JsonObject {
  return {
    epcClass: code,
    ...(quantity === undefined ? {} : { quantity }),
    ...(quantity === undefined || unit === undefined ? {} : { uom: unit }),
  };
}

function ilmdOf(entry: LotEntry): JsonObject {
  const day = (at: number) => timeAtOffset(at, zoneMinutes).slice(0, 10);
  const ilmd = {
    ...(entry.producedAt === undefined ? {} : { 'cbvmda:productionDate': day(entry.producedAt) }),
    ...(entry.expiresAt === undefined ? {} : { 'cbvmda:itemExpirationDate': day(entry.expiresAt) }),
  };
  return Object.keys(ilmd).length === 0 ? {} : { ilmd };
}

function wasMade(db: Db, code: string): boolean {
  return (
    db.sqlite
      .prepare(
        `SELECT 1 FROM lot l CROSS JOIN holding h ON h.lot_id = l.id CROSS JOIN edge_out o
           ON o.holding_id = h.id AND o.voided_by IS NULL WHERE l.code = ? AND o.role = ${edgeRoles.made} LIMIT 1`,
      )
      .get(code) !== undefined
  );
}

/** The site people mean by a name: its id, a place already known by that name, or a new one. */
export function namedSite(db: Db, name: string, place = '/flow'): string {
  const several = placesCalled(db, name);
  if (several.length > 1) throw severalPlaces(name, several, place);
  const known = sitesCalled(db, name);
  if (known[0] !== undefined) return known[0];
  const id = siteIdOf(name);
  if (id.startsWith('local:') && tidy(name) !== id) {
    db.sqlite.prepare('INSERT INTO site (id, name) VALUES (?, ?) ON CONFLICT (id) DO NOTHING').run(id, tidy(name));
  }
  return id;
}

/** The registered places that a name may mean, none where it is the id of one: from two on nobody can tell which. */
export function placesCalled(db: Db, name: string): readonly string[] {
  const registered = sitesCalled(db, name).filter((id) => !id.startsWith('local:'));
  return registered[0] === tidy(name) ? [] : registered;
}

function sitesCalled(db: Db, name: string): string[] {
  return db.sqlite
    .prepare(
      `SELECT id FROM site WHERE (id = @name OR name = @name OR name_en = @name) AND key > ${noPlaceKeys.process}
       ORDER BY id <> @name, id LIKE 'local:%', id LIMIT 3`,
    )
    .pluck()
    .all({ name: tidy(name) }) as string[];
}

/** Two shops of one name: whichever was taken, a recall would tell the wrong one. */
function severalPlaces(name: string, ids: readonly string[], place: string): Problem {
  const detail = `More than one place is called ${name.slice(0, 60)}; give its code instead, such as ${ids.join(' or ')}.`;
  return new Problem('invalid_input', { faults: [{ place, code: 'several_places', detail }] });
}

function epcOfCode(entry: LotEntry) {
  const { code, batch } = entry;
  return {
    kind: 'lot',
    given: code,
    uri: code,
    gtin: undefined,
    lot: batch,
    serial: undefined,
    sscc: undefined,
  } as const;
}

function faultsOf(answer: CaptureAnswer) {
  return answer.events.flatMap((event) => event.faults).slice(0, 100);
}
