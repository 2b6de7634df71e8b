// The rows of an FSMA 204 sortable spreadsheet: one per traceability lot and Critical Tracking Event (21 CFR 1.1325–1.1350).

import { unitOfDimension } from '../code/balance-unit.ts';
import { edgeRoles } from '../event/chain-links.ts';

export const trackingEvents = [
  'Harvesting',
  'Cooling',
  'Initial packing',
  'First land-based receiving',
  'Shipping',
  'Receiving',
  'Transformation (input)',
  'Transformation (output)',
] as const;
export type TrackingEvent = (typeof trackingEvents)[number];

/** One line of an event as the chain keeps it. */
export type EventLine = {
  readonly lotId: number;
  readonly role: number;
  /** Mixed with the other lines of its event: a transformation. */
  readonly mixes: boolean;
  readonly bizStep: string | null;
  /** Unix ms, and the zone it was said in. */
  readonly at: number;
  readonly zoneMinutes: number;
  readonly lotCode: string;
  readonly product: string | null;
  readonly variety: string | null;
  readonly quantity: number | null;
  readonly unit: string | null;
  readonly here: string | null;
  readonly hereKind: string | null;
  /** Where it came from (receiving) or goes to (shipping). */
  readonly other: string | null;
  readonly otherKind: string | null;
  /** The business of the place, and its telephone. */
  readonly business: string | null;
  /** Lots it was packed from, where the line is what came out of an initial packing. */
  readonly packedFrom: readonly number[];
  /** The place that assigned the lot code. */
  readonly source: string | null;
  readonly documents: string | null;
  /** The field, pond or catch area it came from, and when it was harvested, `2026-11-20` or a range, where the event says so. */
  readonly area: string | null;
  readonly harvested: string | null;
};

/** The columns of the spreadsheet in their order; every cell is text or a number. */
export type FsmaRow = {
  readonly event: TrackingEvent;
  /** `2026-11-22` in the zone of the event, so that it sorts. */
  readonly date: string;
  readonly lotCode: string;
  readonly product: string;
  readonly variety: string;
  readonly quantity: number | null;
  readonly unit: string;
  readonly location: string;
  readonly previousSource: string;
  readonly nextRecipient: string;
  readonly lotCodeSource: string;
  readonly receivedDate: string;
  readonly receivedQuantity: number | null;
  readonly receivedUnit: string;
  readonly harvestFarm: string;
  readonly harvester: string;
  readonly harvestArea: string;
  readonly harvestDate: string;
  readonly cooledAt: string;
  readonly coolingDate: string;
  readonly documents: string;
};

export type TimeSpan = { readonly fromAt: number; readonly untilAt: number };

/**
 * The rows of one lot within a span, both ends included. `lines` come by time, and those before the span say where its food
 * was harvested and cooled, as do the lines of the raw lots that it was packed from (`raw`). What is no Critical Tracking Event (a sale to a diner, a sighting) has no row.
 */
export function fsmaRowsOf(
  own: readonly EventLine[],
  { fromAt, untilAt }: TimeSpan,
  raw: readonly EventLine[] = [],
): FsmaRow[] {
  const lines = [...own, ...raw];
  const told = toldOf(lines);
  const harvest = told.find(({ event }) => event === 'Harvesting')?.line;
  const cooling = told.find(({ event }) => event === 'Cooling')?.line;
  const harvested = lines.find((line) => line.harvested !== null)?.harvested ?? dayOf(harvest);
  const area = lines.find((line) => line.area !== null)?.area ?? '';
  const asked = toldOf(own).filter(({ line: { at } }) => at >= fromAt && at <= untilAt);
  return asked.map(({ line, event }) => {
    const isRaw = beforeShipping.has(event);
    const isPacking = event === 'Initial packing';
    const isPacked = isPacking || event === 'First land-based receiving';
    return {
      ...rowOf(line, event, own),
      ...receivedBefore(isPacking ? line : undefined, lines),
      harvester: isPacking ? (harvest?.business ?? '') : '',
      harvestFarm: isRaw ? (harvest?.here ?? '') : '',
      harvestArea: event === 'Harvesting' || isPacked ? area : '',
      harvestDate: event === 'Harvesting' || isPacked ? harvested : '',
      cooledAt: event === 'Initial packing' ? (cooling?.here ?? '') : '',
      coolingDate: event === 'Initial packing' ? dayOf(cooling) : '',
    };
  });
}

