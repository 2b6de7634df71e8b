// What every Digital Link owes: exactly the element string expected, or a refusal; and what was read reads the same again.
import { expect, it } from 'vitest';
import { digitalLinkPath, parseDigitalLink } from '../../server/trace/code/digital-link.ts';

/** `elements` undefined: the link is refused. */
export type LinkVector = { readonly uri: string; readonly elements?: string };

export function digitalLinkContract(vectors: readonly LinkVector[], least: number): void {
  it('gives the expected element string for every URI, or refuses it', () => {
    const answers = vectors.map(({ uri }) => {
      const link = parseDigitalLink(uri);
      return { uri, elements: link.ok ? link.elements : undefined };
    });
    expect(answers).toEqual(vectors.map(({ uri, elements }) => ({ uri, elements })));
    expect(vectors.length).toBeGreaterThanOrEqual(least);
  });

  it('writes what it read so that it reads the same again', () => {
    const read = vectors.map(({ uri }) => parseDigitalLink(uri)).filter((link) => link.ok);
    expect(read.length).toBeGreaterThan(least / 3);
    for (const link of read) {
      const path = digitalLinkPath([link.key, ...link.qualifiers, ...link.attributes]);
      expect(parseDigitalLink(`https://id.gs1.org${path}`)).toMatchObject({ ok: true, elements: link.elements });
    }
  });
}
