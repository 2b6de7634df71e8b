// Malformed documents: whatever is sent is read or refused in time, and never throws.

import { describe, expect, it } from 'vitest';
import { allFaults, hashDocument, readEpcisDocument } from '../../server/trace/epcis-document.ts';
import { corpusDocuments } from '../support/epcis-corpora.ts';
import { damaged, mutated, randomFrom } from '../support/mutation.ts';

/** The long form is 10,000: `MALFORMED=10000 npx vitest run test/reliability/malformed-documents.test.ts`. */
const count = Number(process.env['MALFORMED'] ?? 1_000);

describe('malformed EPCIS documents', () => {
  it(`are answered without a throw, 99 in 100 of them within 100 ms of work`, () => {
    const documents = corpusDocuments();
    if (documents.length === 0) return;
    const random = randomFrom(4711);
    const workMs: number[] = [];
    let refused = 0;
    for (let i = 0; i < count; i += 1) {
      const { text, mediaType } = documents[Math.floor(random() * documents.length)]!;
      const isTree = mediaType === 'application/ld+json' && random() < 0.5;
      let sent = isTree ? JSON.stringify(mutated(JSON.parse(text), random)) : damaged(text, random);
      for (let more = random(); more < 0.4; more = random()) sent = damaged(sent, random);
      // Half are sent as bytes, some under the other form's name.
      const input = random() < 0.5 ? sent : Buffer.from(sent);
      const type = random() < 0.05 ? undefined : mediaType;
      const started = process.cpuUsage().user;
      refused += allFaults(readEpcisDocument(input, type)).length > 0 ? 1 : 0;
      hashDocument(input, type);
      workMs.push((process.cpuUsage().user - started) / 1_000);
    }
    workMs.sort((a, b) => a - b);
    expect(refused).toBeGreaterThan(count / 3);
    expect(workMs[Math.floor(count * 0.99)]).toBeLessThan(100);
  });
});
