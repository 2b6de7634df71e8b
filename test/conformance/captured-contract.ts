// What a repository owes to captured documents: every event queries back equal, in both forms and by its own fields.
import { beforeAll, describe, expect, it } from 'vitest';
import { hashDocument } from '../../server/trace/epcis/document.ts';
import type { Json } from '../support/cast.ts';
import { openTestServer, type TestServer } from '../support/server.ts';
import type { SampleDocument } from '../support/vectors.ts';

type Answer = { epcisBody: { queryResults: { resultsBody: { eventList: object[] } } } };

const inspector = { as: 'inspector' } as const;

/** `least`: how many events of JSON-LD there are at least, and how many of their fields are asked for. */
export function capturedContract(
  whose: string,
  documents: readonly SampleDocument[],
  least: { readonly events: number; readonly fields: number },
): void {
  describe(`everything captured of ${whose} queries back equal`, () => {
    const wanted = { 'application/ld+json': new Set<string>(), 'application/xml': new Set<string>() };
    let server: TestServer;
    const kept = () => server.db.sqlite.prepare('SELECT count(*) FROM event').pluck().get() as number;

    beforeAll(async () => {
      server = openTestServer();
      for (const document of documents) {
        for (const { hash } of (await capture(server, document)) ?? []) wanted[document.mediaType].add(hash);
      }
    });

    it('as JSON-LD: every event by its hash', async () => {
      const pages = await pagesOf(server, 'application/ld+json');
      const found = new Set(pages.flatMap((page) => hashDocument(page, 'application/ld+json').hashes));
      const captured = [...wanted['application/ld+json']];
      expect(captured.length).toBeGreaterThanOrEqual(least.events);
      expect(captured.filter((hash) => !found.has(hash))).toEqual([]);
      // Events that came as XML and name a sender's own compact URI hash otherwise as JSON; they are there all the same.
      const listed = pages.flatMap((page) => (JSON.parse(page) as Answer).epcisBody.queryResults.resultsBody.eventList);
      expect(listed).toHaveLength(kept());
    });

    it('as XML: those that came as XML keep their hash, and all of them are there', async () => {
      const pages = await pagesOf(server, 'application/xml');
      const hashes = pages.flatMap((page) => hashDocument(page, 'application/xml').hashes);
      expect(wanted['application/xml'].size).toBeGreaterThan(0);
      expect([...wanted['application/xml']].filter((hash) => !hashes.includes(hash))).toEqual([]);
      expect(hashes).toHaveLength(kept());
    });
  });

  it(`every extension field and ILMD field of ${whose} can be asked for`, async () => {
    const server = openTestServer();
    let asked = 0;
    for (const document of documents.filter(({ mediaType }) => mediaType === 'application/ld+json')) {
      const json = JSON.parse(document.text) as Json;
      const body = json['epcisBody'] as { eventList?: Json[] } | undefined;
      const captured = await capture(server, document);
      // One that is there already may have come without its comments, which its hash passes over.
      const fresh = (body?.eventList ?? []).filter((_, index) => captured?.[index]?.status === 'accepted');
      for (const { name, value } of fresh.flatMap(ownFields)) {
        const query = { '@context': json['@context'], [name]: [value] };
        asked += 1;
        const made = await server.call('/epcis/queries', { ...inspector, json: { name: `q${asked}`, query } });
        expect(made.status, await made.clone().text()).toBe(201);
        const answer = (await (await server.call(`/epcis/queries/q${asked}/events`, inspector)).json()) as Answer;
        expect(answer.epcisBody.queryResults.resultsBody.eventList.length, name).toBeGreaterThan(0);
        await server.call(`/epcis/queries/q${asked}`, { ...inspector, method: 'DELETE' });
      }
    }
    expect(asked).toBeGreaterThanOrEqual(least.fields);
  });
}

/** Fields of text with a namespace, of the event and of its master data, as parameters. */
function ownFields(event: Json): { readonly name: string; readonly value: string }[] {
  const scopes = [
    ['EQ_', event],
    ['EQ_ILMD_', (event['ilmd'] ?? {}) as Json],
  ] as const;
  return scopes.flatMap(([scope, object]) =>
    Object.entries(object).flatMap(([key, value]) =>
      key.includes(':') && typeof value === 'string' && value !== '' ? [{ name: `${scope}${key}`, value }] : [],
    ),
  );
}

/** Undefined where the document was refused. */
async function capture(server: TestServer, { text, mediaType }: SampleDocument) {
  const headers = { 'content-type': mediaType };
  const response = await server.call('/epcis/capture', { ...inspector, body: text, headers });
  if (response.status !== 202) return undefined;
  return ((await response.json()) as { events: { hash: string; status: string }[] }).events;
}

/** All pages of the events as texts, at most 100. */
async function pagesOf(server: TestServer, accept: string): Promise<string[]> {
  const pages: string[] = [];
  let next: string | undefined = '/epcis/events?perPage=20';
  while (next !== undefined && pages.length < 100) {
    const response: Response = await server.call(next, { ...inspector, headers: { accept } });
    expect(response.status).toBe(200);
    pages.push(await response.text());
    next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
  return pages;
}
