// The published queries: XML requests and JSON definitions are taken, the faulty one is refused by name.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { corpusFiles } from '../support/corpora.ts';
import { openTestServer } from '../support/server.ts';

const farm = { as: 'partner', sites: ['6900000000014'] } as const;
const server = openTestServer();

const requests = corpusFiles('corpora/openepcis-test-resources', /2\.0\/.*XML\/Query\/Queries\/[^/]*\.xml$/);

it.each(requests)('$name is answered', async ({ path }) => {
  const headers = { 'content-type': 'application/xml' };
  const answer = await server.call('/epcis/query', { ...farm, body: readFileSync(path, 'utf8'), headers });
  expect(answer.status).toBe(200);
});

const definitions = corpusFiles('corpora/openepcis-test-resources', /JSON\/Query\/Queries\/.*\.json$/);
const numbered = definitions.map((file, index) => ({ ...file, under: `published${index}` }));
const keep = ({ path, under }: { readonly path: string; readonly under: string }) =>
  server.call('/epcis/queries', { ...farm, json: { name: under, query: JSON.parse(readFileSync(path, 'utf8')) } });

it.each(numbered.filter(({ name }) => !name.includes('Invalid')))('$name is kept and answered', async (file) => {
  expect((await keep(file)).status).toBe(201);
  expect((await server.call(`/epcis/queries/${file.under}/events`, farm)).status).toBe(200);
});

it.each(numbered.filter(({ name }) => name.includes('Invalid')))('$name is refused by name', async (file) => {
  const response = await keep(file);
  expect(response.status).toBe(400);
  const { faults } = (await response.json()) as { faults: { place: string }[] };
  const named = ['/query/GE_eventTime', '/query/EQ_action', '/query/orderDirection'];
  expect(named.filter((place) => !faults.some((fault) => fault.place === place))).toEqual([]);
});

it('there are such definitions of both kinds', () => {
  const faulty = numbered.filter(({ name }) => name.includes('Invalid'));
  expect([faulty.length > 0, faulty.length < numbered.length]).toEqual([true, true]);
});
