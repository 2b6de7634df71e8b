// The one cast of places, products and people that tests of the chain play with, and a database for them.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller } from '../../server/accounts/caller.ts';
import { openQueue } from '../../server/jobs/queue-sqlite.ts';
import { openBlobs } from '../../server/store/blobs.ts';
import { openDatabase } from '../../server/store/db.ts';
import { readForCapture } from '../../server/trace/capture/capture-document.ts';
import {
  type CaptureAnswer,
  type CaptureDeps,
  type CaptureOptions,
  captureDocument,
} from '../../server/trace/capture/capture-events.ts';
import { checkDigit } from '../../server/trace/code/gs1.ts';

/** 13-digit GLN made of a short number. */
export function gln(number: number): string {
  const digits = `69${String(number).padStart(10, '0')}`;
  return digits + checkDigit(digits);
}

/** 14-digit GTIN made of a short number. */
export function gtin(number: number): string {
  const digits = `069${String(number).padStart(10, '0')}`;
  return digits + checkDigit(digits);
}

/** 18-digit SSCC made of a short number. */
export function sscc(number: number): string {
  const digits = `0069${String(number).padStart(13, '0')}`;
  return digits + checkDigit(digits);
}

export const places = {
  farm: gln(1),
  slaughterhouse: gln(2),
  wholesaler: gln(3),
  dingxiang: gln(4),
  haiwei: gln(5),
} as const;

export const products = { pig: gtin(1), carcass: gtin(2), belly: gtin(3), mince: gtin(4), prawn: gtin(5) } as const;

export function lotUri(product: string, batch: string): string {
  return `https://id.gs1.org/01/${product}/10/${encodeURIComponent(batch)}`;
}
export const placeUri = (siteId: string) => `https://id.gs1.org/414/${siteId}`;
export const caseUri = (number: number) => `https://id.gs1.org/00/${sscc(number)}`;

export const inspector: Caller = { id: 1, name: '李 inspector', role: 'inspector', sites: [], via: 'token' };
export const supplierWang: Caller = {
  id: 2,
  name: 'supplier Wang',
  role: 'partner',
  sites: [places.wholesaler],
  via: 'token',
};
export const supplierZhao: Caller = {
  id: 3,
  name: 'supplier Zhao',
  role: 'partner',
  sites: [places.farm],
  via: 'token',
};

/** 2026-11-20 08:00 in Beijing; `hour(3)` is three hours later. */
export const dayOne = Date.UTC(2026, 10, 20, 0, 0, 0);
export const hour = (hours: number) => dayOne + Math.round(hours * 3_600_000);

export type Json = { [key: string]: unknown };
export type Amount = readonly [uri: string, quantity?: number, uom?: string];

const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { cbvmda: 'urn:epcglobal:cbv:mda' }];

const base = (type: string, at: number, more: Json): Json => ({
  type,
  eventTime: new Date(at).toISOString(),
  eventTimeZoneOffset: '+08:00',
  ...more,
});
const quantities = (amounts: readonly Amount[]) =>
  amounts.map(([epcClass, quantity, uom]) => ({
    epcClass,
    ...(quantity === undefined ? {} : { quantity }),
    ...(uom === undefined ? {} : { uom }),
  }));
const at = (siteId: string | undefined) =>
  siteId === undefined ? {} : { readPoint: { id: placeUri(siteId) }, bizLocation: { id: placeUri(siteId) } };
const side = (list: 'sourceList' | 'destinationList', kind: 'source' | 'destination', siteId: string | undefined) =>
  siteId === undefined ? {} : { [list]: [{ type: 'location', [kind]: placeUri(siteId) }] };

