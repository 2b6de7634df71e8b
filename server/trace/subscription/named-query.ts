// Queries under names (EPCIS 2.0 §12): what a name may be, and a definition read with every fault at its place.

import { type Fault, Problem } from '../../http/problem.ts';
import type { JsonObject, JsonValue } from '../event/event.ts';
import { isObject } from '../event/json-value.ts';
import { type EventQuery, readQueryDefinition } from '../query/query.ts';

export type NewNamedQuery = { readonly name: string; readonly definition: JsonObject };

/** The query the standard itself names: all events, narrowed by whoever asks. */
export const standardQuery = 'SimpleEventQuery';
export const reservedNames: readonly string[] = [standardQuery, 'SimpleMasterDataQuery'];

export const mostNamedQueries = 100;
const mostParameters = 100;
const largestDefinition = 32_768;
// A name stands in an address: letters and digits of any script, and what needs no escape there.
const namePattern = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._~-]{0,99}$/u;

/** `{"name": …, "query": {…}}`. Throws Problem with every fault. */
export function readNamedQuery(body: JsonValue): NewNamedQuery {
  const object = isObject(body) ? body : {};
  const { name, query } = { name: object['name'], query: object['query'] };
  const faults = [...nameFaults(name), ...unknownFaults(object), ...definitionFaults(query)];
  if (faults.length > 0)
    throw new Problem('invalid_input', { type: 'epcisException:QueryValidationException', faults });
  return { name: String(name), definition: query as JsonObject };
}

/** A kept definition as the query it asks. Throws Problem when it cannot be read any more. */
export function queryOfDefinition(definition: string): EventQuery {
  return readQueryDefinition(JSON.parse(definition) as JsonObject, '/query');
}

function nameFaults(name: JsonValue | undefined): Fault[] {
  if (typeof name === 'string' && namePattern.test(name)) return [];
  const detail = 'A name has 1 to 100 letters, digits and . _ ~ -, beginning with a letter or digit.';
  return [{ place: '/name', code: name === undefined ? 'missing' : 'bad_value', detail }];
}

function unknownFaults(object: JsonObject): Fault[] {
  const others = Object.keys(object).filter((key) => !['name', 'query', '@context'].includes(key));
  return others
    .slice(0, 20)
    .map((key) => ({ place: `/${key.slice(0, 60)}`, code: 'unknown_field', detail: 'A query has name and query.' }));
}

function definitionFaults(query: JsonValue | undefined): readonly Fault[] {
  if (!isObject(query)) {
    const detail = 'query is an object of parameters, such as {"EQ_bizStep": ["shipping"]}.';
    return [{ place: '/query', code: query === undefined ? 'missing' : 'wrong_type', detail }];
  }
  if (JSON.stringify(query).length > largestDefinition || Object.keys(query).length > mostParameters) {
    const detail = `A query has at most ${mostParameters} parameters and ${largestDefinition} characters.`;
    return [{ place: '/query', code: 'too_large', detail }];
  }
  try {
    readQueryDefinition(query, '/query');
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.faults;
    throw error;
  }
}
