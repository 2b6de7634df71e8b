// Pieces of a workbook's XML: elements of one name one after another, so that a long sheet is never a tree in memory.
import { XMLParser } from 'fast-xml-parser';

export type Node = { readonly [name: string]: unknown };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  htmlEntities: false,
  maxNestedTags: 32,
});

/** The root element; undefined for a part that declares entities, or is no XML. */
export function rootOf(text: string | undefined): Node | undefined {
  if (text === undefined || text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) return undefined;
  try {
    const roots = parser.parse(text) as Node;
    const root = Object.entries(roots).find(([name]) => !name.startsWith('?'))?.[1];
    return isNode(root) ? root : root === '' ? {} : undefined;
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** Each element of this name that does not lie in another of its name, whatever its prefix, in order. */
export function* elements(text: string, name: string): Generator<Node> {
  if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) return;
  const open = new RegExp(`<((?:\\w+:)?${name})(?=[\\s/>])[^>]*>`, 'g');
  for (let found = open.exec(text); found !== null; found = open.exec(text)) {
    let end = open.lastIndex;
    if (!found[0].endsWith('/>')) {
      const close = text.indexOf(`</${found[1]}>`, end);
      if (close < 0) return;
      end = close + `</${found[1]}>`.length;
    }
    open.lastIndex = end;
    const node = rootOf(text.slice(found.index, end));
    if (node !== undefined) yield node;
  }
}

/** A text with its runs put together; phonetic hints are not part of it. */
export function textOf(node: Node): string {
  const runs = many(node['r']).flatMap((run) => (isNode(run) ? many(run['t']) : []));
  return [...many(node['t']), ...runs].map(plain).join('');
}

/** The text of an element, entities resolved. */
export function plain(value: unknown): string {
  const text = typeof value === 'string' ? value : isNode(value) ? String(value['#text'] ?? '') : '';
  if (!text.includes('&') && !text.includes('_x')) return text;
  const resolved = text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos));/gi,
    (all, decimal, hex, name) => {
      if (name !== undefined) return { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }[name as 'lt'] ?? all;
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
  // Excel writes what XML cannot hold, and line ends, as _x000D_ (ECMA-376 part 1, §22.9.2.19).
  return resolved.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function many(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

export function first(node: Node | undefined, name: string): Node | undefined {
  return many(node?.[name]).find(isNode);
}

/** Elements of one name in their places: an empty one is read as a text, and counts all the same. */
export function list(node: Node | undefined, name: string): Node[] {
  return many(node?.[name]).map((value) => (isNode(value) ? value : {}));
}
