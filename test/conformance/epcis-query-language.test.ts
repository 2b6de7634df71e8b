// The EPCIS query language: our own sample of every kind of parameter, what each finds among our own events, and faults.
import { beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../../server/http/problem.ts';
import { hashDocument } from '../../server/trace/epcis/document.ts';
import type { JsonObject } from '../../server/trace/event/event.ts';
import { readNamedQuery } from '../../server/trace/subscription/named-query.ts';
import { openTestServer, type TestServer } from '../support/server.ts';
import { eventVectors, vectorText } from '../support/vectors.ts';

type Language = {
  readonly taken: JsonObject;
  readonly refused: readonly { readonly query: JsonObject; readonly place: string; readonly code: string }[];
  /** Numbers of our own events. */
  readonly finds: readonly { readonly query: JsonObject; readonly events: string }[];
};

const language = JSON.parse(vectorText('queries/parameters.json')) as Language;
const context = { '@context': { ex: 'http://ns.example.com/kitchen/' } };

function faultsOf(query: JsonObject): string[] {
  try {
    readNamedQuery({ name: 'q', query: { ...context, ...query } });
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.faults.map(({ place, code }) => `${place} ${code}`);
    throw error;
  }
}

describe('the query language', () => {
  it.each(Object.entries(language.taken))('takes %s', (name, value) => {
    expect(faultsOf({ [name]: value })).toEqual([]);
  });

  it.each(language.refused)('refuses $query at its place', ({ query, place, code }) => {
    expect(faultsOf(query)).toEqual([`${place} ${code}`]);
  });

  it('is sampled widely', () => {
    expect(Object.keys(language.taken).length).toBeGreaterThan(80);
    expect(language.finds.length).toBeGreaterThan(25);
  });
});

describe('among our own events', () => {
  const vectors = eventVectors().filter(({ mediaType }) => mediaType === 'application/ld+json');
  const numberOf = new Map(vectors.map(({ hash, name }) => [hash, name.slice(0, 2)]));
  let server: TestServer;

  beforeAll(async () => {
    server = openTestServer();
    for (const { text, mediaType } of vectors) {
      const headers = { 'content-type': mediaType };
      const captured = await server.call('/epcis/capture', { as: 'inspector', body: text, headers });
      expect(captured.status).toBe(202);
    }
  });

  const numbersIn = (answer: string, mediaType: string) =>
    hashDocument(answer, mediaType).hashes.map((hash) => numberOf.get(hash));

  it.each(language.finds)('$query finds $events', async ({ query, events }) => {
    const json = { name: 'asked', query: { ...context, ...query } };
    expect((await server.call('/epcis/queries', { as: 'inspector', json })).status).toBe(201);
    const answer = await server.call('/epcis/queries/asked/events?perPage=50', { as: 'inspector' });
    expect(
      numbersIn(await answer.text(), 'application/ld+json')
        .sort()
        .join(' '),
    ).toBe(events);
    await server.call('/epcis/queries/asked', { as: 'inspector', method: 'DELETE' });
  });

  it.each([
    ['poll-receipts.xml', ['11']],
    ['poll-by-goods.xml', ['08', '07']],
  ])('%s finds %j', async (name, expected) => {
    const body = vectorText(`queries/${name}`);
    const headers = { 'content-type': 'application/xml' };
    const answer = await server.call('/epcis/query', { as: 'inspector', body, headers });
    expect(answer.status).toBe(200);
    expect(numbersIn(await answer.text(), 'application/xml')).toEqual(expected);
  });
});
