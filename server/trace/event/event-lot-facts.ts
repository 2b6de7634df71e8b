// What an event says about the lots that begin with it: production and expiry, origin, certificates.

import { certificateKinds } from './certificate-kind.ts';
import type { Epc, EpcisEvent, JsonValue } from './event.ts';
import { lotMasterData, type MasterDataValue } from './event-master-data.ts';
import { begunBy, type PieceOfLot, piecesOfLots } from './event-pieces.ts';
import { readLabelDay } from './label-day.ts';

type CertificateKind = (typeof certificateKinds)[number];
type SaidCertificate = {
  readonly kind: CertificateKind;
  readonly number: string;
  readonly issuer: string | null;
  readonly uri: string | null;
};

export type LotFacts = {
  readonly begun: readonly Epc[];
  /** Undefined: the event only names certificates. */
  readonly said:
    | { readonly producedAt: number | null; readonly expiresAt: number | null; readonly origin: string | null }
    | undefined;
  readonly certificates: readonly SaidCertificate[];
  readonly pieces: readonly PieceOfLot[];
};

const mostCertificates = 20;
const longestText = 200;

export function lotFacts(event: EpcisEvent): LotFacts | undefined {
  const begun = begunBy(event);
  const pieces = piecesOfLots(event, begun);
  if (event.ilmd === undefined && event.certificationInfo.length + pieces.length === 0) return undefined;
  return {
    begun: [...begun, ...new Set(pieces.map(({ lot }) => lot))],
    pieces,
    said: event.ilmd === undefined ? undefined : saidOf(event),
    certificates: saidCertificates(event),
  };
}

function saidOf(event: EpcisEvent): LotFacts['said'] {
  const said = lotMasterData(event);
  return {
    producedAt: dayOf(said.production, event.eventTimeMs)?.from ?? event.eventTimeMs,
    expiresAt: dayOf(said.expiry, event.eventTimeMs)?.until ?? null,
    origin: said.countryOfOrigin?.text.slice(0, longestText) ?? null,
  };
}

function dayOf(value: MasterDataValue | undefined, writtenAt: number) {
  if (value === undefined) return undefined;
  const { key, text } = value;
  // Programs write the day of such an attribute as its midnight.
  return readLabelDay(/Date$/.test(key) ? text.replace(midnight, '') : text, writtenAt);
}

const midnight = /T00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:\d\d)?$/;

/** `certificationInfo`, and certificates among the instance/lot master data: an attribute named `certificate` under any prefix. */
function saidCertificates(event: Pick<EpcisEvent, 'ilmd' | 'certificationInfo'>): SaidCertificate[] {
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
