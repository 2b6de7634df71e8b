// The event hash ids of our own events, against texts written out by hand from CBV 2.0 §8.9.2 and their SHA-256.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventsOf, hashDocument, readEpcisDocument } from '../../server/trace/epcis/document.ts';
import { preHash } from '../../server/trace/event/event-hash.ts';
import { eventVectors } from '../support/vectors.ts';

const vectors = eventVectors();

describe('event hash ids', () => {
  it.each(vectors)('$name hashes as written down', ({ text, mediaType, hash }) => {
    expect(hashDocument(text, mediaType).hashes).toEqual([hash]);
  });

  it.each(vectors)('$name is hashed from the text of the standard', ({ text, mediaType, preHash: written, hash }) => {
    const [event] = eventsOf(readEpcisDocument(text, mediaType));
    expect(preHash(event!.json, event!.context)).toBe(written);
    expect(`ni:///sha-256;${createHash('sha256').update(written).digest('hex')}?ver=CBV2.0`).toBe(hash);
  });

  it('an event has one id in both forms, and no two events share one', () => {
    const forms = [...new Set(vectors.map(({ hash }) => hash))].map(
      (hash) => vectors.filter((one) => one.hash === hash).length,
    );
    expect(forms).toEqual(Array.from({ length: vectors.length / 2 }, () => 2));
    expect(vectors.length).toBeGreaterThanOrEqual(24);
  });
});
