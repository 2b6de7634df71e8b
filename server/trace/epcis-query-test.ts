// What an event must fulfil to answer a query: each parameter of the standard as one test of an event (EPCIS 2.0 §8.2.7.1).
import { bareName, type Vocabulary } from './cbv.ts';
import type { Parameters } from './epcis-query-value.ts';
import type { Epc, EpcisEvent, Place, Quantity } from './event.ts';
import { epcOf, placeOf } from './gs1-epc.ts';

export type EventTest = (event: EpcisEvent) => boolean;

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

/** The tests of all parameters whose names are fixed, but for MATCH and those that SQL alone answers. */
export function fixedTests(parameters: Parameters): EventTest[] {
  const tests: EventTest[] = [];
  const list = (
    name: string,
    test: (values: ReadonlySet<string>) => EventTest,
    read: (text: string) => string = plain,
  ) => {
    const values = parameters.list(name);
    if (values.length > 0) tests.push(test(new Set(values.map(read))));
  };
  const disposition = (text: string) => bareName('disposition', text);
  list(
    'EQ_persistentDisposition_set',
    (values) => (event) => has(values, event.persistentDisposition?.set),
    disposition,
  );
  list(
    'EQ_persistentDisposition_unset',
    (values) => (event) => has(values, event.persistentDisposition?.unset),
    disposition,
  );
  const uriOf = (text: string) => placeOf(text).uri;
  list(
    'EQ_readPoint',
    (values) =>
      ({ readPoint }) =>
        has(values, readPoint && [readPoint.uri]),
    uriOf,
  );
  list(
    'EQ_bizLocation',
    (values) =>
      ({ bizLocation }) =>
        has(values, bizLocation && [bizLocation.uri]),
    uriOf,
  );
  list(
    'WD_readPoint',
    (values) =>
      ({ readPoint }) =>
        has(values, within(readPoint)),
    uriOf,
  );
  list(
    'WD_bizLocation',
    (values) =>
      ({ bizLocation }) =>
        has(values, within(bizLocation)),
    uriOf,
  );
  list(
    'EQ_transformationID',
    (values) =>
      ({ transformationID: id }) =>
        has(values, id === undefined ? id : [id]),
  );
  list(
    'EQ_errorReason',
    (values) =>
      ({ errorDeclaration: error }) =>
        has(values, error?.reason === undefined ? undefined : [error.reason]),
    (text) => bareName('errorReason', text),
  );
  list('EQ_correctiveEventID', (values) => (event) => has(values, event.errorDeclaration?.correctiveEventIDs));
  list(
    'EQ_type',
    (values) => (event) => reports(event).some(({ type }) => has(values, type === undefined ? type : [type])),
    (text) => bareName('measurement', text),
  );
  list('EQ_deviceID', (values) => (event) => devices(event).some((device) => values.has(device)));
  return tests;
}

const sided = { source: 'sources', destination: 'destinations' } as const;

/** The test of a parameter whose name carries a type or a unit; undefined: there is no such parameter. */
export function flexibleTest(parameters: Parameters, name: string): EventTest | undefined {
  const [, side, type] = /^EQ_(source|destination)_(.+)$/.exec(name) ?? [];
  if (side !== undefined && type !== undefined) {
    const uris = new Set(parameters.list(name).map((text) => placeOf(text).uri));
    const wanted = typeName('sourceDestination', type);
    return (event) => event[sided[side as 'source']].some((one) => one.type === wanted && uris.has(one.place.uri));
  }
  const [, sign, , unit] = /^(EQ|GT|GE|LT|LE)_quantity(_([A-Z0-9]{2,3}))?$/.exec(name) ?? [];
  const compare = sign === undefined ? undefined : comparisons[sign];
  if (compare === undefined) return undefined;
  const limit = parameters.number(name) ?? 0;
  return (event) =>
    [event.quantities, event.childQuantities, event.inputQuantities, event.outputQuantities]
      .flat()
      .some(
        ({ quantity, uom }) =>
          quantity !== undefined && (unit === undefined || uom === unit) && compare(quantity, limit),
      );
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  EQ: (a, b) => a === b,
  GT: (a, b) => a > b,
  GE: (a, b) => a >= b,
  LT: (a, b) => a < b,
  LE: (a, b) => a <= b,
};

/** The type in a parameter's name, bare where it is a standard one. */
export function typeName(vocabulary: Vocabulary, text: string): string {
  return bareName(vocabulary, text);
}

const plain = (text: string) => text;

function has(values: ReadonlySet<string>, found: readonly string[] | undefined): boolean {
  return found?.some((one) => values.has(one)) ?? false;
}

/** A place lies within itself, and with its extension within its GLN. */
function within(place: Place | undefined): string[] {
  return place === undefined
    ? []
    : [place.uri, ...(place.gln === undefined ? [] : [`https://id.gs1.org/414/${place.gln}`])];
}

function reports({ sensorElements }: EpcisEvent) {
  return sensorElements.flatMap((element) => element.reports);
}

function devices({ sensorElements }: EpcisEvent): string[] {
  const all = sensorElements.flatMap((element) => [
    element.deviceID,
    ...element.reports.map(({ deviceID }) => deviceID),
  ]);
  return all.filter((device) => device !== undefined);
}
