// The worked example of the documents, captured: it leaves just the rows that its page lists, and answers as the page says.
import { describe, expect, it } from 'vitest';
import type { Db } from '../../../server/store/db.ts';
import { examplesOf, tableOf } from '../../support/document.ts';
import { openTestServer } from '../../support/server.ts';

const page = 'docs/worked-example.md';
const lot = 'https://id.gs1.org/01/06901234501001/10/A1';
/** What every server has before anything was captured, and what issuing a token leaves. */
const notOfTheCapture = /^(account|account_site|token|ledger_node|trace_.*|sqlite_.*|__drizzle.*)$/;

describe('the worked example', () => {
  it('leaves the rows that its page lists, no fewer and no others, and nothing when it comes again', async () => {
    const server = openTestServer();
    server.tokenOf('partner', ['6901234500004']);
    const before = countsOf(server.db);
    await capture(server);
    const written = difference(countsOf(server.db), before);
    const listed = tableOf(page, 'table').map(([table = '', rows = '']) => [table.replaceAll('`', ''), Number(rows)]);
    expect(Object.fromEntries(Object.entries(written).sort())).toEqual(Object.fromEntries(listed.sort()));

    const once = countsOf(server.db);
    await capture(server);
    expect(difference(countsOf(server.db), once)).toEqual({});
  });

  it('is one lot, one edge and one event forward, and a recall of it has two definite holdings with a notice each', async () => {
    const server = openTestServer();
    await capture(server);
    const query = new URLSearchParams({ code: lot, direction: 'forward' });
    const traced = await server.call(`/api/trace?${query}`, { as: 'inspector' });
    const { lots, edges, events } = (await traced.json()) as Record<'lots' | 'edges' | 'events', unknown[]>;
    expect([lots, edges, events].map(({ length }) => length)).toEqual([1, 1, 1]);

    const started = await server.call('/api/recalls', { as: 'inspector', json: { code: lot, reason: '检出兽药残留' } });
    expect(await started.json()).toMatchObject({
      notices: 2,
      totals: { definite: { holdings: 2 }, proportional: { holdings: 0 }, potential: { holdings: 0 } },
    });
  });
});

async function capture(server: ReturnType<typeof openTestServer>): Promise<void> {
  const [command] = examplesOf('docs/integrators.md').flatMap(({ command }) =>
    command.includes('"eventList"') ? [command] : [],
  );
  const [, body = ''] = /<<'EOF'\n([\s\S]*?)\nEOF/.exec(command ?? '') ?? [];
  const answer = await server.call('/epcis/capture', {
    as: 'partner',
    sites: ['6901234500004'],
    body,
    headers: { 'content-type': 'application/ld+json' },
  });
  expect(answer.status).toBe(202);
}

function countsOf({ sqlite }: Db): Record<string, number> {
  const names = sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
  const count = (name: string) => Number(sqlite.prepare(`SELECT count(*) FROM "${name}"`).pluck().get());
  return Object.fromEntries(names.filter((name) => !notOfTheCapture.test(name)).map((name) => [name, count(name)]));
}

function difference(after: Record<string, number>, before: Record<string, number>): Record<string, number> {
  const grown = Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)] as const);
  return Object.fromEntries(grown.filter(([, count]) => count !== 0));
}
