// Keeps what an event says about the lots that begin with it: production and expiry, origin, certificates.
import type { Db } from '../store/db.ts';
import type { CaptureRows } from './capture-rows.ts';
import type { Epc, EpcisEvent, JsonValue } from './event.ts';
import { lotMasterData } from './event-master-data.ts';
import { certificateKinds } from './tables.ts';

type CertificateKind = (typeof certificateKinds)[number];
export type SaidCertificate = {
  readonly kind: CertificateKind;
  readonly number: string;
  readonly issuer: string | null;
  readonly uri: string | null;
};

const dayMs = 86_400_000;
const mostCertificates = 20;
const longestText = 200;

/** What was known of a lot before stays; only what is missing is filled in. */
export function masterDataOf(db: Db, rows: CaptureRows, event: EpcisEvent): void {
  const certificates = saidCertificates(event);
  if (event.ilmd === undefined && certificates.length === 0) return;
  const { lot, certificate, link } = prepared(db);
  const said = lotMasterData(event);
  const expiresAt = endOfDay(said.itemExpirationDate ?? said.bestBeforeDate);
  const facts = {
    producedAt: startOfDay(said.productionDate) ?? (event.ilmd === undefined ? null : event.eventTimeMs),
    expiresAt: expiresAt ?? null,
    origin: said.countryOfOrigin?.slice(0, longestText) ?? null,
  };
  for (const epc of begunBy(event)) {
    const { id } = rows.lotRef(epc);
    if (event.ilmd !== undefined) lot.run({ id, ...facts });
    for (const row of certificates) link.run(id, certificate.get(row));
  }
}

/** `certificationInfo`, and certificates among the instance/lot master data: an attribute named `certificate` under any prefix. */
export function saidCertificates(event: Pick<EpcisEvent, 'ilmd' | 'certificationInfo'>): SaidCertificate[] {
  const linked = event.certificationInfo.map((uri) => ({
    kind: 'other' as const,
    number: lastPart(uri),
    issuer: null,
    uri: uri.slice(0, 2_000),
  }));
  const named = Object.entries(event.ilmd ?? {})
    .filter(([key]) => localName(key) === 'certificate')
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .flatMap(certificateOf);
  return [...named, ...linked].slice(0, mostCertificates);
}

function certificateOf(value: JsonValue): SaidCertificate[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const text = (name: string) => {
    const found = Object.entries(value).find(([key]) => localName(key) === name)?.[1];
    return typeof found === 'string' && found.trim() !== '' ? found.trim().slice(0, longestText) : null;
  };
  const number = text('number');
  const kind = certificateKinds.find((known) => known === text('kind')) ?? 'other';
  return number === null ? [] : [{ kind, number, issuer: text('issuer'), uri: text('uri') }];
}

function begunBy(event: EpcisEvent): Epc[] {
  const [single, counted] =
    event.kind === 'TransformationEvent' ? [event.outputs, event.outputQuantities] : [event.epcs, event.quantities];
  return [...single, ...counted.map(({ epcClass }) => epcClass)];
}

function localName(key: string): string {
  return key.slice(key.lastIndexOf(':') + 1);
}

function lastPart(uri: string): string {
  return decodeURIComponentSafely(
    uri
      .replace(/[?#].*$/, '')
      .split(/[/:]/)
      .at(-1) ?? uri,
  ).slice(0, longestText);
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A bare day is a day in the zone the goods are in: Beijing's. */
function startOfDay(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00+08:00`) : Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

function endOfDay(text: string | undefined): number | undefined {
  const at = startOfDay(text);
  return at === undefined || text === undefined || text.length > 10 ? at : at + dayMs - 1;
}

type Statements = ReturnType<typeof prepare>;
const kept = new WeakMap<Db, Statements>();

function prepared(db: Db): Statements {
  const found = kept.get(db) ?? prepare(db);
  kept.set(db, found);
  return found;
}

function prepare({ sqlite }: Db) {
  return {
    lot: sqlite.prepare(
      `UPDATE lot SET produced_at = coalesce(produced_at, @producedAt), expires_at = coalesce(expires_at, @expiresAt),
         origin = coalesce(origin, @origin) WHERE id = @id`,
    ),
    certificate: sqlite
      .prepare(
        `INSERT INTO certificate (kind, number, issuer, uri) VALUES (@kind, @number, @issuer, @uri)
         ON CONFLICT (kind, number) DO UPDATE SET issuer = coalesce(issuer, excluded.issuer) RETURNING id`,
      )
      .pluck(),
    link: sqlite.prepare('INSERT INTO lot_certificate (lot_id, certificate_id) VALUES (?, ?) ON CONFLICT DO NOTHING'),
  };
}