/** Events in the words of the house; times are unix ms, amounts `[lot, quantity, unit]`. */
export const events = {
  commission: (time: number, site: string, amounts: readonly Amount[], more: Json = {}): Json =>
    base('ObjectEvent', time, {
      action: 'ADD',
      bizStep: 'commissioning',
      quantityList: quantities(amounts),
      ...at(site),
      ...more,
    }),
  ship: (time: number, from: string, to: string | undefined, amounts: readonly Amount[], more: Json = {}): Json =>
    base('ObjectEvent', time, {
      action: 'OBSERVE',
      bizStep: 'shipping',
      ...(amounts.length === 0 ? {} : { quantityList: quantities(amounts) }),
      readPoint: { id: placeUri(from) },
      ...side('sourceList', 'source', from),
      ...side('destinationList', 'destination', to),
      ...more,
    }),
  receive: (time: number, to: string, from: string | undefined, amounts: readonly Amount[], more: Json = {}): Json =>
    base('ObjectEvent', time, {
      action: 'OBSERVE',
      bizStep: 'receiving',
      ...(amounts.length === 0 ? {} : { quantityList: quantities(amounts) }),
      ...at(to),
      ...side('sourceList', 'source', from),
      ...more,
    }),
  transform: (
    time: number,
    site: string,
    inputs: readonly Amount[],
    outputs: readonly Amount[],
    more: Json = {},
  ): Json =>
    base('TransformationEvent', time, {
      bizStep: 'commissioning',
      ...(inputs.length === 0 ? {} : { inputQuantityList: quantities(inputs) }),
      ...(outputs.length === 0 ? {} : { outputQuantityList: quantities(outputs) }),
      ...at(site),
      ...more,
    }),
  pack: (time: number, site: string, parent: string, amounts: readonly Amount[], more: Json = {}): Json =>
    base('AggregationEvent', time, {
      action: 'ADD',
      bizStep: 'packing',
      parentID: parent,
      ...(amounts.length === 0 ? { childEPCs: [] } : { childQuantityList: quantities(amounts) }),
      ...at(site),
      ...more,
    }),
  unpack: (time: number, site: string, parent: string, amounts: readonly Amount[] = [], more: Json = {}): Json =>
    base('AggregationEvent', time, {
      action: 'DELETE',
      bizStep: 'unpacking',
      parentID: parent,
      ...(amounts.length === 0 ? { childEPCs: [] } : { childQuantityList: quantities(amounts) }),
      ...at(site),
      ...more,
    }),
  sell: (time: number, site: string, amounts: readonly Amount[]): Json =>
    base('ObjectEvent', time, {
      action: 'DELETE',
      bizStep: 'retail_selling',
      quantityList: quantities(amounts),
      ...at(site),
    }),
  observe: (time: number, site: string, amounts: readonly Amount[], more: Json = {}): Json =>
    base('ObjectEvent', time, {
      action: 'OBSERVE',
      bizStep: 'inspecting',
      quantityList: quantities(amounts),
      ...at(site),
      ...more,
    }),
  /** The event again, declared wrong. */
  declareWrong: (event: Json, declarationTime: number): Json => ({
    ...event,
    errorDeclaration: { declarationTime: new Date(declarationTime).toISOString(), reason: 'incorrect_data' },
  }),
};

export function documentOf(list: readonly Json[]): Buffer {
  return Buffer.from(
    JSON.stringify({
      '@context': context,
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: new Date(dayOne).toISOString(),
      epcisBody: { eventList: list },
    }),
  );
}

export type ChainHouse = CaptureDeps & { readonly capture: Capture; setNow(now: number): void };
export type Capture = (list: readonly Json[], caller?: Caller | null, options?: CaptureOptions) => CaptureAnswer;

/** A database, a clock that stands still at day ten, and capture without HTTP. */
export function openChainHouse(path = ':memory:'): ChainHouse {
  let now = dayOne + 10 * 86_400_000;
  const clock = () => now;
  const db = openDatabase(path);
  const deps = { db, clock, queue: openQueue(db, clock), blobs: openBlobs(mkdtempSync(join(tmpdir(), 'bk-chain-'))) };
  return {
    ...deps,
    capture: (list, caller = null, options = { onError: 'rollback' }) =>
      captureDocument(deps, readForCapture(documentOf(list), 'application/ld+json'), caller, options),
    setNow: (moment) => {
      now = moment;
    },
  };
}
