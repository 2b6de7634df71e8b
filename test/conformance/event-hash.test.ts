// The golden event hash ids, and the documents whose events must hash alike.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hashDocument } from '../../server/trace/epcis/document.ts';
import { sharedFiles } from '../support/shared.ts';

function hashesOf(path: string): readonly string[] {
  return hashDocument(readFileSync(path), path.endsWith('.xml') ? 'application/xml' : 'application/ld+json').hashes;
}

describe('event hash ids', () => {
  it('are the golden ones for every published document', () => {
    const documents = sharedFiles('corpora/epcis-event-hash/examples', /\.(xml|jsonld)$/).map(({ path, name }) => ({
      path,
      name,
      golden: path.replace(/\.[a-z]+$/, '.hashes'),
    }));
    const checked = documents.filter(({ golden }) => existsSync(golden));
    for (const { path, name, golden } of checked) {
      expect({ name, hashes: hashesOf(path) }).toEqual({
        name,
        hashes: readFileSync(golden, 'utf8').trim().split(/\s+/),
      });
    }
    expect(checked.length === 0 && documents.length > 0).toBe(false);
  });

  it('are one and the same for events that are written differently', () => {
    for (const { path, name } of sharedFiles('corpora/epcis-event-hash/expected_equal', /\.(xml|json)$/)) {
      const hashes = hashesOf(path);
      expect({ name, different: new Set(hashes).size, some: hashes.length > 0 }).toEqual({
        name,
        different: 1,
        some: true,
      });
    }
  });

  it('are equal for the XML documents that GS1 publishes as equal', () => {
    // The second document has another time zone offset, the seventh a compact URI: today's rules part them.
    const paths = sharedFiles('corpora/gs1-epcis/XML/WithEventHashID', /_[13456]\.xml$/).map(({ path }) => path);
    expect(new Set(paths.flatMap(hashesOf)).size).toBeLessThanOrEqual(1);
  });
});
