// Connecting a partner's program from the page: a token shown once, a document tried and sent, what became of it.
import { beforeEach, describe, expect, it } from 'vitest';
import { firstDocument } from '../../../server/trace/connect/first-document.ts';
import { gln } from '../../support/cast.ts';
import { type PersonAtWork, signedIn } from '../../support/people.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

const site = gln(3);
let server: TestServer;
let wang: PersonAtWork;
beforeEach(async () => {
  server = openTestServer();
  wang = await signedIn(server, { login: 'wang', name: 'supplier Wang', role: 'partner', sites: [site] });
});

const events = () => server.db.sqlite.prepare('SELECT count(*) FROM event').pluck().get();
const document = () => firstDocument(site, server.clock.now());

describe('a partner who connects a program', () => {
  it('makes a token that is shown once and works, and takes it back', async () => {
    const shown = await (await wang.go('/connect/tokens', { name: 'warehouse' })).text();
    const token = /value="(bk_[^"]+)"/.exec(shown)?.[1] ?? '';
    const asProgram = { headers: { authorization: `Bearer ${token}` } };
    expect((await server.call('/api/lots', asProgram)).status).toBe(200);
    const page = await wang.text('/connect');
    expect(page).toContain('warehouse');
    expect(page).not.toContain(token);
    const revoked = /action="(\/connect\/tokens\/\d+\/revoked)"/.exec(page)?.[1] ?? '';
    expect((await wang.go(revoked, {})).status).toBe(303);
    expect((await server.call('/api/lots', asProgram)).status).toBe(401);
  });

  it('takes back no token of somebody else', async () => {
    const zhao = await signedIn(server, { login: 'zhao', name: 'supplier Zhao', role: 'partner', sites: [gln(2)] });
    await zhao.go('/connect/tokens', { name: 'till' });
    const theirs = /action="(\/connect\/tokens\/\d+\/revoked)"/.exec(await zhao.text('/connect'))?.[1] ?? '';
    expect((await wang.go(theirs, {})).status).toBe(404);
    expect(await zhao.text('/connect')).toContain(theirs);
  });

  it('gets no token by a token: one that leaked would make others', async () => {
    const form = { name: 'another' };
    expect((await server.call('/connect/tokens', { as: 'partner', sites: [site], form })).status).toBe(403);
  });

  it('checks the document the page offers without keeping anything, then sends it once', async () => {
    const page = await wang.text('/connect');
    expect(page).toContain(`https://id.gs1.org/414/${site}`);
    expect((await wang.go('/connect/documents', { document: document(), way: 'check' })).status).toBe(200);
    expect(events()).toBe(0);
    const sent = await (await wang.go('/connect/documents', { document: document(), way: 'send' })).text();
    expect(sent).toContain('已收下 1 个事件');
    expect(events()).toBe(1);
    const again = await (await wang.go('/connect/documents', { document: document(), way: 'send' })).text();
    expect(again).toContain('先前已收下');
    expect(events()).toBe(1);
    expect(await wang.text('/connect')).toMatch(/href="\/epcis\/capture\/[^"]+"/);
  });

  it('is told each fault with its place, and nothing is kept', async () => {
    const faulty = document().replace(/"eventTime": "[^"]+"/, '"eventTime": "yesterday"');
    for (const way of ['check', 'send']) {
      const answer = await wang.go('/connect/documents', { document: faulty, way });
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('/epcisBody/eventList/0/eventTime');
    }
    expect((await wang.go('/connect/documents', { document: 'not a document', way: 'send' })).status).toBe(400);
    expect(events()).toBe(0);
  });
});
