// Others' places over HTTP: what is said of them waits, who may say a word about it, and what naming a lot opens.
import { beforeEach, describe, expect, it } from 'vitest';
import { checkChain } from '../../../server/trace/finding/check-chain.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { caseUri, documentOf, events, hour, type Json, lotUri, places, products } from '../../support/cast.ts';
import { type CallOptions, openTestServer, type TestServer } from '../../support/server.ts';

const html = { accept: 'text/html' };
const belly = lotUri(products.belly, 'B14');
const wholesaler = { as: 'partner', sites: [places.wholesaler] } as const;
const owner = { as: 'owner', sites: [places.dingxiang] } as const;
const neighbour = { as: 'owner', sites: [places.haiwei] } as const;
const inspector = { as: 'inspector' } as const;
const stock = events.commission(hour(0), places.wholesaler, [[belly, 10, 'KGM']]);
const destroyed = { ...events.sell(hour(1), places.wholesaler, [[belly, 10, 'KGM']]), bizStep: 'destroying' };

let server: TestServer;
beforeEach(() => {
  server = openTestServer();
});

const post = async (event: Json, who: CallOptions) => {
  const answer = await server.call('/epcis/capture', {
    ...who,
    method: 'POST',
    body: documentOf([event]).toString(),
    headers: { 'content-type': 'application/ld+json' },
  });
  return { status: answer.status, body: (await answer.json()) as { events: { warnings: { code: string }[] }[] } };
};
const lotId = () => lotByCode(server.db, belly)!.id;
const claimId = () => server.db.sqlite.prepare('SELECT max(event_id) FROM event_claim').pluck().get() as number;

describe('an owner who says that another’s goods were destroyed', () => {
  beforeEach(async () => {
    await post(stock, wholesaler);
    const said = await post(destroyed, owner);
    expect(said.status).toBe(202);
    expect(said.body.events[0]?.warnings[0]?.code).toBe('foreign_place');
    checkChain(server.deps);
  });

  it('leaves the wholesaler’s stock as it was, and is a finding to both', async () => {
    const record = await (await server.call(`/lots/${lotId()}`, { ...inspector, headers: html })).text();
    expect(record).toContain('10.0');
    const findings = (await (await server.call('/api/findings', wholesaler)).json()) as { findings: Json[] };
    expect(findings.findings.map(({ kind }) => kind)).toEqual(['foreign']);
    const page = await (await server.call('/findings', { ...inspector, headers: html })).text();
    expect(page).toContain('href="/claims"');
    expect(page).toContain('他方申报');
  });

  it('is shown to the wholesaler with a yes and a no, to the owner as waiting, to nobody else', async () => {
    const page = async (who: CallOptions) =>
      (await (await server.call('/claims', { ...who, headers: html })).text()).replace(/\s+/g, ' ');
    const theirs = await page(wholesaler);
    expect(theirs).toContain(`/claims/${claimId()}/decision`);
    expect(theirs).toContain('属实');
    const own = await page(owner);
    expect(own).toContain('待确认');
    expect(own).not.toContain(`/claims/${claimId()}/decision`);
    expect(await page(neighbour)).not.toContain('B14');
    expect(await page(inspector)).toContain('采纳');
    const english = await (await server.call('/claims?lang=en', { ...wholesaler, headers: html })).text();
    expect(english).toContain('It is true');
    expect(english).not.toMatch(/[\u4e00-\u9fff]{2,}(?![^<]*<\/(a|span|b)>)/);
  });

  it('counts once the wholesaler says yes, over the API or by the form; others are told that there is nothing', async () => {
    const decide = (who: CallOptions) =>
      server.call(`/api/claims/${claimId()}/decision`, { ...who, json: { verdict: 'confirm' } });
    expect((await decide(owner)).status).toBe(404);
    expect((await decide(neighbour)).status).toBe(404);
    expect((await decide({ as: 'partner' })).status).toBe(404);
    expect((await decide({ as: 'reviewer' })).status).toBe(403);
    const form = await server.call(`/claims/${claimId()}/decision`, { ...wholesaler, form: { verdict: 'confirm' } });
    expect(form.headers.get('location')).toBe('/claims?done=confirm');
    expect((await decide(inspector)).status).toBe(409);
    expect(await (await server.call('/claims?done=confirm', { ...wholesaler, headers: html })).text()).toContain(
      '已确认，计入台账和追溯链。',
    );
    const { made } = (await (await server.call('/api/claims', owner)).json()) as { made: Json[] };
    expect(made).toMatchObject([{ state: 'confirmed', site: places.wholesaler }]);
  });
});

