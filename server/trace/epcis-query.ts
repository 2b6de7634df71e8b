// The simple event query of EPCIS 2.0 as its parameters stand in an address (§8.2.7.1), checked one by one.
import { type Fault, Problem } from '../http/problem.ts';
import { bareName } from './cbv.ts';
import { readTime } from './event-time.ts';
import { epcOf, placeOf } from './gs1-epc.ts';

/** Roles under which an event may name a thing; `class` and single things share them. */
export type MatchRole = 'epc' | 'parent' | 'input' | 'output' | 'any';

export type EventQuery = {
  readonly kinds: readonly string[];
  readonly actions: readonly string[];
  readonly bizSteps: readonly string[];
  readonly dispositions: readonly string[];
  /** Site ids. */
  readonly readPoints: readonly string[];
  readonly bizLocations: readonly string[];
  readonly eventIds: readonly string[];
  readonly fromAt: number | undefined;
  readonly beforeAt: number | undefined;
  readonly recordedFrom: number | undefined;
  readonly recordedBefore: number | undefined;
  /** All of these must be named; each by any of its canonical codes. */
  readonly matches: readonly { readonly role: MatchRole; readonly codes: readonly string[] }[];
  readonly orderBy: 'eventTime' | 'recordTime';
  readonly direction: 'ASC' | 'DESC';
  readonly perPage: number;
  readonly after: { readonly key: number; readonly id: number } | undefined;
};

const mostPerPage = 100;
const usualPerPage = 30;
const mostValues = 100;
const kinds = ['ObjectEvent', 'AggregationEvent', 'TransactionEvent', 'TransformationEvent', 'AssociationEvent'];

const matchRoles: Readonly<Record<string, MatchRole>> = {
  MATCH_epc: 'epc',
  MATCH_epcClass: 'epc',
  MATCH_parentID: 'parent',
  MATCH_inputEPC: 'input',
  MATCH_inputEPCClass: 'input',
  MATCH_outputEPC: 'output',
  MATCH_outputEPCClass: 'output',
  MATCH_anyEPC: 'any',
  MATCH_anyEPCClass: 'any',
};

const known = new Set([
  ...Object.keys(matchRoles),
  ...['eventType', 'EQ_action', 'EQ_bizStep', 'EQ_disposition', 'EQ_readPoint', 'EQ_bizLocation', 'EQ_eventID'],
  ...[
    'GE_eventTime',
    'LT_eventTime',
    'GE_recordTime',
    'LT_recordTime',
    'orderBy',
    'orderDirection',
    'perPage',
    'nextPageToken',
    'lang',
  ],
]);

/** Values of a list are parted by `|`. Throws Problem with every parameter that is unknown or cannot be read. */
export function readEventQuery(parameters: Readonly<Record<string, string>>): EventQuery {
  const faults: Fault[] = [];
  const fault = (place: string, code: string, detail: string) => void faults.push({ place, code, detail });
  for (const name of Object.keys(parameters))
    if (!known.has(name))
      fault(name.slice(0, 60), 'unknown_parameter', `${name.slice(0, 60)} is no parameter of this query.`);
  const list = (name: string) => listOf(parameters[name], name, fault);
  const query: EventQuery = {
    kinds: list('eventType').map((kind) => kind.replace(/^epcis:/, '')),
    actions: list('EQ_action'),
    bizSteps: list('EQ_bizStep').map((step) => bareName('bizStep', step)),
    dispositions: list('EQ_disposition').map((disposition) => bareName('disposition', disposition)),
    readPoints: list('EQ_readPoint').map((place) => placeOf(place).siteId),
    bizLocations: list('EQ_bizLocation').map((place) => placeOf(place).siteId),
    eventIds: list('EQ_eventID'),
    fromAt: timeOf(parameters, 'GE_eventTime', fault),
    beforeAt: timeOf(parameters, 'LT_eventTime', fault),
    recordedFrom: timeOf(parameters, 'GE_recordTime', fault),
    recordedBefore: timeOf(parameters, 'LT_recordTime', fault),
    matches: Object.entries(matchRoles).flatMap(([name, role]) => {
      const codes = list(name).map((value) => epcOf(value).uri);
      return codes.length === 0 ? [] : [{ role, codes }];
    }),
    orderBy: parameters['orderBy'] === 'recordTime' ? 'recordTime' : 'eventTime',
    direction: parameters['orderDirection'] === 'ASC' ? 'ASC' : 'DESC',
    perPage: perPageOf(parameters['perPage'], fault),
    after: tokenOf(parameters['nextPageToken'], fault),
  };
  for (const kind of query.kinds)
    if (!kinds.includes(kind)) fault('eventType', 'event_type', `${kind.slice(0, 40)} is none of ${kinds.join(', ')}.`);
  for (const action of query.actions)
    if (!['ADD', 'OBSERVE', 'DELETE'].includes(action))
      fault('EQ_action', 'action', `${action.slice(0, 40)} is none of ADD, OBSERVE, DELETE.`);
  if (!['eventTime', 'recordTime'].includes(parameters['orderBy'] ?? 'eventTime'))
    fault('orderBy', 'not_in_vocabulary', 'Order by eventTime or recordTime.');
  if (!['ASC', 'DESC'].includes(parameters['orderDirection'] ?? 'DESC'))
    fault('orderDirection', 'not_in_vocabulary', 'ASC or DESC.');
  if (faults.length > 0) throw new Problem('invalid_input', { type: 'epcisException:QueryParameterException', faults });
  return query;
}

/** Where the next page starts: the sort key and the id of the last event of this one. */
export function pageToken(key: number, id: number): string {
  return Buffer.from(`${key}.${id}`).toString('base64url');
}

type AddFault = (place: string, code: string, detail: string) => void;

function listOf(value: string | undefined, name: string, fault: AddFault): string[] {
  if (value === undefined) return [];
  const values = value
    .split('|')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  if (values.length === 0) fault(name, 'missing', `${name} has no value.`);
  if (values.length > mostValues) fault(name, 'too_many', `At most ${mostValues} values at once.`);
  return values.slice(0, mostValues);
}

function timeOf(parameters: Readonly<Record<string, string>>, name: string, fault: AddFault): number | undefined {
  const value = parameters[name];
  if (value === undefined) return undefined;
  // A plus in an address is a space unless it was encoded.
  const at = readTime(value.replace(' ', '+'));
  if (at === undefined)
    fault(name, 'not_a_time', `${value.slice(0, 40)} is no time with a zone, such as 2026-11-22T08:30:00+08:00.`);
  return at;
}

function perPageOf(value: string | undefined, fault: AddFault): number {
  if (value === undefined) return usualPerPage;
  const count = Number(value);
  if (Number.isInteger(count) && count >= 1) return Math.min(count, mostPerPage);
  fault('perPage', 'not_a_number', `perPage is a whole number from 1; pages hold at most ${mostPerPage}.`);
  return usualPerPage;
}

function tokenOf(value: string | undefined, fault: AddFault): EventQuery['after'] {
  if (value === undefined) return undefined;
  const [, key, id] = /^(-?\d{1,16})\.(\d{1,15})$/.exec(Buffer.from(value, 'base64url').toString('latin1')) ?? [];
  if (key !== undefined && id !== undefined) return { key: Number(key), id: Number(id) };
  fault('nextPageToken', 'bad_value', 'This is no token of an earlier answer.');
  return undefined;
}
