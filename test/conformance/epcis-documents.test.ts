// Every published EPCIS document: valid ones are taken, invalid ones refused with a place, and what was taken comes
// back equal in its own form.

import { describe, expect, it } from 'vitest';
import { allFaults, eventsOf, readEpcisDocument } from '../../server/trace/epcis/document.ts';
import { jsonDocument, jsonQueryDocument, selfContained } from '../../server/trace/epcis/json-output.ts';
import { xmlDocument, xmlQueryDocument } from '../../server/trace/epcis/xml-output.ts';
import { eventHash } from '../../server/trace/event/event-hash.ts';
import { corpusDocuments } from '../support/epcis-corpora.ts';

const documents = corpusDocuments();
const header = { creationDateMs: Date.UTC(2026, 10, 22) };
const query = { ...header, queryName: 'SimpleEventQuery' };

describe('published EPCIS documents', () => {
  it('are taken when valid', () => {
    const refused = documents
      .filter(({ verdict }) => verdict === 'valid')
      .map(({ name, text, mediaType }) => ({ name, faults: allFaults(readEpcisDocument(text, mediaType)) }))
      .filter(({ faults }) => faults.length > 0);
    expect(refused).toEqual([]);
  });

  it('are refused when invalid, each fault with its place', () => {
    const invalid = documents.filter(({ verdict }) => verdict === 'invalid');
    for (const { name, text, mediaType } of invalid) {
      const faults = allFaults(readEpcisDocument(text, mediaType));
      expect({ name, refused: faults.length > 0, placed: faults.every(({ place }) => place.startsWith('/')) }).toEqual({
        name,
        refused: true,
        placed: true,
      });
    }
    expect(documents.length === 0 || invalid.length > 10).toBe(true);
  });

  it('come back from their own form with the same hashes', () => {
    for (const { name, text, mediaType, verdict } of documents) {
      const reading = readEpcisDocument(text, mediaType);
      // Fields that a repository asked to ignore are no longer told apart once they have left it.
      if (verdict === 'invalid' || /IgnoreFields/.test(name)) continue;
      const events = eventsOf(reading);
      const alone = events.map(selfContained);
      const again =
        mediaType === 'application/xml'
          ? [xmlDocument(alone, header), xmlQueryDocument(alone, query)]
          : [JSON.stringify(jsonDocument(alone, header)), JSON.stringify(jsonQueryDocument(alone, query))];
      for (const sent of again) {
        const back = readEpcisDocument(sent, mediaType);
        expect({ name, faults: allFaults(back) }).toEqual({ name, faults: [] });
        expect({ name, hashes: eventsOf(back).map(eventHash) }).toEqual({ name, hashes: events.map(eventHash) });
      }
    }
  });

  it('keep each event as it came', () => {
    for (const { text, mediaType, verdict } of documents) {
      if (verdict === 'invalid' || mediaType !== 'application/ld+json') continue;
      const kept = eventsOf(readEpcisDocument(text, mediaType)).map(({ json }) => json);
      const body = JSON.parse(text).epcisBody;
      const sent = body?.eventList ?? body?.queryResults?.resultsBody?.eventList ?? [body?.event ?? JSON.parse(text)];
      expect(kept).toEqual(sent);
    }
  });
});