describe('naming a lot', () => {
  const naming: Readonly<Record<string, Json>> = {
    'in a claim about another’s place': destroyed,
    'as seen at one’s own place': events.observe(hour(2), places.dingxiang, [[belly, 1, 'KGM']]),
    'as packed into one’s own case': events.pack(hour(2), places.dingxiang, caseUri(7), [[belly, 1, 'KGM']]),
    'without a place': {
      ...events.observe(hour(2), places.farm, [[belly]]),
      readPoint: undefined,
      bizLocation: undefined,
    },
    'as declared wrong': events.declareWrong({ ...destroyed, eventTime: new Date(hour(3)).toISOString() }, hour(4)),
  };

  it.each(Object.entries(naming))('%s opens neither its page nor its record', async (_how, event) => {
    await post(stock, wholesaler);
    await post(event, owner);
    for (const path of [
      `/lots/${lotId()}`,
      `/api/lots/${lotId()}`,
      `/api/trace?code=${encodeURIComponent(belly)}&direction=backward`,
    ]) {
      expect((await server.call(path, owner)).status, path).toBe(404);
      expect((await server.call(path, wholesaler)).status, path).toBe(200);
    }
    const list = await (await server.call('/api/lots', owner)).text();
    expect(list).not.toContain('B14');
    const epcs = await (await server.call('/epcis/epcs', owner)).text();
    expect(epcs).not.toContain('B14');
  });

  it('at the end of a delivery opens it: it is in the shop now', async () => {
    await post(stock, wholesaler);
    await post(events.ship(hour(1), places.wholesaler, places.dingxiang, [[belly, 10, 'KGM']]), wholesaler);
    expect((await server.call(`/lots/${lotId()}`, owner)).status).toBe(200);
    expect((await server.call(`/lots/${lotId()}`, neighbour)).status).toBe(404);
    await post(events.receive(hour(2), places.dingxiang, places.wholesaler, [[belly, 10, 'KGM']]), owner);
    expect((await server.call(`/lots/${lotId()}`, owner)).status).toBe(200);
  });
});

describe('registering a lot that others made', () => {
  it('does not change its dates, and a claim about it keeps no word of it at all', async () => {
    const code = `(01)${products.belly}(10)B14`;
    await server.call('/api/lots', {
      ...wholesaler,
      json: { code, product: '五花肉', madeAt: places.wholesaler, producedAt: '2026-11-20', expiresAt: '2026-11-27' },
    });
    const expires = () => server.db.sqlite.prepare('SELECT expires_at FROM lot WHERE id = ?').pluck().get(lotId());
    const before = expires();
    const said = await server.call('/api/lots', {
      ...owner,
      json: { code, madeAt: places.wholesaler, producedAt: '2026-11-21', expiresAt: '2027-11-27', origin: '别处' },
    });
    expect(await said.json()).toMatchObject({ accepted: 1, claims: 1 });
    const received = { from: places.wholesaler, to: places.dingxiang, at: '2026-11-22T08:00:00+08:00' };
    await server.call('/api/lots', { ...owner, json: { code, expiresAt: '2027-11-27', flow: [received] } });
    expect(expires()).toBe(before);
    const origin = server.db.sqlite.prepare('SELECT origin FROM lot WHERE id = ?').pluck().get(lotId());
    expect(origin).toBeNull();
  });

  it('by who bought it, tells of the delivery alone: the supplier’s part is the supplier’s to tell', async () => {
    const said = await server.call('/api/lots', {
      ...owner,
      json: {
        origin: '白沙村',
        batch: '青菜 1',
        product: '小白菜',
        quantity: 5,
        unit: 'kg',
        flow: [{ from: '白沙村合作社', to: places.dingxiang, at: '2026-11-22T06:00:00+08:00' }],
      },
    });
    expect(await said.json()).toMatchObject({ accepted: 1, claims: 0 });
    expect(server.db.sqlite.prepare('SELECT biz_step FROM event').pluck().all()).toEqual(['receiving']);
  });
});
