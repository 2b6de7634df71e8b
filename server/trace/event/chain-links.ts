// What an event does to the graph: which lots leave which place, which arrive where, and what goes into a container.
import type { Epc, EpcisEvent, Place, Quantity, SourceOrDestination } from './event.ts';
import { noPlaces } from './no-place.ts';

/**
 * Why a line stands in edge_in or edge_out. `moved` and `seen` carry no quantity: they link, and count nothing. `counted` is a
 * stock taking: what is there, whatever came and left.
 */
export const edgeRoles = {
  made: 1,
  used: 2,
  shipped: 3,
  received: 4,
  moved: 5,
  gone: 6,
  returned: 7,
  seen: 8,
  counted: 9,
} as const;
export type EdgeRole = (typeof edgeRoles)[keyof typeof edgeRoles];

export type Line = { readonly epc: Epc; readonly quantity: number | undefined; readonly unit: string | undefined };

/** Lots that pass through the event each for itself: `from` and `to` are site ids; undefined: nothing on that side. */
export type Passage = {
  readonly role: EdgeRole;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Further places the same goods were said to be at, linked without quantity. */
  readonly via: readonly string[];
  readonly lines: readonly Line[];
};

/** A transformation: all inputs may be in all outputs. */
export type Mixture = {
  readonly at: string;
  readonly inputs: readonly Line[];
  readonly outputs: readonly Line[];
  readonly processId: string | undefined;
};

export type ContainerChange = {
  readonly container: Epc;
  readonly change: 'ADD' | 'DELETE' | 'SEEN';
  /** Empty with DELETE: everything. */
  readonly lines: readonly Line[];
};

export type Mention = { readonly epc: Epc; readonly role: 'epc' | 'parent' | 'child' | 'input' | 'output' };

export type EventLinks = {
  readonly passage: Passage | undefined;
  readonly mixture: Mixture | undefined;
  readonly containerChange: ContainerChange | undefined;
  readonly mentions: readonly Mention[];
};

// CBV 2.0 §7.1: what each business step does to the stock of a place. A step not named here is a sighting.
const shippingSteps = new Set(['shipping']);
const receivingSteps = new Set(['receiving']);
const movingSteps = new Set(['departing', 'arriving', 'accepting', 'transporting', 'loading', 'unloading']);
// CBV 2.0 §7.1: stock_taking and cycle_counting; the others are what ledgers without CBV write.
const countingSteps = new Set(['stock_taking', 'cycle_counting', 'inventory', 'inventory_check', 'counting']);
const endingSteps = new Set(['retail_selling', 'consuming', 'dispensing', 'destroying', 'decommissioning']);

/** The part of `event` that the graph keeps. An error declaration does nothing by itself. */
export function linksOf(event: EpcisEvent): EventLinks {
  if (event.errorDeclaration !== undefined) return { ...none, mentions: mentionsOf(event) };
  if (event.kind === 'TransformationEvent') {
    return { ...none, mixture: mixtureOf(event), mentions: mentionsOf(event) };
  }
  return {
    passage: passageOf(event),
    mixture: undefined,
    containerChange: containerChangeOf(event),
    mentions: mentionsOf(event),
  };
}

/** Whether a line of this identifier is followed by itself: lots, pieces and assets are; containers by their contents. */
export function isTraced(epc: Epc): boolean {
  return epc.kind === 'lot' || epc.kind === 'instance' || epc.kind === 'other';
}

const none: EventLinks = { passage: undefined, mixture: undefined, containerChange: undefined, mentions: [] };

function mixtureOf(event: EpcisEvent): Mixture {
  return {
    at: hereOf(event) ?? noPlaces.unknown,
    inputs: linesOf(event.inputs, event.inputQuantities),
    outputs: linesOf(event.outputs, event.outputQuantities),
    processId: event.transformationID,
  };
}

function passageOf(event: EpcisEvent): Passage | undefined {
  const lines = event.kind === 'OtherEvent' ? [] : subjectsOf(event);
  if (lines.length === 0) return undefined;
  const step = event.bizStep ?? '';
  if (shippingSteps.has(step)) return shipment(event, lines);
  if (receivingSteps.has(step)) return receipt(event, lines);
  if (step === 'void_shipping') return returned(event, lines);
  if (event.kind !== 'ObjectEvent') return movingSteps.has(step) ? move(event, lines) : undefined;
  const here = hereOf(event) ?? noPlaces.unknown;
  if (event.action === 'DELETE' || endingSteps.has(step)) return passage(edgeRoles.gone, here, undefined, lines);
  if (event.action === 'ADD' || step === 'commissioning') return passage(edgeRoles.made, undefined, here, lines);
  if (countingSteps.has(wordOf(step))) return passage(edgeRoles.counted, undefined, here, lines);
  return move(event, lines) ?? passage(edgeRoles.seen, undefined, here, lines);
}

