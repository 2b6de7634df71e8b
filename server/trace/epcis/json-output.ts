// Events as JSON-LD again: alone with all they need, or in a document (EPCIS 2.0 §10.3, §8.2.7).

import { standardPrefixes } from '../event/cbv.ts';
import type { EpcisEvent, JsonObject, JsonValue } from '../event/event.ts';
import { isObject } from '../event/json-value.ts';

/** The address under which the standard's context is known; nothing is fetched from it. */
const standardContext = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

const vocabulary = 'urn:brightkitchen:voc:';
/** In a query document: which of its events are claims. */
export const claimsKey = 'brightkitchen:claims';

export type OutputHeader = {
  readonly creationDateMs: number;
  readonly id?: string;
  readonly sender?: string;
  readonly receiver?: string;
  readonly instanceIdentifier?: string;
};

export type QueryOutput = OutputHeader & {
  readonly queryName: string;
  readonly subscriptionID?: string;
  /** Hash URIs of those events that are claims here, without effect. */
  readonly claims?: readonly string[];
};

/**
 * The event as it came with `@context` first: the standard's and the prefixes it uses. Kept like this it can be read,
 * hashed and sent by itself. Its hash is that of its document, but for one thing: published hashes of XML leave compact
 * URIs with a sender's own prefix as they stand, those of JSON expand them.
 */
export function selfContained(event: Pick<EpcisEvent, 'json' | 'context'>): JsonObject {
  const { '@context': _, ...fields } = event.json;
  const prefixes = prefixesNeeded(event);
  const context: JsonValue[] = [standardContext];
  if (Object.keys(prefixes).length > 0) context.push(prefixes);
  return { '@context': context, ...fields };
}

/** A capture document of self-contained events. Prefixes that agree are declared once, for the document. */
export function jsonDocument(events: readonly JsonObject[], header: OutputHeader): JsonObject {
  const { context, bare } = gathered(events);
  return { '@context': context, ...headerFields('EPCISDocument', header), epcisBody: { eventList: bare } };
}

/** A query document of self-contained events. */
export function jsonQueryDocument(events: readonly JsonObject[], output: QueryOutput): JsonObject {
  const { context, bare } = gathered(events);
  const { queryName, subscriptionID, claims = [] } = output;
  return {
    '@context': claims.length === 0 ? context : [...context, { brightkitchen: vocabulary }],
    ...headerFields('EPCISQueryDocument', { creationDateMs: output.creationDateMs, ...optional('id', output.id) }),
    ...(claims.length === 0 ? {} : { [claimsKey]: [...claims] }),
    epcisBody: {
      queryResults: { ...optional('subscriptionID', subscriptionID), queryName, resultsBody: { eventList: bare } },
    },
  };
}

/** The prefixes a self-contained event declares. */
export function prefixesDeclared(event: JsonObject): Readonly<Record<string, string>> {
  const context = event['@context'];
  const objects = (Array.isArray(context) ? context : [context]).filter(isObject);
  const pairs = objects.flatMap((object) => Object.entries(object));
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

function prefixesNeeded({ json, context }: Pick<EpcisEvent, 'json' | 'context'>): Record<string, string> {
  const used = { inKeys: new Set<string>(), inValues: new Set<string>() };
  collectPrefixes(json, used);
  const needed: Record<string, string> = {};
  for (const prefix of used.inKeys) {
    const namespace = ownValue(context.namespaces, prefix);
    if (namespace !== undefined && namespace !== ownValue(standardPrefixes, prefix)) needed[prefix] = namespace;
  }
  // In values the hash expands only what is declared, be it one of the standard's.
  for (const prefix of used.inValues) {
    const namespace = ownValue(context.valuePrefixes, prefix);
    if (namespace !== undefined) needed[prefix] = namespace;
  }
  return needed;
}

type Used = { readonly inKeys: Set<string>; readonly inValues: Set<string> };

function collectPrefixes(value: JsonValue, used: Used): void {
  if (typeof value === 'string') {
    const colon = value.indexOf(':');
    if (colon > 0 && colon < 64) used.inValues.add(value.slice(0, colon));
  } else if (Array.isArray(value)) {
    for (const one of value) collectPrefixes(one, used);
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (key === '@context') continue;
      const colon = key.indexOf(':');
      if (colon > 0) used.inKeys.add(key.slice(0, colon));
      collectPrefixes(inner, used);
    }
  }
}

function gathered(events: readonly JsonObject[]): { readonly context: JsonValue[]; readonly bare: JsonObject[] } {
  const foreign = undeclared(events);
  const common: Record<string, string> = {};
  const bare = events.map((event) => {
    const { '@context': _, ...fields } = event;
    const own = Object.entries(prefixesDeclared(event));
    const apart = own.filter(
      ([prefix, namespace]) => foreign.has(prefix) || (ownValue(common, prefix) ?? namespace) !== namespace,
    );
    for (const [prefix, namespace] of own) {
      if (!foreign.has(prefix) && ownValue(common, prefix) === undefined) common[prefix] = namespace;
    }
    return apart.length === 0 ? fields : { '@context': [Object.fromEntries(apart)], ...fields };
  });
  return { context: Object.keys(common).length === 0 ? [standardContext] : [standardContext, common], bare };
}

/** Prefixes that some event uses without declaring them: what others mean by them must not reach it. */
function undeclared(events: readonly JsonObject[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const event of events) {
    const used = { inKeys: new Set<string>(), inValues: new Set<string>() };
    collectPrefixes(event, used);
    const own = prefixesDeclared(event);
    for (const prefix of [...used.inKeys, ...used.inValues]) {
      if (ownValue(own, prefix) === undefined) found.add(prefix);
    }
  }
  return found;
}

function headerFields(type: string, header: OutputHeader): JsonObject {
  return {
    ...optional('id', header.id),
    type,
    schemaVersion: '2.0',
    creationDate: new Date(header.creationDateMs).toISOString(),
    ...optional('instanceIdentifier', header.instanceIdentifier),
    ...optional('sender', header.sender),
    ...optional('receiver', header.receiver),
  };
}

function optional(name: string, value: string | undefined): JsonObject {
  return value === undefined ? {} : { [name]: value };
}

function ownValue(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
