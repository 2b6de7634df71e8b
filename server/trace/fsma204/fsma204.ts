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
  /** Where it came from (receiving) or goes to (shipping). */
  readonly other: string | null;
  /** The place that assigned the lot code. */
  readonly source: string | null;
  readonly documents: string | null;
};

/** The columns of the spreadsheet in their order; every cell is text or a number. */
export type FsmaRow = {
  readonly event: TrackingEvent;
  /** `2026-11-22` in the zone of the event, so that it sorts. */
  readonly date: string;
  readonly lotCode: string;
  readonly product: string;
  readonly quantity: number | null;
  readonly unit: string;
  readonly location: string;
  readonly previousSource: string;
  readonly nextRecipient: string;
  readonly lotCodeSource: string;
  readonly documents: string;
};

/** The row of a line, or undefined where it is no Critical Tracking Event (a sale to a diner, a sighting). */
export function fsmaRow(line: EventLine): FsmaRow | undefined {
  const event = trackingEventOf(line);
  if (event === undefined) return undefined;
  return {
    event,
    date: new Date(line.at + line.zoneMinutes * 60_000).toISOString().slice(0, 10),
    lotCode: line.lotCode,
    product: [line.product, line.variety].filter(Boolean).join(', '),
    quantity: line.quantity,
    unit: line.quantity === null ? '' : (line.unit ?? unitOfDimension('pieces')),
    location: line.here ?? '',
    previousSource: event === 'Receiving' ? (line.other ?? '') : '',
    nextRecipient: event === 'Shipping' ? (line.other ?? '') : '',
    lotCodeSource: line.source ?? '',
    documents: line.documents ?? '',
  };
}

function trackingEventOf({ role, mixes, bizStep }: EventLine): TrackingEvent | undefined {
  if (role === edgeRoles.shipped) return 'Shipping';
  if (role === edgeRoles.received) return 'Receiving';
  if (role === edgeRoles.used) return 'Transformation (input)';
  if (role !== edgeRoles.made) return undefined;
  if (mixes) return 'Transformation (output)';
  // CBV 2.0 has no step for these; senders name their own, and a lot that is coded for the first time is packed.
  const step = (bizStep ?? '').toLowerCase();
  if (/harvest|farming/.test(step)) return 'Harvesting';
  if (/cooling/.test(step)) return 'Cooling';
  if (/landing|land_based|landed/.test(step)) return 'First land-based receiving';
  return 'Initial packing';
}
