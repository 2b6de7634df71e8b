// The golden event hash ids, and the published documents whose events must hash alike.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hashDocument } from '../../server/trace/epcis/document.ts';
import { corpusFiles } from '../support/corpora.ts';

function hashesOf(path: string): readonly string[] {
  return hashDocument(readFileSync(path), path.endsWith('.xml') ? 'application/xml' : 'application/ld+json').hashes;
}

const golden = corpusFiles('corpora/epcis-event-hash/examples', /\.(xml|jsonld)$/)
  .map((file) => ({ ...file, hashes: file.path.replace(/\.[a-z]+$/, '.hashes') }))
  .filter(({ hashes }) => existsSync(hashes));

describe('event hash ids', () => {
  it('are golden for many documents', () => expect(golden.length).toBeGreaterThan(10));

  it.each(golden)('are the golden ones for $name', ({ path, hashes }) => {
    expect(hashesOf(path)).toEqual(readFileSync(hashes, 'utf8').trim().split(/\s+/));
  });

  it.each(corpusFiles('corpora/epcis-event-hash/expected_equal', /\.(xml|json)$/))(
    'are one and the same for the events of $name, which are written differently',
    ({ path }) => expect(new Set(hashesOf(path)).size).toBe(1),
  );

  it('are equal for the XML documents that GS1 publishes as equal', () => {
    // The second document has another time zone offset, the seventh a compact URI: today's rules part them.
    const files = corpusFiles('corpora/gs1-epcis/XML/WithEventHashID', /_[13456]\.xml$/);
    expect(new Set(files.flatMap(({ path }) => hashesOf(path))).size).toBe(1);
  });
});
