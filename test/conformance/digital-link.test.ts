// The published Digital Link vectors: each URI gives exactly the element string expected, or is refused.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { digitalLinkPath, parseDigitalLink } from '../../server/trace/code/digital-link.ts';
import { withShared } from '../support/shared.ts';

type Vector = { readonly ok: boolean; readonly uri: string; readonly expect: string };

describe('GS1 Digital Link', () => {
  it('gives the expected element string for every published URI, or refuses it', () => {
    withShared('corpora/gs1-syntax-engine-dl/parse-dl-uri.json', (path) => {
      const vectors = JSON.parse(readFileSync(path, 'utf8')) as Vector[];
      const answers = vectors.map(({ uri }) => {
        const link = parseDigitalLink(uri);
        return { uri, ok: link.ok, expect: link.ok ? link.elements : '' };
      });
      expect(answers).toEqual(vectors.map(({ uri, ok, expect }) => ({ uri, ok, expect })));
      expect(vectors.length).toBeGreaterThan(50);
    });
  });

  it('writes what it read so that it reads the same again', () => {
    withShared('corpora/gs1-syntax-engine-dl/parse-dl-uri.json', (path) => {
      for (const { uri } of JSON.parse(readFileSync(path, 'utf8')) as Vector[]) {
        const link = parseDigitalLink(uri);
        if (!link.ok) continue;
        const again = parseDigitalLink(
          `https://id.gs1.org${digitalLinkPath([link.key, ...link.qualifiers, ...link.attributes])}`,
        );
        expect(again).toMatchObject({ ok: true, elements: link.elements });
      }
    });
  });
});
