// A laboratory test entered from a page with its report, and what becomes of one that failed: held, proposed, recalled.
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { registerLot } from '../../../server/trace/lot/register-lot.ts';
import { lotUri, places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let lotId: number;
const html = { accept: 'text/html' };
const inspector = { as: 'inspector', headers: html } as const;
const supplier = { as: 'partner', sites: [places.wholesaler], headers: html } as const;
const code = lotUri(products.belly, 'A07');
const pdf = Buffer.from('%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF');

beforeEach(() => {
  server = openTestServer();
  const flow = [{ from: places.wholesaler, to: places.dingxiang, at: '2026-11-21 09:30', quantity: 12.5, unit: 'kg' }];
  registerLot(
    server.deps,
    { gtin: products.belly, lot: 'A07', product: '五花肉', madeAt: places.wholesaler, flow },
    null,
  );
  lotId = lotByCode(server.db, code)!.id;
});

function formOf(fields: Readonly<Record<string, string>>, report?: File): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (report !== undefined) form.append('report', report);
  return form;
}

const failed = {
  subject: '克伦特罗',
  result: 'failed',
  detail: '检出 0.8 μg/kg',
  laboratory: '市食检院',
  testedAt: '2026-11-20',
};
const send = (body: FormData, as: typeof inspector | typeof supplier = supplier) =>
  server.call(`/lots/${lotId}/tests`, { ...as, method: 'POST', body });
const text = async (path: string, as: Parameters<TestServer['call']>[1] = inspector) =>
  (await server.call(path, as)).text();

describe('a laboratory test', () => {
  it('is entered by a supplier with its report as a PDF, which those who see the lot can keep', async () => {
    expect(await text(`/lots/${lotId}`, supplier)).toContain(`/lots/${lotId}/tests/new`);
    expect(await text(`/lots/${lotId}/tests/new`, supplier)).toContain('name="report"');
    const done = await send(formOf({ ...failed, result: 'passed' }, new File([pdf], 'r.pdf')));
    expect(done.headers.get('location')).toBe(`/lots/${lotId}?notice=tested#tests`);
    const record = await text(`/lots/${lotId}?notice=tested`);
    expect(record).toContain('检验已登记');
    const href = /href="(\/lots\/\d+\/tests\/\d+\/report)"/.exec(record)?.[1] ?? '';
    const report = await server.call(href, inspector);
    expect(report.headers.get('content-type')).toBe('application/pdf');
    expect(report.headers.get('content-disposition')).toContain('attachment');
    expect(Buffer.from(await report.arrayBuffer())).toEqual(pdf);
    const stranger = { as: 'partner', sites: [places.farm] } as const;
    expect((await server.call(href, stranger)).status).toBe(404);
    expect((await server.call(`/lots/${lotId}/tests/new`, { ...stranger, headers: html })).status).toBe(404);
    expect((await server.call(href)).status).toBe(401);
  });

  it('takes a photo of the paper, and shows it as every picture is shown', async () => {
    const photo = await sharp({ create: { width: 60, height: 40, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    await send(
      formOf({ subject: '沙门氏菌', result: 'passed' }, new File([Uint8Array.from(photo)], 'r.png')),
      inspector,
    );
    const href = /href="(\/lots\/\d+\/tests\/\d+\/report)"/.exec(await text(`/lots/${lotId}`))?.[1] ?? '';
    const report = await server.call(href, inspector);
    expect(report.headers.get('content-type')).toBe('image/jpeg');
  });

  const wrong: [string, Record<string, string>, File | undefined, string, string][] = [
    ['nothing at all', {}, undefined, 'f-subject', '这一项要填'],
    ['no result', { subject: 'x' }, undefined, 'f-result', '不在可选的范围内'],
    ['a day that is none', { ...failed, testedAt: 'soon' }, undefined, 'f-testedAt', '时间看不懂'],
    ['a day to come', { ...failed, testedAt: '2027-01-01' }, undefined, 'f-testedAt', '时间在未来'],
    ['a report that is a page of the web', failed, new File(['<html>'], 'r.pdf'), 'f-report', '既不是 PDF'],
  ];
  it.each(wrong)(
    'with %s is told at its field, and what was typed stays',
    async (_what, fields, report, field, said) => {
      const answer = await send(formOf(fields, report), inspector);
      const body = await answer.text();
      expect(answer.status).toBe(400);
      expect(body).toContain(`href="#${field}"`);
      expect(body).toContain(said);
      if (fields['laboratory'] !== undefined) expect(body).toContain('市食检院');
      expect(server.db.sqlite.prepare('SELECT count(*) FROM lab_test').pluck().get()).toBe(0);
    },
  );

  it('over the API is JSON, or the same form', async () => {
    const path = `/api/lots/${lotId}/tests`;
    expect((await server.call(path, { as: 'inspector', json: { subject: 'x', result: 'passed' } })).status).toBe(201);
    expect(
      (await server.call(path, { as: 'partner', sites: [places.wholesaler], method: 'POST', body: formOf(failed) }))
        .status,
    ).toBe(201);
    expect(
      (await server.call(path, { as: 'owner', sites: [places.dingxiang], json: { subject: 'x', result: 'failed' } }))
        .status,
    ).toBe(403);
  });
});

describe('a test that failed', () => {
  const proposals = () => text('/recalls');

  it('holds the lot, and its recall is proposed where inspectors look, with the form filled in both languages', async () => {
    expect(await proposals()).not.toContain('id="proposals"');
    const done = await send(formOf(failed));
    expect(done.headers.get('location')).toBe(`/lots/${lotId}?notice=tested_held#tests`);
    const list = await proposals();
    expect(list).toContain('2026-11-20 检出克伦特罗不合格');
    expect(list).toMatch(/href="\/recalls"[^>]*>[^<]*召回[\s\S]{0,200}?1</);
    const href = /id="proposals"[\s\S]*?href="(\/recalls\/new[^"]+)"/.exec(list)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(await text(`/lots/${lotId}`)).toContain(href.replaceAll('&', '&amp;'));
    expect(await text(`/lots/${lotId}`, supplier)).not.toContain('/recalls/new');
    const form = await text(href);
    expect(form).toContain('检验不合格：克伦特罗（检出 0.8 μg/kg；市食检院；2026-11-20）');
    expect(form).toContain('Failed its test for 克伦特罗 (检出 0.8 μg/kg; 市食检院; 2026-11-20)');
    expect(form).toContain(`value="${code}"`);
  });

  it('stays proposed when its sender enters one that passed, until it is released or recalled', async () => {
    await send(formOf(failed));
    server.clock.pass(60_000);
    await send(formOf({ subject: '克伦特罗', result: 'passed' }));
    expect(await proposals()).toContain('id="proposals"');
    server.clock.pass(60_000);
    await server.call(`/lots/${lotId}/released`, { ...inspector, form: { reason: '复检合格' } });
    expect(await proposals()).not.toContain('id="proposals"');
    server.clock.pass(60_000);
    await send(formOf(failed));
    expect(await proposals()).toContain('id="proposals"');
    const recall = { code, reason: '克伦特罗', hours: '24', step: 'publish' };
    expect((await server.call('/recalls/new', { ...inspector, form: recall })).status).toBe(303);
    expect(await proposals()).not.toContain('id="proposals"');
  });
});
