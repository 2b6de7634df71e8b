// What every EPCIS document owes: valid ones are taken, invalid ones refused with a place, and what was taken comes back
// equal in its own form.
import { describe, expect, it } from 'vitest';
import { allFaults, eventsOf, readEpcisDocument } from '../../server/trace/epcis/document.ts';
import { jsonDocument, jsonQueryDocument, selfContained } from '../../server/trace/epcis/json-output.ts';
import { xmlDocument, xmlQueryDocument } from '../../server/trace/epcis/xml-output.ts';
import { eventHash } from '../../server/trace/event/event-hash.ts';
import type { SampleDocument } from '../support/vectors.ts';

const header = { creationDateMs: Date.UTC(2026, 10, 22) };
const query = { ...header, queryName: 'SimpleEventQuery' };

/** `least`: how many of each verdict there are at least, so that no list is empty unseen. */
export function documentContract(
  whose: string,
  documents: readonly SampleDocument[],
  least: { readonly valid: number; readonly invalid: number },
): void {
  const valid = documents.filter(({ verdict }) => verdict === 'valid');
  const invalid = documents.filter(({ verdict }) => verdict === 'invalid');

  describe(whose, () => {
    it('are taken when valid', () => {
      expect(valid.length).toBeGreaterThanOrEqual(least.valid);
      const refused = valid
        .map(({ name, text, mediaType }) => ({ name, faults: allFaults(readEpcisDocument(text, mediaType)) }))
        .filter(({ faults }) => faults.length > 0);
      expect(refused).toEqual([]);
    });

    it('are refused when invalid, each fault with its place', () => {
      expect(invalid.length).toBeGreaterThanOrEqual(least.invalid);
      const taken = invalid.filter(({ text, mediaType }) => {
        const faults = allFaults(readEpcisDocument(text, mediaType));
        return faults.length === 0 || !faults.every(({ place }) => place.startsWith('/'));
      });
      expect(taken.map(({ name }) => name)).toEqual([]);
    });

    it('come back from their own form with the same hashes', () => {
      // Fields that a repository asked to ignore are no longer told apart once they have left it.
      for (const { name, text, mediaType } of valid.filter((one) => !/IgnoreFields/.test(one.name))) {
        const events = eventsOf(readEpcisDocument(text, mediaType));
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
      for (const { text, mediaType } of valid) {
        if (mediaType !== 'application/ld+json') continue;
        const kept = eventsOf(readEpcisDocument(text, mediaType)).map(({ json }) => json);
        const body = JSON.parse(text).epcisBody;
        const sent = body?.eventList ?? body?.queryResults?.resultsBody?.eventList ?? [body?.event ?? JSON.parse(text)];
        expect(kept).toEqual(sent);
      }
    });
  });
}