function toldOf(lines: readonly EventLine[]): { line: EventLine; event: TrackingEvent }[] {
  return lines.flatMap((line) => {
    const event = trackingEventOf(line);
    return event === undefined ? [] : [{ line, event }];
  });
}

/** 21 CFR 1.1330 (a)(2) and (3): when the packer got the food, and how much. */
function receivedBefore(packing: EventLine | undefined, lines: readonly EventLine[]) {
  const got =
    packing === undefined
      ? undefined
      : lines.find(({ role, here, at }) => role === edgeRoles.received && here === packing.here && at <= packing.at);
  return {
    receivedDate: dayOf(got),
    receivedQuantity: got?.quantity ?? null,
    receivedUnit: got === undefined ? '' : unitOf(got),
  };
}

function unitOf({ quantity, unit }: EventLine): string {
  return quantity === null ? '' : (unit ?? unitOfDimension('pieces'));
}

const beforeShipping: ReadonlySet<TrackingEvent> = new Set([
  'Harvesting',
  'Cooling',
  'Initial packing',
  'First land-based receiving',
]);

function rowOf(line: EventLine, event: TrackingEvent, lines: readonly EventLine[]) {
  const isReceived = event === 'Receiving' || event === 'First land-based receiving';
  return {
    event,
    date: dayOf(line),
    lotCode: line.lotCode,
    product: line.product ?? '',
    variety: line.variety ?? '',
    quantity: line.quantity,
    unit: unitOf(line),
    location: line.here ?? '',
    previousSource: isReceived ? (line.other ?? '') : '',
    nextRecipient: event === 'Shipping' ? (line.other ?? '') : nextAfter(line, event, lines),
    lotCodeSource: line.source ?? '',
    documents: line.documents ?? '',
  };
}

/** 21 CFR 1.1325: who harvests or cools names who gets the food next. */
function nextAfter(line: EventLine, event: TrackingEvent, lines: readonly EventLine[]): string {
  if (event !== 'Harvesting' && event !== 'Cooling') return '';
  const left = lines.find(({ role, here, at }) => role === edgeRoles.shipped && here === line.here && at >= line.at);
  if (left?.other != null) return left.other;
  return (
    lines.find(({ role, other, at }) => role === edgeRoles.received && other === line.here && at >= line.at)?.here ?? ''
  );
}

function dayOf(line: EventLine | undefined): string {
  return line === undefined ? '' : new Date(line.at + line.zoneMinutes * 60_000).toISOString().slice(0, 10);
}

// CBV 2.0 has no step for these; senders name their own, as GDST does for fishing and landing.
const stepNames: readonly (readonly [RegExp, TrackingEvent])[] = [
  [/harvest|farming|fishing/, 'Harvesting'],
  [/cooling|chilling/, 'Cooling'],
  [/landing|land_based|land-based|landed/, 'First land-based receiving'],
  [/initial.?pack/, 'Initial packing'],
];

/** Where food grows or is caught: what is coded there is harvested there. */
const growingKinds: ReadonlySet<string | null> = new Set(['farm', 'plantation', 'fishery', 'vessel']);

function trackingEventOf({ role, mixes, bizStep, hereKind, otherKind }: EventLine): TrackingEvent | undefined {
  if (role === edgeRoles.shipped) return 'Shipping';
  if (role === edgeRoles.received) return otherKind === 'vessel' ? 'First land-based receiving' : 'Receiving';
  if (role === edgeRoles.used) return 'Transformation (input)';
  if (role !== edgeRoles.made && role !== edgeRoles.seen) return undefined;
  const step = (bizStep ?? '').toLowerCase();
  const named = stepNames.find(([pattern]) => pattern.test(step))?.[1];
  // What is packed first gets its code there, out of raw lots: that is no transformation of the rule.
  if (mixes) return named === 'Initial packing' ? named : 'Transformation (output)';
  if (named !== undefined || role === edgeRoles.seen) return named;
  // A lot that is coded for the first time anywhere else is packed there.
  return growingKinds.has(hereKind) ? 'Harvesting' : 'Initial packing';
}
