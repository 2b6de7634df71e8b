// The project's own vectors, made by hand for it: events with their hashes, documents with one fault, codes and queries.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A document of EPCIS events and what becomes of it. */
export type SampleDocument = {
  readonly name: string;
  readonly text: string;
  readonly mediaType: 'application/ld+json' | 'application/xml';
  readonly verdict: 'valid' | 'invalid';
};

export type EventVector = SampleDocument & {
  /** What the standard has hashed, written out by hand. */
  readonly preHash: string;
  readonly hash: string;
};

export type FaultVector = SampleDocument & { readonly place: string; readonly code: string };

const folder = fileURLToPath(new URL('../vectors/', import.meta.url));

/** The text of a file of `test/vectors/`. */
export function vectorText(name: string): string {
  return readFileSync(`${folder}${name}`, 'utf8');
}

/** The list in a file of `test/vectors/`. Throws when it is empty: a test over nothing proves nothing. */
export function vectorList<T>(name: string): readonly T[] {
  const list = JSON.parse(vectorText(name)) as readonly T[];
  if (list.length === 0) throw new Error(`test/vectors/${name} is empty.`);
  return list;
}

/** Each event twice: as JSON-LD with Digital Links, and as XML with URNs, in another order and another time zone. */
export function eventVectors(): readonly EventVector[] {
  type Listed = { readonly name: string; readonly text: string; readonly hash: string };
  return vectorList<Listed>('events/hashes.json').flatMap(({ name, text, hash }) =>
    (['jsonld', 'xml'] as const).map((ending) => ({
      name: `${name}.${ending}`,
      text: vectorText(`events/${name}.${ending}`),
      mediaType: mediaTypeOf(ending),
      verdict: 'valid' as const,
      preHash: text,
      hash,
    })),
  );
}

/** The same documents with one fault each, made by one replacement in the text. */
export function faultVectors(): readonly FaultVector[] {
  type Listed = Record<'in' | 'instead' | 'stands' | 'place' | 'code', string>;
  return vectorList<Listed>('faults.json').map(({ in: name, instead, stands, place, code }) => {
    const sound = vectorText(`events/${name}`);
    if (!sound.includes(instead)) throw new Error(`${name} holds no ${instead}`);
    return {
      name: `${name}: ${instead.trim()} → ${stands.trim()}`,
      text: sound.replaceAll(instead, () => stands),
      mediaType: mediaTypeOf(name.endsWith('.xml') ? 'xml' : 'jsonld'),
      verdict: 'invalid' as const,
      place,
      code,
    };
  });
}

function mediaTypeOf(ending: 'jsonld' | 'xml'): SampleDocument['mediaType'] {
  return ending === 'xml' ? 'application/xml' : 'application/ld+json';
}
