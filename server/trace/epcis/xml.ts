// XML as a tree of elements with namespaces and places: well-formed, without document types, bounded in depth.

import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { addFault, type FaultList } from './fault.ts';
import { decoded } from './xml-entity.ts';
import type { Building, XmlSource } from './xml-source.ts';

export type XmlAttribute = {
  readonly name: string;
  readonly local: string;
  readonly namespace: string;
  readonly value: string;
};

export type XmlElement = {
  /** As written, with its prefix. */
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  /** Empty where there is none, and for an undeclared prefix, which is a fault. */
  readonly namespace: string;
  /** Without namespace declarations. */
  readonly attributes: readonly XmlAttribute[];
  readonly scope: PrefixScope;
  readonly children: readonly XmlElement[];
  /** Trimmed text of the element itself; empty beside child elements. */
  readonly text: string;
  readonly parent: XmlElement | undefined;
  /** Text that stands beside child elements, of which nothing is read. */
  readonly stray: string;
  /** Which of its namesakes under one parent, from 1. */
  readonly ordinal: number;
  /** Character position of the start tag. */
  readonly at: number;
};

/** Prefixes declared on an element, and those of the elements around it. */
type PrefixScope = { readonly declared: ReadonlyMap<string, string>; readonly outer: PrefixScope | undefined };

const deepest = 64;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  htmlEntities: false,
  cdataPropName: '#cdata',
  captureMetaData: true,
  maxNestedTags: deepest,
});

const positionKey: unique symbol = XMLParser.getMetaDataSymbol() as never;

type RawNode = { readonly [name: string]: unknown };
type PositionedNode = { readonly [positionKey]?: { readonly startIndex?: number } };

/** The root element, or undefined after the fault was added. Throws nothing on any text. */
export function readXml(source: XmlSource, faults: FaultList): XmlElement | undefined {
  const { text } = source;
  if (definesEntities(text)) {
    addFault(
      faults,
      '/',
      'xml_doctype',
      'the document type defines entities or elements; send the document without it',
    );
    return undefined;
  }
  const forbidden = noCharacter.exec(text);
  if (forbidden !== null) {
    const code = text.charCodeAt(forbidden.index).toString(16).padStart(4, '0');
    const detail = `the character U+${code.toUpperCase()} is none of XML`;
    addFault(faults, `line ${lineAt(source, forbidden.index)}`, 'xml_syntax', detail);
    return undefined;
  }
  const nodes = parsed(text, faults);
  if (nodes === undefined) return undefined;
  const elements = nodes.filter((node) => !nameOf(node).startsWith('?') && !nameOf(node).startsWith('#'));
  const [root] = elements;
  if (root === undefined || elements.length > 1) {
    addFault(faults, '/', 'xml_syntax', `a document has one root element, found ${elements.length}`);
    return undefined;
  }
  return elementOf(root, undefined, 1, { source, faults });
}

/** What XML 1.0 §2.2 leaves out: control characters that a cut or converted file holds. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const noCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** A document type by name alone is harmless and published documents have it; one with contents is not read. */
function definesEntities(text: string): boolean {
  if (/<!ENTITY/i.test(text)) return true;
  const start = text.search(/<!DOCTYPE/i);
  const contents = start < 0 ? -1 : text.indexOf('[', start);
  return contents >= 0 && contents < text.indexOf('>', start);
}

/** `/epcis:EPCISDocument/EPCISBody/EventList/ObjectEvent[2]/action (line 14)`. */
export function placeOfElement(element: XmlElement, source: XmlSource): string {
  return `${pathOfElement(element)} (line ${lineAt(source, element.at)})`;
}

/** The same without the line. A namesake's number is left out for the first. */
export function pathOfElement(element: XmlElement): string {
  const own = element.ordinal > 1 ? `/${element.name}[${element.ordinal}]` : `/${element.name}`;
  return element.parent === undefined ? own : pathOfElement(element.parent) + own;
}

