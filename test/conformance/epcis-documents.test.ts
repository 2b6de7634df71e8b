// Our own EPCIS documents, in both forms, and each fault that a document may have, named with its place.
import { describe, expect, it } from 'vitest';
import { allFaults, readEpcisDocument } from '../../server/trace/epcis/document.ts';
import { eventVectors, faultVectors } from '../support/vectors.ts';
import { documentContract } from './document-contract.ts';

const faults = faultVectors();
// Text that is no JSON has no place within a document.
const placed = faults.filter(({ place }) => place !== '');

documentContract('our own EPCIS documents', [...eventVectors(), ...placed], { valid: 28, invalid: 40 });

describe('a document with one fault', () => {
  it.each(faults)('$name is refused for that fault alone, at its place', ({ text, mediaType, place, code }) => {
    const found = allFaults(readEpcisDocument(text, mediaType));
    expect(found.map((fault) => ({ place: fault.place, code: fault.code }))).toEqual([{ place, code }]);
  });
});
