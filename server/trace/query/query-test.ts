// What an event must fulfil to answer a query: each parameter of the standard as one test of an event (EPCIS 2.0 §8.2.7.1).
import { bareName, type Vocabulary } from '../event/cbv.ts';
import type { Epc, EpcisEvent, Place, Quantity } from '../event/event.ts';
import { epcOf, placeOf } from '../event/gs1-epc.ts';
import { comparisons } from './comparison.ts';
import type { EventTest } from './event-test.ts';
import { type FieldTest, fieldTest, type Prefixes } from './query-field.ts';
import { sensorTest } from './query-sensor.ts';
import type { Parameters } from './query-value.ts';

/** What a MATCH parameter asks for: canonical codes, and GTINs of which any single piece will do. */
export type Wanted = { readonly codes: readonly string[]; readonly gtins: readonly string[] };

type Named = (event: EpcisEvent) => readonly Epc[];

const classes = (amounts: readonly Quantity[]) => amounts.map(({ epcClass }) => epcClass);
const parents = ({ parent }: EpcisEvent) => (parent === undefined ? [] : [parent]);
const anyEpc: Named = (event) => [
  ...event.epcs,
  ...event.children,
  ...event.inputs,
  ...event.outputs,
  ...parents(event),
];
const anyClass: Named = (event) =>
  classes([event.quantities, event.childQuantities, event.inputQuantities, event.outputQuantities].flat());

/** `MATCH_any` is what /epcs/{epc}/events asks: the thing in any role, single or as a class. */
export const matchParameters: Readonly<Record<string, Named>> = {
  MATCH_epc: (event) => [...event.epcs, ...event.children],
  MATCH_parentID: parents,
  MATCH_inputEPC: (event) => event.inputs,
  MATCH_outputEPC: (event) => event.outputs,
  MATCH_anyEPC: anyEpc,
  MATCH_epcClass: (event) => classes([...event.quantities, ...event.childQuantities]),
  MATCH_inputEPCClass: (event) => classes(event.inputQuantities),
  MATCH_outputEPCClass: (event) => classes(event.outputQuantities),
  MATCH_anyEPCClass: anyClass,
  MATCH_any: (event) => [...anyEpc(event), ...anyClass(event)],
};

/** The codes of a MATCH parameter; a pattern of one GTIN (`urn:epc:idpat:sgtin:…*`) stands for all its pieces. */
export function wantedOf(parameters: Parameters, name: string): Wanted {
  const epcs = parameters.list(name).map(epcOf);
  for (const { kind, given } of epcs) {
    if (kind !== 'other' || !given.startsWith('urn:epc:idpat:')) continue;
    parameters.fault(
      name,
      'not_offered',
      `${given.slice(0, 80)}: of patterns only those with one whole GTIN are offered.`,
    );
  }
  const single = !name.endsWith('Class');
  const gtins = epcs.flatMap(({ kind, gtin }) => (single && kind === 'product' && gtin !== undefined ? [gtin] : []));
  return { codes: epcs.map(({ uri }) => uri), gtins };
}

export function matchTest(name: string, { codes, gtins }: Wanted): EventTest {
  const uris = new Set(codes);
  const pieces = new Set<string>(gtins);
  const fits = (epc: Epc) =>
    uris.has(epc.uri) || (epc.kind === 'instance' && epc.gtin !== undefined && pieces.has(epc.gtin));
  const named = matchParameters[name];
  return (event) => named?.(event).some(fits) ?? false;
}

type Asked = { readonly read: (text: string) => string; readonly of: (event: EpcisEvent) => readonly string[] };

const plain = (text: string) => text;
const uriOf = (text: string) => placeOf(text).uri;
const bare = (vocabulary: Vocabulary) => (text: string) => bareName(vocabulary, text);
const known = (text: string | undefined) => (text === undefined ? [] : [text]);

