// Small damage to documents, the same for the same seed.

import type { JsonObject, JsonValue } from '../../server/trace/event/event.ts';

/** Numbers from 0 up to 1, always the same for one seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const junk: readonly JsonValue[] = [
  ...[null, '', 0, -1, true, 'x', 'urn:x:y', [], {}, '2020-01-01', 'ADD', [1], { a: 1 }, 'https://example.com/a b'],
  ...['urn:epc:id:sgtin:0614141.107346.2017', 1e308, '\ud800', '9'.repeat(400), [[[[]]]], { __proto__x: 1 }],
];

/** The document with one value removed, replaced or renamed, somewhere. Changes what it was given. */
export function mutated(document: JsonObject, random: () => number): JsonObject {
  const places = placesIn(document);
  const place = places[Math.floor(random() * places.length)];
  if (place === undefined) return document;
  const { container, key } = place;
  const choice = random();
  if (Array.isArray(container)) {
    if (choice < 0.4) container.splice(Number(key), 1);
    else container[Number(key)] = junk[Math.floor(random() * junk.length)] ?? null;
  } else if (choice < 0.3) delete container[key];
  else if (choice < 0.8) container[key] = structuredClone(junk[Math.floor(random() * junk.length)] ?? null);
  else {
    const value = container[key] ?? null;
    delete container[key];
    container[`${key}X`] = value;
  }
  return document;
}

/** The text with one stretch removed, doubled, or overwritten with what parsers stumble on. */
export function damaged(text: string, random: () => number): string {
  const start = Math.floor(random() * text.length);
  const end = start + 1 + Math.floor(random() ** 3 * Math.min(400, text.length - start));
  const choice = random();
  if (choice < 0.3) return text.slice(0, start) + text.slice(end);
  if (choice < 0.5) return text.slice(0, end) + text.slice(start);
  if (choice < 0.6) return text.slice(0, start);
  return text.slice(0, start) + (scraps[Math.floor(random() * scraps.length)] ?? '') + text.slice(end);
}

const scraps = [
  ...[
    '<',
    '>',
    '&',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\u0000',
    '\ud800',
    '\ufeff',
    '<!DOCTYPE a [<!ENTITY x "y">]>',
  ],
  ...[
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?x',
    '&lt;',
    '&#0;',
    '&#x110000;',
    '&nope;',
    '</EPCISBody>',
    ' xmlns="urn:x"',
  ],
  ...[
    '"__proto__":{}',
    '"constructor":1',
    '[['.repeat(200),
    '{"a":'.repeat(100),
    '<a>'.repeat(100),
    '1e999',
    '-',
    '\\u12',
    'null',
  ],
];

type Place = { readonly container: JsonObject | JsonValue[]; readonly key: string };

function placesIn(value: JsonValue): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [{ container: value, key }, ...placesIn(inner)]);
}