/** The last part of a step that somebody named by an address of their own. */
function wordOf(step: string): string {
  return step.slice(Math.max(step.lastIndexOf('/'), step.lastIndexOf(':')) + 1);
}

function shipment(event: EpcisEvent, lines: readonly Line[]): Passage {
  const from = sideOf(event.sources, 'location') ?? event.readPoint?.siteId ?? hereOf(event) ?? anySide(event.sources);
  const to = anySide(event.destinations);
  if (from !== undefined && from === to) return passage(edgeRoles.seen, undefined, from, lines);
  return passage(edgeRoles.shipped, from ?? noPlaces.unknown, to ?? noPlaces.transit, lines);
}

function receipt(event: EpcisEvent, lines: readonly Line[]): Passage {
  const named = anySide(event.destinations);
  const to = event.bizLocation?.siteId ?? named ?? event.readPoint?.siteId ?? noPlaces.unknown;
  const from = anySide(event.sources);
  if (from === to) return passage(edgeRoles.seen, undefined, to, lines);
  // The shipper may have named another place of the same receiver: its shipment must still be found from here.
  const via = named !== undefined && named !== to && named !== from ? [named] : [];
  return { role: edgeRoles.received, from: from ?? noPlaces.transit, to, via, lines };
}

/** CBV 2.0 §7.1: void_shipping says that what an earlier shipping event named did not leave. */
function returned(event: EpcisEvent, lines: readonly Line[]): Passage {
  const { from, to } = shipment(event, lines);
  return passage(edgeRoles.returned, to ?? noPlaces.transit, from ?? noPlaces.unknown, lines);
}

function move(event: EpcisEvent, lines: readonly Line[]): Passage | undefined {
  const from = anySide(event.sources);
  const to = anySide(event.destinations);
  if (from === undefined || to === undefined || from === to) return undefined;
  return passage(edgeRoles.moved, from, to, lines);
}

function passage(role: EdgeRole, from: string | undefined, to: string | undefined, lines: readonly Line[]): Passage {
  return { role, from, to, via: [], lines };
}

/** What the event is about: the listed things, else all that its parent holds. */
function subjectsOf(event: EpcisEvent): Line[] {
  if (event.kind === 'ObjectEvent') return linesOf(event.epcs, event.quantities);
  const listed =
    event.kind === 'TransactionEvent'
      ? linesOf(event.epcs, event.quantities)
      : linesOf(event.children, event.childQuantities);
  return listed.length > 0 || event.parent === undefined ? listed : linesOf([event.parent], []);
}

function containerChangeOf(event: EpcisEvent): ContainerChange | undefined {
  if (event.kind !== 'AggregationEvent' && event.kind !== 'AssociationEvent') return undefined;
  if (event.parent === undefined) return undefined;
  const change = event.action === 'OBSERVE' || event.action === undefined ? 'SEEN' : event.action;
  return { container: event.parent, change, lines: linesOf(event.children, event.childQuantities) };
}

function linesOf(epcs: readonly Epc[], quantities: readonly Quantity[]): Line[] {
  const pieces = epcs.map((epc) => ({ epc, quantity: 1, unit: undefined }));
  const amounts = quantities.map(({ epcClass, quantity, uom }) => ({ epc: epcClass, quantity, unit: uom }));
  return pieces.length === 0 ? amounts : [...pieces, ...amounts];
}

function mentionsOf(event: EpcisEvent): Mention[] {
  const mentions: Mention[] = [];
  const add = (role: Mention['role'], epcs: readonly Epc[], quantities: readonly Quantity[]) => {
    for (const epc of epcs) mentions.push({ epc, role });
    for (const { epcClass } of quantities) mentions.push({ epc: epcClass, role });
  };
  add('epc', event.epcs, event.quantities);
  if (event.parent !== undefined) mentions.push({ epc: event.parent, role: 'parent' });
  add('child', event.children, event.childQuantities);
  add('input', event.inputs, event.inputQuantities);
  add('output', event.outputs, event.outputQuantities);
  return mentions;
}

// EPCIS 2.0 §7.3.5: bizLocation is where things are after the event, readPoint where it was seen.
function hereOf(event: EpcisEvent): string | undefined {
  return placeId(event.bizLocation) ?? placeId(event.readPoint);
}

function placeId(place: Place | undefined): string | undefined {
  return place?.siteId;
}

function anySide(sides: readonly SourceOrDestination[]): string | undefined {
  return sideOf(sides, 'location') ?? sideOf(sides, 'possessing_party') ?? sideOf(sides, 'owning_party');
}

function sideOf(sides: readonly SourceOrDestination[], type: string): string | undefined {
  return sides.find((side) => side.type === type)?.place.siteId;
}
