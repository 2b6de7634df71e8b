// Keeps what people say about a lot beside its events: product, dates, origin, another spelling, certificates, the supplier.
import type { Caller } from '../../accounts/caller.ts';
import { speaksFor } from '../../accounts/place/voice.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { toldByOthers } from '../capture/authority-store.ts';
import { seesLot } from '../chain/lot-visibility-store.ts';
import { tidy } from '../code/lot-code-own.ts';
import { dayOf, endOfDay, startOfDay } from '../event/goods-day.ts';
import { readDay } from '../sheet/day-text.ts';
import type { LotEntry, LotEntryFields } from './lot-entry.ts';

/**
 * Takes what the entry says of the lot; false: nothing, as the lot has nothing to do with the caller. Of a lot that
 * others made, only what nobody has said yet.
 */
export function keepMasterData(db: Db, lotId: number, entry: LotEntry, caller: Caller | null): boolean {
  if (caller !== null && !seesLot(db, caller, lotId)) return false;
  const order = toldByOthers(db, caller, lotId) ? keptFirst : saidFirst;
  const { origin, batch, product, spec } = entry.fields;
  const productId = product === undefined ? undefined : productNamed(db, entry, product);
  db.sqlite
    .prepare(`UPDATE lot SET ${order} WHERE id = ?`)
    .run(
      origin ?? null,
      batch ?? null,
      productId ?? null,
      entry.producedAt ?? null,
      entry.expiresAt ?? null,
      spec ?? null,
      lotId,
    );
  keepVariety(db, lotId, entry, order === saidFirst ? '?, variety' : 'variety, ?');
  const given = entry.fields.code === undefined ? undefined : tidy(entry.fields.code);
  if (given !== undefined && given !== entry.code)
    db.sqlite
      .prepare('INSERT INTO lot_alias (alias, lot_id) VALUES (?, ?) ON CONFLICT (alias) DO NOTHING')
      .run(given, lotId);
  keepCertificates(db, lotId, entry.fields.certificates);
  return true;
}

/**
 * Writes numbers of certificates down that came with a lot: what was registered before stays. Throws Problem `not_found` for
 * a lot that is not the caller's. Inside a transaction it becomes part of it.
 */
export function certifyLot(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  lotId: number,
  certificates: NonNullable<LotEntryFields['certificates']>,
  caller: Caller,
): void {
  if (certificates.length === 0) return;
  const code = db.sqlite.prepare('SELECT code FROM lot WHERE id = ?').pluck().get(lotId) as string | undefined;
  if (code === undefined || !seesLot(db, caller, lotId)) throw new Problem('not_found');
  writeTransaction(db, () => {
    keepCertificates(db, lotId, certificates);
    const kept = certificates.map(({ kind, number }) => ({ kind, number }));
    appendEntry(db, { kind: 'lot', subject: code, body: { certificates: kept, account: caller.id }, at: clock() });
  });
}

const columns = ['origin', 'origin_batch', 'product_id', 'produced_at', 'expires_at', 'spec'] as const;
const saidFirst = columns.map((column) => `${column} = coalesce(?, ${column})`).join(', ');
const keptFirst = columns.map((column) => `${column} = coalesce(${column}, ?)`).join(', ');

/** `order`: which of two words stands, the one said now or the one known. */
function keepVariety(
  db: Db,
  lotId: number,
  { fields: { variety } }: LotEntry,
  order: '?, variety' | 'variety, ?',
): void {
  if (variety === undefined) return;
  db.sqlite
    .prepare(`UPDATE product SET variety = coalesce(${order}) WHERE id = (SELECT product_id FROM lot WHERE id = ?)`)
    .run(variety, lotId);
}

function productNamed(db: Db, entry: LotEntry, name: string): number {
  const unit = entry.amount.unit ?? null;
  const insert = 'INSERT INTO product (gtin, own_code, name, name_en, unit) VALUES (?, ?, ?, ?, ?)';
  const known =
    entry.gtin === undefined
      ? db.sqlite.prepare('SELECT id FROM product WHERE own_code = ?').pluck().get(`local:${name}`)
      : db.sqlite.prepare('SELECT id FROM product WHERE gtin = ?').pluck().get(entry.gtin);
  if (typeof known === 'number') return known;
  const { lastInsertRowid } = db.sqlite
    .prepare(insert)
    .run(
      entry.gtin ?? null,
      entry.gtin === undefined ? `local:${name}` : null,
      name,
      entry.fields.productEn ?? null,
      unit,
    );
  return Number(lastInsertRowid);
}

function keepCertificates(db: Db, lotId: number, given: LotEntryFields['certificates'] = []): void {
  const day = (value: string | undefined) => {
    const read = value === undefined ? undefined : readDay(value);
    return read?.ok === true ? dayOf(read.at) : undefined;
  };
  const first = (value: string | undefined) => startOfDay(day(value) ?? '') ?? null;
  // A certificate is valid on its last day too.
  const last = (value: string | undefined) => endOfDay(day(value) ?? '') ?? null;
  for (const { kind, number, issuer, issuedAt, expiresAt, uri, fileHash } of given) {
    const id = db.sqlite
      .prepare(
        `INSERT INTO certificate (kind, number, issuer, issued_at, expires_at, uri, file_hash) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (kind, number) DO UPDATE SET issuer = coalesce(issuer, excluded.issuer) RETURNING id`,
      )
      .pluck()
      .get(kind, number, issuer ?? null, first(issuedAt), last(expiresAt), uri ?? null, fileHash ?? null);
    db.sqlite
      .prepare('INSERT INTO lot_certificate (lot_id, certificate_id) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(lotId, id);
  }
}

/**
 * Inside the caller's transaction. What was known of a place before stays, unless it says otherwise itself; of a place with a GLN
 * only itself is believed.
 */
export function keepSupplier(
  db: Db,
  { flow, fields }: LotEntry,
  caller: Caller | null,
  siteOf: (name: string) => string,
): void {
  const { supplierAddress, supplierPhone, madeAt } = fields;
  const from = flow[0]?.from ?? madeAt;
  if (from === undefined || (supplierAddress === undefined && supplierPhone === undefined)) return;
  const site = siteOf(from);
  const isOwn = speaksFor(caller, site);
  if (caller !== null && !site.startsWith('local:') && !isOwn) return;
  const set = isOwn
    ? 'address = coalesce(@address, address), phone = coalesce(@phone, phone)'
    : 'address = coalesce(address, @address), phone = coalesce(phone, @phone)';
  db.sqlite
    .prepare(`UPDATE site SET ${set} WHERE id = @site`)
    .run({ address: supplierAddress ?? null, phone: supplierPhone ?? null, site });
}
