// The simple event query of EPCIS 2.0 (§8.2.7.1), from an address or a definition, its parameters checked one by one.
import { Problem } from '../../http/problem.ts';
import { prefixesOf } from '../epcis/context.ts';
import { bareName, standardPrefixes } from '../event/cbv.ts';
import type { JsonObject } from '../event/event.ts';
import { placeOf } from '../event/gs1-epc.ts';
import type { EventTest } from './event-test.ts';
import type { Prefixes } from './query-field.ts';
import { type PageAsked, pageAsked, usualPerPage } from './query-page.ts';
import {
  fixedParameters,
  fixedTests,
  flexibleTest,
  matchParameters,
  matchTest,
  type TransactionAsked,
  transactionTest,
  typeName,
  type Wanted,
  wantedOf,
} from './query-test.ts';
import { Parameters } from './query-value.ts';

/** Empty lists and undefined: not asked. */
export type EventQuery = {
  readonly kinds: readonly string[];
  readonly actions: readonly string[];
  readonly bizSteps: readonly string[];
  readonly dispositions: readonly string[];
  /** Site ids; the tests look at the whole place. */
  readonly readPoints: readonly string[];
  readonly bizLocations: readonly string[];
  /** eventIDs, or hashes of events. */
  readonly eventIds: readonly string[];
  readonly transactions: readonly TransactionAsked[];
  readonly fromAt: number | undefined;
  readonly beforeAt: number | undefined;
  readonly recordedFrom: number | undefined;
  readonly recordedBefore: number | undefined;
  readonly declaredFrom: number | undefined;
  readonly declaredBefore: number | undefined;
  readonly onlyDeclarations: boolean;
  /** Each must be named by any of its codes. */
  readonly matches: readonly Wanted[];
  /** What rows alone cannot say; every one holds for an event that answers. */
  readonly tests: readonly EventTest[];
  /** Texts that stand in the JSON of every event that can answer. */
  readonly needles: readonly string[];
  readonly orderBy: 'eventTime' | 'recordTime';
  readonly direction: 'ASC' | 'DESC';
  readonly eventCountLimit: number | undefined;
  readonly maxEventCount: number | undefined;
} & PageAsked;

const mostCounted = 100_000;
const kinds = ['ObjectEvent', 'AggregationEvent', 'TransactionEvent', 'TransformationEvent', 'AssociationEvent'];
const times = ['eventTime', 'recordTime', 'errorDeclarationTime'].flatMap((name) => [`GE_${name}`, `LT_${name}`]);
const pageNames = ['perPage', 'nextPageToken', 'lang'];

const known = new Set([
  ...Object.keys(matchParameters).filter((name) => name !== 'MATCH_any'),
  ...times,
  ...fixedParameters,
  ...['eventType', 'EQ_action', 'EQ_bizStep', 'EQ_disposition', 'EQ_eventID', 'EXISTS_errorDeclaration'],
  // The published schema of definitions spells these two otherwise than the standard's text.
  ...['GE_errorDeclaration_Time', 'LT_errorDeclaration_Time'],
  ...['orderBy', 'orderDirection', 'eventCountLimit', 'maxEventCount'],
]);

/** What an address holds beside its parameters. `fixed`: what its path says; `prefixes`: what GS1-Extensions declares. */
export type AddressAround = {
  readonly now: number;
  readonly fixed?: Readonly<Record<string, string>>;
  readonly prefixes?: Prefixes;
};

/**
 * Reads the parameters of an address, lists parted by `|`. Throws Problem with every parameter that is unknown, not
 * offered or cannot be read.
 */
export function readEventQuery(
  given: Readonly<Record<string, readonly string[]>>,
  { now, fixed = {}, prefixes = {} }: AddressAround,
): EventQuery {
  const parameters = Parameters.ofAddress(given, fixed);
  const query = queryOf(
    parameters,
    { ...standardPrefixes, ...prefixes },
    new Set([...pageNames, ...Object.keys(fixed)]),
  );
  const page = pageAsked(parameters, now);
  refuseFaults(parameters);
  return { ...query, ...page };
}

/** Reads a query written as JSON, its faults below `top`; its prefixes stand in its own `@context`. Throws Problem like the other. */
export function readQueryDefinition(definition: JsonObject, top: string): EventQuery {
  const parameters = Parameters.ofDefinition(definition, top);
  const query = queryOf(parameters, { ...standardPrefixes, ...prefixesOf(definition['@context']) }, new Set());
  refuseFaults(parameters);
  return { ...query, perPage: usualPerPage, after: undefined };
}

function refuseFaults({ faults }: Parameters): void {
  if (faults.length > 0) throw new Problem('invalid_input', { type: 'epcisException:QueryParameterException', faults });
}

function queryOf(
  parameters: Parameters,
  prefixes: Prefixes,
  others: ReadonlySet<string>,
): Omit<EventQuery, keyof PageAsked> {
  const flexible = flexibleParts(parameters, prefixes, others);
  const query = { ...rowParts(parameters), ...orderParts(parameters) };
  const tests = [...fixedTests(parameters), ...typeTests(parameters), ...flexible.tests];
  const matches: Wanted[] = [];
  for (const name of Object.keys(matchParameters)) {
    const wanted = wantedOf(parameters, name);
    if (wanted.codes.length === 0) continue;
    matches.push(wanted);
    tests.push(matchTest(name, wanted));
  }
  return { ...query, matches, tests, needles: flexible.needles, transactions: flexible.transactions };
}

