// Names of XML elements and attributes as keys of JSON-LD: one prefix for one namespace throughout a document.

import type { XmlAttribute, XmlElement } from './xml.ts';

/** The namespaces of EPCIS 1.x and 2.0; their elements stand mostly without any. */
const epcisNamespaces = new Set([
  '',
  'urn:epcglobal:epcis:xsd:1',
  'urn:epcglobal:epcis:xsd:2',
  'urn:epcglobal:epcis-query:xsd:1',
  'urn:epcglobal:epcis-query:xsd:2',
  'urn:epcglobal:epcis-masterdata:xsd:1',
  'urn:epcglobal:epcis-masterdata:xsd:2',
]);

/** Instance and lot master data go by this prefix everywhere in JSON-LD, with and without the last colon. */
const usualPrefixes: Readonly<Record<string, string | undefined>> = {
  'urn:epcglobal:cbv:mda': 'cbvmda',
  'urn:epcglobal:cbv:mda:': 'cbvmda',
};

/** Of what this program writes beside the standard's elements: certificates of an event after the first. */
export const furtherNamespace = 'urn:brightkitchen:epcis';

const xsi = 'http://www.w3.org/2001/XMLSchema-instance';

export type XmlNames = {
  /** `local`, or `prefix:local` for what has a namespace of its own. */
  readonly key: (name: { readonly namespace: string; readonly name: string; readonly local: string }) => string;
  /** Prefix → namespace of all keys given so far. */
  readonly namespaces: Readonly<Record<string, string>>;
};

/** A document may bind one prefix to two namespaces in different places; the second gets a number. */
export function newXmlNames(): XmlNames {
  const namespaces: Record<string, string> = Object.create(null) as Record<string, string>;
  const prefixes = new Map<string, string>();
  const timesWished = new Map<string, number>();
  return {
    namespaces,
    key({ namespace, name, local }) {
      if (epcisNamespaces.has(namespace)) return namespace === '' ? name : local;
      const known = prefixes.get(namespace);
      if (known !== undefined) return `${known}:${local}`;
      const colon = name.indexOf(':');
      const wished = usualPrefixes[namespace] ?? (colon < 0 ? 'ns' : name.slice(0, colon));
      let times = timesWished.get(wished) ?? 0;
      let prefix = wished;
      do {
        times += 1;
        prefix = times === 1 ? wished : `${wished}.${times}`;
      } while (prefix in namespaces);
      timesWished.set(wished, times);
      namespaces[prefix] = namespace;
      prefixes.set(namespace, prefix);
      return `${prefix}:${local}`;
    },
  };
}

export function isEpcisElement(element: XmlElement): boolean {
  return epcisNamespaces.has(element.namespace) && (element.prefix === '' || element.namespace !== '');
}

/** `xsi:type`, `xsi:nil`: about the text, no part of it. */
export function isXsiName(attribute: XmlAttribute): boolean {
  return attribute.namespace === xsi;
}
