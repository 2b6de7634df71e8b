// Faults that users reported of other systems, each through the door it came by: balances, order, tables, scans, documents.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestServer, type TestServer } from '../../support/server.ts';

const folder = join(import.meta.dirname, '../../vectors/trace-cases');
const inputOf = (name: string): Buffer => {
  const [file] = readdirSync(join(folder, name)).filter((one) => one.startsWith('input.'));
  return readFileSync(join(folder, name, file ?? ''));
};
const goods = {
  X: 'https://id.gs1.org/01/09508511037535/10/X',
  P: 'https://id.gs1.org/01/09508542210198/10/P',
  Q: 'https://id.gs1.org/01/09508268536718/10/Q',
};
type Row = { lot: string; site: string; received: number | null; onHand: number | null; share: number | null };

async function captured(name: string): Promise<{ server: TestServer; answer: unknown }> {
  const server = openTestServer();
  const type = name === 'case-39' ? 'application/xml' : 'application/ld+json';
  const headers = { 'content-type': type };
  const sent = await server.call('/epcis/capture', { as: 'admin', body: new Uint8Array(inputOf(name)), headers });
  expect([200, 201, 202]).toContain(sent.status);
  return { server, answer: await sent.json() };
}

/** What a recall of X says of `lot` at the place whose number holds `at`. */
async function recalled(name: string) {
  const { server } = await captured(name);
  const started = await server.call('/api/recalls', { as: 'admin', json: { code: goods.X, reason: '兽药残留' } });
  const { id } = (await started.json()) as { id: string };
  const { scope } = (await (await server.call(`/api/recalls/${id}`, { as: 'admin' })).json()) as { scope: Row[] };
  return (lot: keyof typeof goods, at: string) =>
    scope.find((row) => row.lot === goods[lot] && row.site.startsWith(`9508000${at}`));
}

describe('a balance', () => {
  const amounts: [string, string, [keyof typeof goods, string, object][]][] = [
    ['case-01', 'delivered before the recalled goods came', [['P', '00011', { received: 150, onHand: 90, share: 50 }]]],
    [
      'case-02',
      'delivered before and after the recalled goods came',
      [
        ['P', '00011', { onHand: 45, share: 25 }],
        ['P', '00033', { onHand: 45, share: 25 }],
      ],
    ],
    ['case-03', 'recalled goods from another plant', [['P', '00011', { received: 120, onHand: 80, share: 10 }]]],
    ['case-04', 'kilograms less pieces', [['X', '00011', { onHand: null }]]],
    ['case-05', 'pieces less kilograms', [['X', '00011', { onHand: null }]]],
    ['case-08', 'ten kilograms of meat in thirty of soup', [['P', '00011', { onHand: 30, share: 10 }]]],
  ];
  it.each(amounts)('%s (%s) is right', async (name, _what, rows) => {
    const at = await recalled(name);
    for (const [lot, site, right] of rows) expect(at(lot, site)).toMatchObject(right);
  });
});

describe('an order of events', () => {
  it('case-09 (a clock that is eight hours off) is followed anyway, and no share is made up', async () => {
    const at = await recalled('case-09');
    expect(at('Q', '00022')).toMatchObject({ scope: 'potential', share: null });
  });
});

describe('a table', () => {
  const send = async (name: string, bytes: Buffer, preview: Record<string, string>) => {
    const form = new FormData();
    form.set('file', new File([new Uint8Array(bytes)], name));
    for (const [field, value] of Object.entries(preview)) form.set(field, value);
    const answer = await openTestServer().call('/api/lots/import', { as: 'admin', body: form });
    return { status: answer.status, ...((await answer.json()) as { faults?: object[]; lots?: { code: string }[] }) };
  };
  const taken: [string, string, string[]][] = [
    ['case-16', 'Excel’s Unicode text', ['01/06901234567892/10/B1']],
    ['case-18', 'units of a Chinese kitchen', ['B1', 'B2', 'B3', 'B4', 'B5', 'B6']],
    ['case-20', 'headings with blanks inside', ['01/06901234567892/10/B1']],
    ['case-21', 'a title above the headings', ['01/06901234567892/10/B1']],
    ['case-25', 'a guard before digits', [':00123456789012345678', ':00123456789012345679']],
    ['case-26', 'tabs beside commas', [':00123456789012345678']],
  ];
  it.each(taken)('%s (%s) is taken', async (name, _what, codes) => {
    const { status, lots = [] } = await send(`${name}.csv`, inputOf(name), {});
    expect(status).toBe(201);
    expect(lots.map(({ code }, index) => code.endsWith(codes[index] ?? '?'))).toEqual(codes.map(() => true));
  });

  const refused: [string, string, object[]][] = [
    ['case-11', 'numbers beyond fifteen digits', ['A2', 'A3'].map((cell) => ({ code: 'cut_code', cell }))],
    ['case-14', 'a day in the column of lots', [{ code: 'day_for_code', cell: 'B2', level: 'doubt' }]],
  ];
  it.each(refused)('%s (%s) is refused by its cell', async (name, _what, faults) => {
    const { status, faults: said } = await send(`${name}.xlsx`, inputOf(name), {});
    expect(status).toBe(400);
    expect(said).toMatchObject(faults);
  });

  it('keeps the product and the amount of case-26 and case-20', async () => {
    const preview = { preview: '1' };
    expect(await send('a.csv', inputOf('case-26'), preview)).toMatchObject({ rows: [{ cells: { product: '猪肉' } }] });
    expect(await send('a.csv', inputOf('case-20'), preview)).toMatchObject({
      rows: [{ cells: { gtin: '6901234567892', product: '猪肉', quantity: '10' } }],
    });
  });
});

describe('a scan', () => {
  const linesOf = (name: string) =>
    inputOf(name)
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '');
  const receive = (server: TestServer, code: string) =>
    server.call('/api/receipts', {
      as: 'owner',
      sites: ['local:shop'],
      json: { at: '2026-11-22T10:30:00+08:00', boxes: [{ code }] },
    });

  it.each(linesOf('case-33'))('case-33 (whatever element stands first) reads %s', async (code) => {
    const said = await openTestServer().call(`/api/scans?code=${encodeURIComponent(code)}`, { as: 'admin' });
    expect(said.status).toBe(200);
    expect(JSON.stringify(await said.json())).toContain('06901234567892');
  });

  it('case-36 (weight and day in the code) fills the delivery', async () => {
    const server = openTestServer();
    const [code = ''] = linesOf('case-36');
    expect(await (await receive(server, code)).json()).toMatchObject({
      lots: [{ batch: 'D00', expiresOn: '2027-02-28' }],
    });
    const kept = server.db.sqlite.prepare('SELECT quantity, unit FROM edge_out WHERE role = 4').get();
    expect(kept).toEqual({ quantity: 12.345, unit: 'KGM' });
  });

  it('case-37 (a day that is over) warns before it is taken', async () => {
    const [code = ''] = linesOf('case-37');
    expect(await (await receive(openTestServer(), code)).json()).toMatchObject({ warnings: [{ code: 'expired' }] });
  });
});

describe('a document', () => {
  it('case-39 (XML in UTF-16) is read', async () => {
    expect((await captured('case-39')).answer).toMatchObject({ accepted: 1, refused: 0 });
  });

  it('case-40 (an expiry that nobody can read) is warned of, at its place', async () => {
    const { answer } = await captured('case-40');
    expect(JSON.stringify(answer)).toContain('unreadable_date');
    expect(answer).toMatchObject({ accepted: 1, warned: 1 });
  });
});
