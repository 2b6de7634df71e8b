// Our own Digital Links: each gives the element string written beside it, or is refused for the fault written there.
import { describe, expect, it } from 'vitest';
import { parseDigitalLink } from '../../server/trace/code/digital-link.ts';
import { vectorList } from '../support/vectors.ts';
import { digitalLinkContract, type LinkVector } from './digital-link-contract.ts';

const vectors = vectorList<LinkVector & { readonly fault?: string }>('digital-links.json');

describe('GS1 Digital Link', () => {
  digitalLinkContract(vectors, 60);

  it.each(vectors.filter(({ fault }) => fault !== undefined))('$uri is refused: $fault', ({ uri, fault }) => {
    expect(parseDigitalLink(uri)).toMatchObject({ ok: false, fault });
  });
});