type Flexible = { readonly tests: EventTest[]; readonly transactions: TransactionAsked[]; readonly needles: string[] };

/** Parameters that carry a type, a unit or a field in their name; whatever is known under no name at all is a fault. */
function flexibleParts(parameters: Parameters, prefixes: Prefixes, others: ReadonlySet<string>): Flexible {
  const parts: Flexible = { tests: [], transactions: [], needles: [] };
  for (const name of parameters.names()) {
    if (known.has(name) || others.has(name)) continue;
    const type = /^EQ_bizTransaction_(.+)$/.exec(name)?.[1];
    if (type !== undefined) {
      const asked = { type: typeName('bizTransaction', type), ids: parameters.list(name) };
      parts.transactions.push(asked);
      parts.tests.push(transactionTest(asked));
      continue;
    }
    const asked = flexibleTest(parameters, name, prefixes);
    if (asked === undefined) refuseName(parameters, name);
    else {
      parts.tests.push(asked.test);
      if (asked.needle !== '') parts.needles.push(asked.needle);
    }
  }
  return parts;
}

function refuseName(parameters: Parameters, name: string): void {
  const shown = name.slice(0, 60);
  if (/^(HASATTR|EQATTR|EQ_ATTR)_/.test(name)) {
    const detail = `${shown}: attributes of master data are not asked here; ask by the identifier itself.`;
    parameters.fault(name, 'not_offered', detail);
  } else parameters.fault(name, 'unknown_parameter', `${shown} is no parameter that is offered here.`);
}

/** What the columns of an event's row answer. */
function rowParts(parameters: Parameters) {
  const actions = parameters.list('EQ_action');
  for (const action of actions) {
    if (!['ADD', 'OBSERVE', 'DELETE'].includes(action))
      parameters.fault('EQ_action', 'action', `${action.slice(0, 40)} is none of ADD, OBSERVE, DELETE.`);
  }
  const sites = (name: string) => parameters.list(name).map((place) => placeOf(place).siteId);
  return {
    kinds: eventTypes(parameters).map((type) => (kinds.includes(type) ? type : 'OtherEvent')),
    actions,
    bizSteps: parameters.list('EQ_bizStep').map((step) => bareName('bizStep', step)),
    dispositions: parameters.list('EQ_disposition').map((disposition) => bareName('disposition', disposition)),
    readPoints: [...sites('EQ_readPoint'), ...sites('WD_readPoint')],
    bizLocations: [...sites('EQ_bizLocation'), ...sites('WD_bizLocation')],
    eventIds: parameters.list('EQ_eventID'),
    fromAt: parameters.time('GE_eventTime'),
    beforeAt: parameters.time('LT_eventTime'),
    recordedFrom: parameters.time('GE_recordTime'),
    recordedBefore: parameters.time('LT_recordTime'),
    declaredFrom: parameters.time('GE_errorDeclarationTime') ?? parameters.time('GE_errorDeclaration_Time'),
    declaredBefore: parameters.time('LT_errorDeclarationTime') ?? parameters.time('LT_errorDeclaration_Time'),
    onlyDeclarations: parameters.isAsked('EXISTS_errorDeclaration'),
  };
}

/** Order and counts. The standard allows either count alone, and the first N only of an order. */
function orderParts(parameters: Parameters) {
  const asked = parameters.oneOf('orderBy', ['eventTime', 'recordTime'] as const);
  const direction = parameters.oneOf('orderDirection', ['ASC', 'DESC'] as const) ?? 'DESC';
  const eventCountLimit = parameters.whole('eventCountLimit', 1, mostCounted);
  const maxEventCount = parameters.whole('maxEventCount', 1, mostCounted);
  if (eventCountLimit !== undefined && maxEventCount !== undefined)
    parameters.fault('maxEventCount', 'excluded', 'maxEventCount and eventCountLimit exclude each other.');
  if (eventCountLimit !== undefined && parameters.text('orderBy') === undefined)
    parameters.fault('eventCountLimit', 'needs_order', 'eventCountLimit needs orderBy beside it.');
  // Without orderBy any order will do: who asks by time of capture gets that one, which is indexed.
  const isByRecord = times.some((name) => name.endsWith('recordTime') && parameters.text(name) !== undefined);
  const orderBy = asked ?? (isByRecord ? ('recordTime' as const) : ('eventTime' as const));
  return { orderBy, direction, eventCountLimit, maxEventCount };
}

function typeTests(parameters: Parameters): EventTest[] {
  const own = eventTypes(parameters).filter((type) => !kinds.includes(type));
  for (const type of own) {
    if (!type.includes(':'))
      parameters.fault('eventType', 'event_type', `${type.slice(0, 40)} is none of ${kinds.join(', ')}, nor a URI.`);
  }
  return own.length === 0 ? [] : [({ kind, type }) => kind !== 'OtherEvent' || own.includes(type)];
}

function eventTypes(parameters: Parameters): string[] {
  return parameters.list('eventType').map((type) => {
    const bare = type.replace(/^(epcis:|https:\/\/ref\.gs1\.org\/epcis\/)/, '');
    return kinds.includes(bare) ? bare : type;
  });
}
