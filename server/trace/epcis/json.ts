// JSON-LD documents: where their events stand, and what the document says about itself (EPCIS 2.0 §10).

import type { EventContext, JsonObject, JsonValue } from '../event/event.ts';
import { isObject } from '../event/json-value.ts';
import { contextOf, nestedContext } from './context.ts';
import { addFault, type FaultList, shown } from './fault.ts';
import { isUri, pointerPart } from './field.ts';
import { bareEventHeader, type FoundDocument, type FoundEvent } from './header.ts';
import { jsonHeader, objectAt } from './json-header.ts';

const deepest = 64;

/** Finds the events of a document, query document or bare event; undefined after the fault was added. */
export function readJsonDocument(text: string, faults: FaultList): FoundDocument | undefined {
  const json = parsed(text, faults);
  if (json === undefined) return undefined;
  checkContext(json['@context'], faults);
  const type = json['type'];
  if (type === 'EPCISDocument') return captureDocument(json, faults);
  if (type === 'EPCISQueryDocument') return queryDocument(json, faults);
  if (json['epcisBody'] === undefined && json['eventTime'] !== undefined) {
    const event = { json, place: '', pointer: '', context: contextOf(json, []), explain: asFound };
    return { header: bareEventHeader('json'), events: [event] };
  }
  addFault(faults, '/type', 'not_a_document', `${shown(type)} is no EPCIS document, query document or event`);
  // Refused, but its events can still be hashed.
  const body = objectAt(json, 'epcisBody');
  if (json['epcisBody'] === undefined) return undefined;
  return body['queryResults'] === undefined ? captureDocument(json, faults) : queryDocument(json, faults);
}

/** An address, an object of prefixes, or a list of both (JSON-LD 1.1 §3.1). */
function checkContext(context: JsonValue | undefined, faults: FaultList): void {
  const entries = Array.isArray(context) ? context : [context];
  if (context === undefined || entries.length === 0) addFault(faults, '/@context', 'missing', '@context is missing');
  entries.forEach((entry, i) => {
    if (entry === undefined || isObject(entry) || (typeof entry === 'string' && isUri(entry))) return;
    addFault(
      faults,
      Array.isArray(context) ? `/@context/${i}` : '/@context',
      'wrong_type',
      `${shown(entry)} is no context`,
    );
  });
}

const captureKeys = new Set(
  '@context id type schemaVersion creationDate instanceIdentifier sender receiver epcisHeader epcisBody'.split(' '),
);
const queryKeys = new Set('@context id type schemaVersion creationDate epcisBody'.split(' '));
const bodyKeys = new Set(['queryResults']);
const resultsKeys = new Set(['queryName', 'subscriptionID', 'resultsBody']);

function captureDocument(json: JsonObject, faults: FaultList): FoundDocument {
  for (const name of ['schemaVersion', 'creationDate', 'epcisBody']) {
    if (json[name] === undefined) addFault(faults, `/${name}`, 'missing', `${name} is missing`);
  }
  checkKeys('', json, captureKeys, faults);
  const body = objectAt(json, 'epcisBody');
  const header = jsonHeader('capture', json, {}, faults);
  const context = contextOf(json, [body]);
  if (body['eventList'] === undefined && isObject(body['event'])) {
    return { header, events: foundEvents([body['event']], () => '/epcisBody/event', context, faults) };
  }
  return { header, events: eventList(body['eventList'], '/epcisBody/eventList', context, faults) };
}

function queryDocument(json: JsonObject, faults: FaultList): FoundDocument {
  checkKeys('', json, queryKeys, faults);
  const body = objectAt(json, 'epcisBody');
  const results = objectAt(body, 'queryResults');
  const inner = objectAt(results, 'resultsBody');
  const at = '/epcisBody/queryResults';
  checkKeys('/epcisBody', body, bodyKeys, faults);
  checkKeys(at, results, resultsKeys, faults);
  if (typeof results['queryName'] !== 'string') addFault(faults, `${at}/queryName`, 'missing', 'queryName is missing');
  if (results['subscriptionID'] !== undefined && typeof results['subscriptionID'] !== 'string') {
    addFault(faults, `${at}/subscriptionID`, 'wrong_type', 'subscriptionID is text');
  }
  const context = contextOf(json, [body, results, inner]);
  return {
    header: jsonHeader('query', json, results, faults),
    events: eventList(inner['eventList'], `${at}/resultsBody/eventList`, context, faults),
  };
}

function eventList(list: JsonValue | undefined, at: string, context: EventContext, faults: FaultList): FoundEvent[] {
  if (Array.isArray(list)) return foundEvents(list, (i) => `${at}/${i}`, context, faults);
  addFault(faults, at, 'missing', 'a list of events is missing here');
  return [];
}

function foundEvents(
  list: readonly JsonValue[],
  placeOf: (position: number) => string,
  context: EventContext,
  faults: FaultList,
): FoundEvent[] {
  const found: FoundEvent[] = [];
  list.forEach((json, i) => {
    const place = placeOf(i);
    if (!isObject(json)) {
      addFault(faults, place, 'wrong_type', `${shown(json)} is not an event`);
      return;
    }
    const own = json['@context'] === undefined ? context : nestedContext(context, json);
    found.push({ json, place, pointer: place, context: own, explain: asFound });
  });
  return found;
}

const asFound: FoundEvent['explain'] = (reading) => reading;

function checkKeys(at: string, json: JsonObject, known: ReadonlySet<string>, faults: FaultList): void {
  for (const key of Object.keys(json)) {
    if (known.has(key) || key.includes(':') || key === 'comment') continue;
    addFault(faults, `${at}/${pointerPart(key)}`, 'unknown_field', `${shown(key)} is no field of a document`);
  }
}

function parsed(text: string, faults: FaultList): JsonObject | undefined {
  if (isNestedDeeper(text, deepest)) {
    addFault(faults, '', 'too_deep', `nested deeper than ${deepest}`);
    return undefined;
  }
  try {
    const json = JSON.parse(text) as JsonValue;
    if (isObject(json)) return json;
    addFault(faults, '', 'not_a_document', 'the document is not a JSON object');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    addFault(faults, '', 'json_syntax', error.message);
  }
  return undefined;
}

/** Looked at before parsing: everything after may then call itself once per level. */
function isNestedDeeper(text: string, allowed: number): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 34) i = endOfString(text, i);
    else if (code === 91 || code === 123) {
      depth += 1;
      if (depth > allowed) return true;
    } else if (code === 93 || code === 125) depth -= 1;
  }
  return false;
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 92) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}
