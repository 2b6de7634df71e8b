// What storing an event takes: its row in the making, its links, readings and lot facts, without the document around it.
import { canonicalJson } from '../../ledger/entry.ts';
import { type EventLinks, linksOf } from './chain-links.ts';
import type { EpcisEvent, EventContext } from './event.ts';
import { type LotFacts, lotFacts } from './event-lot-facts.ts';
import { type Reading, sensorReadings } from './event-sensor.ts';

export type EventDraft = {
  /** 0 for an event; an error declaration has the same hash as what it voids, and is told from it by its time. */
  readonly declaredAt: number;
  /** The sender's eventID. */
  readonly uri: string | null;
  readonly kind: string;
  readonly action: string | null;
  readonly bizStep: string | null;
  readonly disposition: string | null;
  /** Unix ms. */
  readonly at: number;
  readonly zoneMinutes: number;
  /** Site ids. */
  readonly readPoint: string | null;
  readonly bizLocation: string | null;
  /** Prefixes and namespaces it stood in, as canonical JSON: few documents differ in them. */
  readonly context: string;
  /** JSON-LD of the event as it came (converted when it came as XML). */
  readonly json: string;
  readonly links: EventLinks;
  readonly bizTransactions: EpcisEvent['bizTransactions'];
  readonly readings: readonly Reading[];
  /** What it says about the lots that begin with it. */
  readonly lotFacts: LotFacts | undefined;
};

export function draftOf(event: EpcisEvent): EventDraft {
  return {
    declaredAt: event.errorDeclaration === undefined ? 0 : Math.max(1, event.errorDeclaration.declarationTimeMs),
    uri: event.eventID ?? null,
    kind: event.kind,
    action: event.action ?? null,
    bizStep: event.bizStep ?? null,
    disposition: event.disposition ?? null,
    at: event.eventTimeMs,
    zoneMinutes: event.eventTimeZoneOffsetMinutes,
    readPoint: event.readPoint?.siteId ?? null,
    bizLocation: event.bizLocation?.siteId ?? null,
    context: contextJson(event.context),
    json: JSON.stringify(event.json),
    links: linksOf(event),
    bizTransactions: event.bizTransactions,
    readings: sensorReadings(event),
    lotFacts: lotFacts(event),
  };
}

/** Documents share one context object among their events. */
const known = new WeakMap<EventContext, string>();

function contextJson(context: EventContext): string {
  const found = known.get(context);
  if (found !== undefined) return found;
  const { ignoredFields, ...rest } = context;
  const json = canonicalJson({ ...rest, ignoredFields: [...ignoredFields].sort() });
  known.set(context, json);
  return json;
}
