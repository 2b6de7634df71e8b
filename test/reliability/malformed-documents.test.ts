// Malformed documents: whatever is sent is read or refused in time, and never throws.

import { describe, expect, it } from 'vitest';
import { allFaults, hashDocument, readEpcisDocument } from '../../server/trace/epcis/document.ts';
import { damaged, mutated, randomFrom } from '../support/mutation.ts';
import { seedDocuments } from '../support/seeds.ts';

/** The long form is 10,000: `MALFORMED=10000 npx vitest run test/reliability/malformed-documents.test.ts`. */
const count = Number(process.env['MALFORMED'] ?? 1_000);

describe('malformed EPCIS documents', () => {
  it(`are answered without a throw, 99 in 100 of them within 100 ms of work`, () => {
    const documents = seedDocuments();
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

  const size = 400_000;
  const fill = (piece: string) => piece.repeat(Math.ceil(size / piece.length));
  const inXml = (inside: string) =>
    `<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0" creationDate="2026-11-22T00:00:00Z"><EPCISBody><EventList>${inside}</EventList></EPCISBody></e:EPCISDocument>`;
  const inEvent = (inside: string) =>
    inXml(`<ObjectEvent><eventTime>2026-11-22T00:00:00Z</eventTime>${inside}</ObjectEvent>`);
  const inJson = (inside: string) =>
    `{"@context":[],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-11-22T00:00:00Z","epcisBody":{"eventList":[${inside}]}}`;

  it.each([
    ['document types', fill('<!DOCTYPE ')],
    ['start tags', fill('<a ')],
    ['attributes', `<a ${fill('x="1" ')}/>`],
    ['entities', inEvent(`<x:a xmlns:x="urn:x">${fill('&amp;')}</x:a>`)],
    ['unknown entities', inEvent(`<x:a xmlns:x="urn:x">${fill('&nope;')}</x:a>`)],
    ['events with faults', inXml(fill('<ObjectEvent>\n<action>X</action></ObjectEvent>'))],
    [
      'one prefix for many namespaces',
      inEvent(Array.from({ length: 10_000 }, (_, i) => `<x:a xmlns:x="urn:${i}"/>`).join('')),
    ],
    ['unknown elements', inEvent('<b/>'.repeat(150_000))],
    ['extensions', inEvent(`<x:a xmlns:x="urn:x">${'<x:b/>'.repeat(150_000)}</x:a>`)],
    ['identifiers', inJson(`{"type":"ObjectEvent","epcList":[${'"urn:x:y",'.repeat(150_000)}1]}`)],
    ['digits', inJson(`{"type":"ObjectEvent","eventTime":"2026-11-22T00:00:00Z","a:b":"${fill('1')}x"}`)],
    ['spaces', inJson(`{"type":"ObjectEvent","eventTime":"${fill(' ')}"}`)],
    ['quotes', `"${fill('\\"')}`],
    ['backslashes', `{"a":"${fill('\\')}`],
    ['slashes in an identifier', inJson(`{"type":"ObjectEvent","epcList":["https://${fill('/01')}"]}`)],
    ['events', inJson(`${fill('{"type":"ObjectEvent"},')}{}`)],
    ['contexts', inJson(`${fill('{"type":"a:b","@context":{"a":"urn:a:"},"a:c":1},')}{}`)],
  ])('made of %s without end takes no longer than its size', (_, text) => {
    const started = process.cpuUsage().user;
    allFaults(readEpcisDocument(text, undefined));
    hashDocument(text, undefined);
    expect((process.cpuUsage().user - started) / 1_000).toBeLessThan(6_000);
  });
});
