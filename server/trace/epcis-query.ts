// The simple event query of EPCIS 2.0 as its parameters stand in an address (§8.2.7.1), checked one by one.
import { Problem } from '../http/problem.ts';
import { bareName } from './cbv.ts';
import {
  type EventTest,
  fixedParameters,
  fixedTests,
  flexibleTest,
  matchParameters,
  matchTest,
  typeName,
  type Wanted,
  wantedOf,
} from './epcis-query-test.ts';
import { Parameters, type Position, pageToken } from './epcis-query-value.ts';
import { placeOf } from './gs1-epc.ts';

export { type Position, pageToken };

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
  readonly transactions: readonly { readonly type: string; readonly ids: readonly string[] }[];
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
  readonly orderBy: 'eventTime' | 'recordTime';
  readonly direction: 'ASC' | 'DESC';
  readonly eventCountLimit: number | undefined;
  readonly maxEventCount: number | undefined;
  readonly perPage: number;
  readonly after: Position | undefined;
};

export const mostPerPage = 100;
const usualPerPage = 30;
const mostCounted = 100_000;
const kinds = ['ObjectEvent', 'AggregationEvent', 'TransactionEvent', 'TransformationEvent', 'AssociationEvent'];
const times = ['eventTime', 'recordTime', 'errorDeclarationTime'].flatMap((name) => [`GE_${name}`, `LT_${name}`]);

const known = new Set([
  ...Object.keys(matchParameters).filter((name) => name !== 'MATCH_any'),
  ...times,
  ...fixedParameters,
  ...['eventType', 'EQ_action', 'EQ_bizStep', 'EQ_disposition', 'EQ_eventID', 'EXISTS_errorDeclaration'],
  ...['orderBy', 'orderDirection', 'eventCountLimit', 'maxEventCount', 'perPage', 'nextPageToken', 'lang'],
]);

/**
 * Reads the parameters of an address, lists parted by `|`; `fixed` is what the path says. Throws Problem with every
 * parameter that is unknown, not offered or cannot be read.
 */
export function readEventQuery(
  given: Readonly<Record<string, readonly string[]>>,
  fixed: Readonly<Record<string, string>> = {},
): EventQuery {
  const parameters = new Parameters(given, fixed);
  const flexible = flexibleParts(parameters, fixed);
  const query = { ...rowParts(parameters), ...pageParts(parameters) };
  const tests = [...fixedTests(parameters), ...typeTests(parameters), ...flexible.tests];
  const matches: Wanted[] = [];
  for (const name of Object.keys(matchParameters)) {
    const wanted = wantedOf(parameters, name);
    if (wanted.codes.length === 0) continue;
    matches.push(wanted);
    tests.push(matchTest(name, wanted));
  }
  const { faults } = parameters;
  if (faults.length > 0) throw new Problem('invalid_input', { type: 'epcisException:QueryParameterException', faults });
  return { ...query, matches, tests, transactions: flexible.transactions };
}

type Flexible = { tests: EventTest[]; transactions: { type: string; ids: string[] }[] };

/** Parameters that carry a type or unit in their name; whatever is known under no name at all is a fault. */
function flexibleParts(parameters: Parameters, fixed: Readonly<Record<string, string>>): Flexible {
  const parts: Flexible = { tests: [], transactions: [] };
  for (const name of parameters.names()) {
    if (known.has(name) || Object.hasOwn(fixed, name)) continue;
    const type = /^EQ_bizTransaction_(.+)$/.exec(name)?.[1];
    const test = type === undefined ? flexibleTest(parameters, name) : undefined;
    if (type !== undefined) {
      parts.transactions.push({ type: typeName('bizTransaction', type), ids: parameters.list(name) });
    } else if (test !== undefined) parts.tests.push(test);
    else parameters.fault(name, 'unknown_parameter', `${name.slice(0, 60)} is no parameter that is offered here.`);
  }
  return parts;
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
    declaredFrom: parameters.time('GE_errorDeclarationTime'),
    declaredBefore: parameters.time('LT_errorDeclarationTime'),
    onlyDeclarations: parameters.oneOf('EXISTS_errorDeclaration', ['true', 'false']) === 'true',
  };
}

/** Order, counts and page. The standard allows either count alone, and the first N only of an order. */
function pageParts(parameters: Parameters) {
  const asked = parameters.oneOf('orderBy', ['eventTime', 'recordTime'] as const);
  const direction = parameters.oneOf('orderDirection', ['ASC', 'DESC'] as const) ?? 'DESC';
  const eventCountLimit = parameters.whole('eventCountLimit', 1, mostCounted);
  const maxEventCount = parameters.whole('maxEventCount', 1, mostCounted);
  if (eventCountLimit !== undefined && maxEventCount !== undefined)
    parameters.fault('maxEventCount', 'excluded', 'maxEventCount and eventCountLimit exclude each other.');
  if (eventCountLimit !== undefined && parameters.text('orderBy') === undefined)
    parameters.fault('eventCountLimit', 'needs_order', 'eventCountLimit needs orderBy beside it.');
  const perPage = parameters.whole('perPage', 1, mostPerPage) ?? usualPerPage;
  const after = parameters.position('nextPageToken');
  // Without orderBy any order will do: who asks by time of capture gets that one, which is indexed.
  const isByRecord = times.some((name) => name.endsWith('recordTime') && parameters.text(name) !== undefined);
  const orderBy = asked ?? (isByRecord ? ('recordTime' as const) : ('eventTime' as const));
  return { orderBy, direction, eventCountLimit, maxEventCount, perPage, after };
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
