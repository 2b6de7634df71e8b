// Districts as the administrator draws them: who is bound, who covers the city, and what lies nowhere.
import { beforeEach, describe, expect, it } from 'vitest';
import { setSitesOfDistrict } from '../../../server/accounts/person/district.ts';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { registerPlace } from '../../../server/trace/place/register-place.ts';
import { startRecall } from '../../../server/trace/recall/start-recall.ts';
import { documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { type PersonAtWork, signedIn } from '../../support/people.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let admin: PersonAtWork;
beforeEach(async () => {
  server = openTestServer();
  registerPlace(server.deps, { siteId: places.dingxiang, name: '鼎香小馆', kind: 'restaurant' });
  registerPlace(server.deps, { siteId: places.haiwei, name: '海味轩', kind: 'restaurant' });
  admin = await signedIn(server, { login: 'xu', name: '许南', role: 'admin' });
});

const add = async (name: string) => {
  expect((await admin.go('/districts', { name })).status).toBe(303);
  return server.db.sqlite.prepare('SELECT id FROM district WHERE name = ?').pluck().get(name) as number;
};
const sitesOf = (id: number) =>
  server.db.sqlite.prepare('SELECT site_id FROM site_district WHERE district_id = ? ORDER BY site_id').pluck().all(id);

describe('districts', () => {
  it('are added by name, once, and refused in the reader’s language', async () => {
    await add('云溪区');
    const again = await admin.go('/districts', { name: '云溪区' });
    expect(again.status).toBe(409);
    expect(await again.text()).toContain('已经有同名的辖区');
    expect((await admin.go('/districts', { name: ' ' })).status).toBe(400);
  });

  it('hold a place each: moved to another, it leaves the first', async () => {
    const [east, west] = [await add('东'), await add('西')];
    await admin.go(`/districts/${east}/sites`, { sites: places.dingxiang });
    await admin.go(`/districts/${west}/sites`, { sites: places.dingxiang });
    expect([sitesOf(east), sitesOf(west)]).toEqual([[], [places.dingxiang]]);
    await admin.go(`/districts/${west}/sites`, {});
    expect(sitesOf(west)).toEqual([]);
  });

  it('lose no place that the page did not show', async () => {
    const east = await add('东');
    const by = { id: admin.id, name: 'xu', role: 'admin', sites: [], via: 'session' } as const;
    setSitesOfDistrict(server.db, east, { sites: ['local:beyond-the-list'] }, by, 1);
    await admin.go(`/districts/${east}/sites`, { sites: places.haiwei });
    expect(sitesOf(east)).toEqual([places.haiwei, 'local:beyond-the-list']);
  });

  it('say who covers the city, and which places nobody else sees', async () => {
    const east = await add('东');
    await admin.go(`/districts/${east}/sites`, { sites: places.dingxiang });
    await signedIn(server, { login: 'bound', name: '陈立', role: 'inspector', districtId: east });
    await signedIn(server, { login: 'free', name: '周牧', role: 'inspector' });
    const page = await admin.text('/districts');
    const covering = page.slice(page.indexOf('负责全市的人'));
    expect(covering).toContain('周牧');
    expect(covering).toContain('许南');
    expect(covering).not.toContain('陈立');
    expect(covering).toContain('还有 1 个地点没有划入辖区');
    expect(covering).toContain('海味轩');
  });

  it('are given to an inspector on their page, and to no owner', async () => {
    const east = await add('东');
    const chen = await signedIn(server, { login: 'chen', name: '陈立', role: 'inspector' });
    const saved = await admin.go(`/people/${chen.id}`, { name: '陈立', role: 'inspector', district: String(east) });
    expect(saved.status).toBe(303);
    expect(await chen.text('/account')).toContain('东');
    const wrong = await admin.go(`/people/${chen.id}`, { name: '陈立', role: 'inspector', district: '99' });
    expect(await wrong.text()).toContain('这个辖区已经没有了');
    await admin.go(`/people/${chen.id}`, { name: '陈立', role: 'owner', district: String(east), sites: places.haiwei });
    const kept = server.db.sqlite.prepare('SELECT role, district_id FROM account WHERE id = ?').get(chen.id);
    expect(kept).toEqual({ role: 'owner', district_id: null });
  });

  it('leave one’s own role and access to another administrator, whose button is not there', async () => {
    const refused = await admin.go(`/people/${admin.id}`, { name: '许南', role: 'owner' });
    expect(await refused.text()).toContain('自己的身份要由另一位管理员修改');
    const own = await admin.text(`/people/${admin.id}`);
    expect(own).not.toContain(`/people/${admin.id}/disabled`);
    const disabled = await admin.go(`/people/${admin.id}/disabled`, {});
    expect(await disabled.text()).toContain('自己的账号要由另一位管理员停用');
  });
});

describe('a recall that reaches into two districts', () => {
  it('shows each its own holders, and both the sums of the whole recall: whether it is over is one question', async () => {
    const east = await add('东');
    await admin.go(`/districts/${east}/sites`, { sites: places.dingxiang });
    const code = lotUri(products.belly, 'A07');
    const list = [
      events.commission(hour(0), places.wholesaler, [[code, 10, 'KGM']]),
      ...([places.dingxiang, places.haiwei] as const).flatMap((to, at) => [
        events.ship(hour(1 + at), places.wholesaler, to, [[code, 3, 'KGM']]),
        events.receive(hour(3 + at), to, places.wholesaler, [[code, 3, 'KGM']]),
      ]),
    ];
    captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, {
      onError: 'rollback',
    });
    const { publicId } = startRecall(
      server.deps,
      { lotId: lotByCode(server.db, code)!.id, reason: '抽检不合格' },
      null,
    );
    const seenBy = async (login: string, more: { districtId?: number }) =>
      (await signedIn(server, { login, role: 'inspector', ...more })).text(`/recalls/${publicId}`);
    const [bound, free] = [await seenBy('bound', { districtId: east }), await seenBy('free', {})];
    const sums = (page: string) => /<svg class="sum"[^>]*aria-label="([^"]+)"/.exec(page)?.[1];
    expect(sums(free)).toMatch(/10/);
    expect(sums(bound)).toBe(sums(free));
    expect([free.includes('鼎香小馆'), free.includes('海味轩')]).toEqual([true, true]);
    expect([bound.includes('鼎香小馆'), bound.includes('海味轩')]).toEqual([true, false]);
  });
});
