// Nobody makes another's place their own: not by registering a kitchen there, not by a token with another's name.
import { beforeEach, describe, expect, it } from 'vitest';
import { callerByToken } from '../../server/accounts/account-store.ts';
import { issueToken } from '../../server/accounts/issue-token.ts';
import { documentOf, events, hour, lotUri, places, products } from '../support/cast.ts';
import { openTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeEach(() => {
  server = openTestServer();
});

const kitchen = {
  name: '鼎香',
  licence: 'JY23101041234567',
  address: '临江区解放路 1 号',
  opensAt: '09:00',
  closesAt: '22:00',
};
const owner = { as: 'owner' } as const;
const register = (gln: string, who: object = owner) =>
  server.call('/api/restaurants', { ...who, json: { ...kitchen, gln } });

describe('an owner who registers a kitchen', () => {
  it('under the GLN of a place where goods are on record is sent to the administrator, and sees nothing of it', async () => {
    const made = events.commission(hour(0), places.slaughterhouse, [[lotUri(products.belly, 'B1'), 3, 'KGM']]);
    await server.call('/epcis/capture', {
      as: 'partner',
      body: documentOf([made]).toString(),
      headers: { 'content-type': 'application/ld+json' },
    });
    const answer = await register(places.slaughterhouse);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('known_place');
    const page = await server.call('/my/restaurants', {
      ...owner,
      form: { ...kitchen, gln: places.slaughterhouse },
      headers: { accept: 'text/html' },
    });
    expect(await page.text()).toContain('请管理员先把它加到这个账号下');
    expect(await (await server.call('/api/lots', owner)).json()).toMatchObject({ lots: [] });
  });

  it('under the GLN that another account belongs to is refused, under a new one of their own is not', async () => {
    server.tokenOf('owner', [places.haiwei]);
    expect((await register(places.haiwei)).status).toBe(400);
    expect((await register(places.dingxiang)).status).toBe(201);
    const [mine] = ((await (await server.call('/api/restaurants', owner)).json()) as { restaurants: object[] })
      .restaurants;
    expect(mine).toMatchObject({ siteId: places.dingxiang });
  });

  it('may do so once an administrator has added the place to their account', async () => {
    expect((await register(places.haiwei, { as: 'owner', sites: [places.haiwei] })).status).toBe(201);
  });
});

describe('a token of the command line', () => {
  const callerOf = (role: 'partner' | 'owner', sites: string[], grants: string[] = [], name = 'erp') =>
    callerByToken(server.db, issueToken(server.db, { role, name, sites, grants }, 1))!;

  it('of a partner without a place speaks for all places, as before; with places, for those alone', () => {
    expect(callerOf('partner', [])).toMatchObject({ speaks: 'everywhere', sites: [] });
    expect(callerOf('partner', [places.farm])).toMatchObject({ speaks: 'places', sites: [places.farm] });
    expect(callerOf('partner', [], ['690000'])).toMatchObject({ speaks: 'places', grants: ['690000'] });
    expect(callerOf('owner', [])).toMatchObject({ speaks: 'places' });
  });

  it('never carries places that an earlier token of the same name had', () => {
    const first = callerOf('partner', [places.farm]);
    const second = callerOf('partner', []);
    const third = callerOf('partner', [places.haiwei]);
    expect(callerOf('partner', [places.farm]).id).toBe(first.id);
    expect(callerOf('partner', []).id).toBe(second.id);
    expect(callerOf('partner', [places.haiwei]).id).toBe(third.id);
    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
    expect(third.sites).toEqual([places.haiwei]);
  });

  it('of an earlier version keeps what it could: without a place all, with places those', () => {
    const caller = callerOf('partner', []);
    server.db.sqlite.prepare('UPDATE account SET speaks = NULL').run();
    const token = issueToken(server.db, { role: 'partner', name: 'erp', sites: [] }, 1);
    expect(callerByToken(server.db, token)).toMatchObject({ id: caller.id, speaks: 'everywhere' });
  });
});
