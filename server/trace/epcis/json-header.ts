// What a JSON-LD document says about itself, and the master data in its header (EPCIS 2.0 §10.3).

import type { JsonObject, JsonValue } from '../event/event.ts';
import { readTime } from '../event/event-time.ts';
import { isObject } from '../event/json-value.ts';
import { addFault, type FaultList, shown } from './fault.ts';
import { isUri } from './field.ts';
import { type DocumentHeader, type MasterDataElement, mostMasterData } from './header.ts';

export function jsonHeader(
  kind: DocumentHeader['kind'],
  json: JsonObject,
  results: JsonObject,
  faults: FaultList,
): DocumentHeader {
  const text = (name: string) => (typeof json[name] === 'string' ? json[name] : undefined);
  const given = json['schemaVersion'];
  const version = typeof given === 'number' ? String(given) : text('schemaVersion');
  if (json['schemaVersion'] !== undefined && (version === undefined || !/^\d+(\.\d+)*$/.test(version))) {
    addFault(faults, '/schemaVersion', 'version', `${shown(json['schemaVersion'])} is not a version such as 2.0`);
  }
  const creationDate = text('creationDate');
  const creationDateMs = creationDate === undefined ? undefined : readTime(creationDate);
  if (json['creationDate'] !== undefined && creationDateMs === undefined) {
    addFault(faults, '/creationDate', 'not_a_time', `${shown(json['creationDate'])} is not a time with zone`);
  }
  for (const name of ['sender', 'receiver', 'instanceIdentifier']) {
    if (json[name] !== undefined && text(name) === undefined)
      addFault(faults, `/${name}`, 'wrong_type', `${name} is text`);
  }
  const id = text('id');
  if (json['id'] !== undefined && (id === undefined || !(isUri(id) || id.startsWith('_:')))) {
    addFault(faults, '/id', 'not_a_uri', `${shown(json['id'])} is not a URI`);
  }
  return {
    kind,
    form: 'json',
    id,
    schemaVersion: version,
    creationDateMs,
    sender: text('sender'),
    receiver: text('receiver'),
    instanceIdentifier: text('instanceIdentifier'),
    queryName: typeof results['queryName'] === 'string' ? results['queryName'] : undefined,
    subscriptionID: typeof results['subscriptionID'] === 'string' ? results['subscriptionID'] : undefined,
    masterData: masterDataOf(objectAt(objectAt(json, 'epcisHeader'), 'epcisMasterData')),
  };
}

function masterDataOf(masterData: JsonObject): readonly MasterDataElement[] {
  const elements = arrayAt(masterData, 'vocabularyList')
    .filter(isObject)
    .flatMap((vocabulary) =>
      arrayAt(vocabulary, 'vocabularyElementList')
        .filter(isObject)
        .map((element) => masterDataElement(String(vocabulary['type'] ?? ''), element)),
    );
  return elements.slice(0, mostMasterData);
}

function masterDataElement(type: string, element: JsonObject): MasterDataElement {
  return {
    type,
    id: String(element['id'] ?? ''),
    attributes: arrayAt(element, 'attributes')
      .filter(isObject)
      .map((attribute) => ({ id: String(attribute['id'] ?? ''), value: attribute['attribute'] ?? null })),
    children: arrayAt(element, 'children').filter((child) => typeof child === 'string'),
  };
}

export function objectAt(json: JsonObject, name: string): JsonObject {
  const value = json[name];
  return isObject(value) ? value : {};
}

function arrayAt(json: JsonObject, name: string): readonly JsonValue[] {
  const value = json[name];
  return Array.isArray(value) ? value : [];
}