/** Parameters whose names are fixed, but for MATCH and those that columns alone answer: one of their values must be there. */
const asked: Readonly<Record<string, Asked>> = {
  EQ_persistentDisposition_set: { read: bare('disposition'), of: (event) => event.persistentDisposition?.set ?? [] },
  EQ_persistentDisposition_unset: {
    read: bare('disposition'),
    of: (event) => event.persistentDisposition?.unset ?? [],
  },
  EQ_readPoint: { read: uriOf, of: (event) => known(event.readPoint?.uri) },
  EQ_bizLocation: { read: uriOf, of: (event) => known(event.bizLocation?.uri) },
  WD_readPoint: { read: uriOf, of: (event) => within(event.readPoint) },
  WD_bizLocation: { read: uriOf, of: (event) => within(event.bizLocation) },
  EQ_transformationID: { read: plain, of: (event) => known(event.transformationID) },
  EQ_errorReason: { read: bare('errorReason'), of: (event) => known(event.errorDeclaration?.reason) },
  EQ_correctiveEventID: { read: plain, of: (event) => event.errorDeclaration?.correctiveEventIDs ?? [] },
};

export const fixedParameters = Object.keys(asked);

export function fixedTests(parameters: Parameters): EventTest[] {
  return Object.entries(asked).flatMap(([name, { read, of }]): EventTest[] => {
    const values = new Set(parameters.list(name).map(read));
    return values.size === 0 ? [] : [(event) => of(event).some((one) => values.has(one))];
  });
}

const sided = { source: 'sources', destination: 'destinations' } as const;

/** What a parameter whose name carries a type, a unit or a field asks; undefined: there is no such parameter. */
export function flexibleTest(parameters: Parameters, name: string, prefixes: Prefixes): FieldTest | undefined {
  const test = sideTest(parameters, name) ?? quantityTest(parameters, name);
  if (test !== undefined) return { test, needle: '' };
  const sensed = sensorTest(parameters, name);
  if (sensed !== undefined) return sensed;
  return fieldTest(parameters, name, prefixes);
}

function sideTest(parameters: Parameters, name: string): EventTest | undefined {
  const [, side, type] = /^EQ_(source|destination)_(.+)$/.exec(name) ?? [];
  if (side === undefined || type === undefined) return undefined;
  const uris = new Set(parameters.list(name).map((text) => placeOf(text).uri));
  const wanted = typeName('sourceDestination', type);
  return (event) => event[sided[side as 'source']].some((one) => one.type === wanted && uris.has(one.place.uri));
}

function quantityTest(parameters: Parameters, name: string): EventTest | undefined {
  const [, sign, , unit] = /^(EQ|GT|GE|LT|LE)_quantity(_([A-Z0-9]{2,4}))?$/.exec(name) ?? [];
  const compare = sign === undefined ? undefined : comparisons[sign];
  if (compare === undefined) return undefined;
  const limits = sign === 'EQ' ? parameters.numbers(name) : [parameters.number(name) ?? 0];
  return (event) =>
    [event.quantities, event.childQuantities, event.inputQuantities, event.outputQuantities]
      .flat()
      .some(
        ({ quantity, uom }) =>
          quantity !== undefined &&
          (unit === undefined || uom === unit) &&
          limits.some((limit) => compare(quantity, limit)),
      );
}

export type TransactionAsked = { readonly type: string; readonly ids: readonly string[] };

export function transactionTest({ type, ids }: TransactionAsked): EventTest {
  const wanted = new Set(ids);
  return ({ bizTransactions }) => bizTransactions.some((one) => (one.type ?? '') === type && wanted.has(one.id));
}

/** The type in a parameter's name, bare where it is a standard one. */
export function typeName(vocabulary: Vocabulary, text: string): string {
  return bareName(vocabulary, text);
}

/** A place lies within itself, and with its extension within its GLN. */
function within(place: Place | undefined): string[] {
  return place === undefined
    ? []
    : [place.uri, ...(place.gln === undefined ? [] : [`https://id.gs1.org/414/${place.gln}`])];
}