function parsed(text: string, faults: FaultList): readonly RawNode[] | undefined {
  try {
    const verdict = XMLValidator.validate(text);
    if (verdict === true) return parser.parse(text) as readonly RawNode[];
    addFault(faults, `line ${verdict.err.line}`, 'xml_syntax', verdict.err.msg);
  } catch (error) {
    // The parser throws plain Errors for what it refuses: too deep, unclosed, reserved names.
    const message = error instanceof Error ? error.message : String(error);
    addFault(faults, '/', /nested/i.test(message) ? 'too_deep' : 'xml_syntax', message);
  }
  return undefined;
}

function elementOf(node: RawNode, parent: XmlElement | undefined, ordinal: number, building: Building): XmlElement {
  const name = nameOf(node);
  const raw = Object.entries((node[':@'] ?? {}) as Record<string, unknown>).map(
    ([key, value]) => [key, decoded(String(value), building)] as const,
  );
  const scope = scopeWith(raw, parent?.scope ?? outermost);
  const [prefix, local] = splitName(name);
  const children: XmlElement[] = [];
  const element: XmlElement = {
    name,
    prefix,
    local,
    namespace: namespaceOf(prefix, scope) ?? '',
    attributes: raw
      .filter(([key]) => key !== 'xmlns' && !key.startsWith('xmlns:'))
      .map(([key, value]) => attributeOf(key, value, scope)),
    scope,
    children,
    text: '',
    stray: '',
    parent,
    ordinal,
    at: (node as PositionedNode)[positionKey]?.startIndex ?? 0,
  };
  if (namespaceOf(prefix, scope) === undefined) {
    addFault(
      building.faults,
      placeOfElement(element, building.source),
      'xml_prefix',
      `the prefix ${prefix} is not declared`,
    );
  }
  const inside = (node[name] ?? []) as readonly RawNode[];
  const namesakes = new Map<string, number>();
  for (const child of inside) {
    const childName = nameOf(child);
    if (childName.startsWith('#') || childName.startsWith('?')) continue;
    const nth = (namesakes.get(childName) ?? 0) + 1;
    namesakes.set(childName, nth);
    children.push(elementOf(child, element, nth, building));
  }
  const text = textOf(inside, building).trim();
  return Object.assign(element, children.length > 0 ? { stray: text } : { text });
}

const outermost: PrefixScope = {
  declared: new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]),
  outer: undefined,
};

function nameOf(node: RawNode): string {
  return Object.keys(node).find((key) => key !== ':@') ?? '#text';
}

function textOf(nodes: readonly RawNode[], building: Building): string {
  let text = '';
  for (const node of nodes) {
    const plain = node['#text'];
    if (typeof plain === 'string') text += decoded(plain, building);
    const sections = node['#cdata'];
    if (Array.isArray(sections)) text += sections.map((section: RawNode) => String(section['#text'] ?? '')).join('');
  }
  return text;
}

function scopeWith(attributes: readonly (readonly [string, string])[], outer: PrefixScope): PrefixScope {
  const declared = attributes.filter(([key]) => key === 'xmlns' || key.startsWith('xmlns:'));
  if (declared.length === 0) return outer;
  return { declared: new Map(declared.map(([key, value]) => [key.slice(6), value])), outer };
}

function attributeOf(name: string, value: string, scope: PrefixScope): XmlAttribute {
  const [prefix, local] = splitName(name);
  return { name, local, namespace: prefix === '' ? '' : (namespaceOf(prefix, scope) ?? ''), value };
}

function splitName(name: string): readonly [string, string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}

function namespaceOf(prefix: string, scope: PrefixScope): string | undefined {
  for (let at: PrefixScope | undefined = scope; at !== undefined; at = at.outer) {
    const namespace = at.declared.get(prefix);
    if (namespace !== undefined) return namespace;
  }
  return prefix === '' ? '' : undefined;
}

function lineAt(source: XmlSource, at: number): number {
  source.lineStarts ??= lineStartsOf(source.text);
  const starts = source.lineStarts;
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low + 1;
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}
