// One search: what is found depends on who asks, and a code leads where it names.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../../server/accounts/caller.ts';
import { gln, gtin } from '../../support/cast.ts';
import { personOf } from '../../support/people.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

const [dingxiang, market] = [gln(4), gln(3)];
const html = { accept: 'text/html', 'accept-language': 'en' };

let server: TestServer;
beforeAll(async () => {
  server = openTestServer();
  const kitchen = {
    name: '鼎香 kitchen 2',
    gln: dingxiang,
    address: '临江路 8 号',
    licence: 'JY23309020041826',
    hours: [],
  };
  await server.call('/api/restaurants', { as: 'admin', json: kitchen });
  for (const place of [market, dingxiang]) {
    const lot = {
      gtin: gtin(3),
      lot: `B14-${place.slice(-3)}`,
      product: '五花肉',
      quantity: 20,
      unit: 'kg',
      madeAt: place,
    };
    const sent = await server.call('/api/lots', {
      as: 'partner',
      sites: [place],
      json: { ...lot, producedAt: '2026-11-20' },
    });
    expect(sent.status).toBe(201);
  }
  await personOf(server, { login: 'chen.li', name: '陈立', role: 'inspector' });
});

async function found(q: string, as?: Role, sites: readonly string[] = []) {
  const answer = await server.call(`/search?q=${encodeURIComponent(q)}`, {
    ...(as === undefined ? {} : { as, sites }),
    headers: html,
  });
  const main = /<main[\s\S]*<\/main>/.exec(await answer.text())?.[0] ?? '';
  const links = [...main.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href ?? '');
  return { status: answer.status, location: answer.headers.get('location'), main, links };
}

describe('the search of every page', () => {
  it('leads an inspector straight to the lot that a scanned code names', async () => {
    const { status, location } = await found(
      `https://id.gs1.org/01/${gtin(3)}/10/B14-${market.slice(-3)}`,
      'inspector',
    );
    expect(status).toBe(303);
    expect(location).toMatch(/^\/lots\/\d+$/);
  });

  it('leads a diner with the same code to the public page', async () => {
    const { location } = await found(`https://id.gs1.org/01/${gtin(3)}/10/B14-${market.slice(-3)}`);
    expect(location).toBe(`/01/${gtin(3)}/10/B14-${market.slice(-3)}`);
  });

  it('finds lots by a part of the product for those who have them, and none of others', async () => {
    expect((await found('五花', 'inspector')).links).toHaveLength(2);
    expect((await found('五花', 'partner', [market])).links).toHaveLength(1);
    expect((await found('五花')).links).toEqual([]);
  });

  it('leads whoever oversees a kitchen to its page, and anybody else to its public record', async () => {
    expect((await found('鼎香', 'inspector')).links).toContainEqual(expect.stringMatching(/^\/kitchens\/\d+$/));
    expect((await found('鼎香')).links).toEqual([`/records/${dingxiang}`]);
    expect((await found('鼎香', 'partner', [market])).links).toEqual([`/records/${dingxiang}`]);
  });

  it('names people to an administrator alone', async () => {
    expect((await found('chen', 'admin')).links).toContainEqual(expect.stringMatching(/^\/people\/\d+$/));
    expect((await found('陈立', 'inspector')).main).not.toContain('/people/');
  });

  it('takes a percent sign for a percent sign, and says what to do when nothing is found', async () => {
    const { main, links } = await found('%', 'admin');
    expect(links).toEqual([]);
    expect(main).toContain('Nothing found for “%”');
  });

  it('opens from the bar of every page without a script', async () => {
    for (const path of ['/', '/sign-in', '/lots', '/nowhere']) {
      const text = await (await server.call(path, { as: 'admin', headers: html })).text();
      if (text !== '') expect(text, path).toMatch(/popovertarget="find"[\s\S]*<form[^>]*action="\/search"/);
    }
  });
});
