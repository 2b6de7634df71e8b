// The prefixes a JSON-LD document declares, without asking anything of the network: the standard's own context is known
// here, other contexts by address are kept but not followed (EPCIS 2.0 §10.1).

import { standardPrefixes } from '../event/cbv.ts';
import type { EventContext, JsonObject, JsonValue } from '../event/event.ts';
import { isObject } from '../event/json-value.ts';

const mostPrefixes = 200;

/**
 * Contexts seen lately, by their text: programs send the same one with every event, and what is worked out of it (expanded
 * names, its kept form) is worked out once for each object.
 */
const seen = new Map<string, EventContext>();
const mostSeen = 200;
const longestSeen = 4_000;

/** The context of a document's events. `containers` are the objects around them, which may name fields to ignore. */
export function contextOf(document: JsonObject, containers: readonly JsonObject[]): EventContext {
  const all = [document, ...containers];
  if (all.some((one) => Object.keys(one).some(namesIgnored))) return newContext(document['@context'], all);
  const text = JSON.stringify(document['@context']) ?? '';
  const known = seen.get(text);
  if (known !== undefined) return known;
  const context = newContext(document['@context'], all);
  if (seen.size >= mostSeen) seen.clear();
  if (text.length <= longestSeen) seen.set(text, context);
  return context;
}

function newContext(given: JsonValue | undefined, containers: readonly JsonObject[]): EventContext {
  const declared = prefixesOf(given);
  const namespaces = { ...standardPrefixes, ...declared };
  const ignoredFields = new Set(containers.flatMap((one) => ignoredIn(one, namespaces)));
  return { form: 'json', namespaces, valuePrefixes: declared, ignoredFields };
}

function namesIgnored(key: string): boolean {
  return key.endsWith(':ignoreFields');
}

/** The same with what an event declares in a context of its own. */
export function nestedContext(outer: EventContext, event: JsonObject): EventContext {
  const declared = prefixesOf(event['@context']);
  return {
    ...outer,
    namespaces: { ...outer.namespaces, ...declared },
    valuePrefixes: { ...outer.valuePrefixes, ...declared },
  };
}

/** `{ex: "http://…"}` and `{ex: {"@id": "http://…"}}`, alone or in a list beside addresses of contexts. */
export function prefixesOf(context: JsonValue | undefined): Record<string, string> {
  const found: Record<string, string> = {};
  const objects = (Array.isArray(context) ? context : [context]).filter(isObject);
  let count = 0;
  for (const object of objects) {
    for (const [prefix, value] of Object.entries(object)) {
      const namespace = isObject(value) ? value['@id'] : value;
      if (typeof namespace !== 'string' || prefix.startsWith('@') || prefix === '__proto__') continue;
      count += 1;
      if (count > mostPrefixes) return found;
      found[prefix] = namespace;
    }
  }
  return found;
}

/** `repository-x:ignoreFields`: extensions a repository added, which are no part of the event. */
function ignoredIn(container: JsonObject, namespaces: Readonly<Record<string, string>>): string[] {
  return Object.entries(container).flatMap(([key, value]) => {
    if (!namesIgnored(key) || !Array.isArray(value)) return [];
    return value.flatMap((name) => {
      const [, prefix = '', local] = typeof name === 'string' ? (/^([^:]+):(.+)$/s.exec(name) ?? []) : [];
      const namespace = Object.hasOwn(namespaces, prefix) ? namespaces[prefix] : undefined;
      return namespace === undefined || local === undefined ? [] : [`{${namespace}}${local}`];
    });
  });
}
