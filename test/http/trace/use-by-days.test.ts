// A use-by day holds to its end, in whichever door it came and however it was written: nothing turns expired in the morning.
import { strToU8, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(() => {
  server = openTestServer();
});

const wang = { as: 'partner', sites: [places.wholesaler] } as const;
const cook = { as: 'owner', sites: [places.dingxiang] } as const;
/** The last millisecond of 31 December 2026 in Beijing. */
const endOfYear = Date.parse('2026-12-31T23:59:59.999+08:00');

function expiryOf(batch: string): unknown {
  const ask = server.db.sqlite.prepare('SELECT expires_at FROM lot WHERE coalesce(batch, origin_batch) = ?');
  return ask.pluck().get(batch);
}

async function sent(path: string, init: Parameters<TestServer['call']>[1]): Promise<void> {
  const response = await server.call(path, init);
  expect([200, 201, 202, 303].includes(response.status), `${response.status} ${await response.clone().text()}`).toBe(
    true,
  );
}

async function captured(name: string, value: string, batch: string): Promise<void> {
  const ilmd = { ilmd: { [`cbvmda:${name}`]: value } };
  const list = [
    { ...events.commission(hour(0), places.wholesaler, [[lotUri(products.belly, batch), 5, 'KGM']]), ...ilmd },
  ];
  const body = JSON.parse(documentOf(list).toString()) as { '@context': unknown[] };
  body['@context'] = [...body['@context'], { cbvmda: 'urn:epcglobal:cbv:mda:' }];
  await sent('/epcis/capture', { ...wang, json: body, headers: { 'content-type': 'application/ld+json' } });
}

async function capturedXml(name: string, value: string, batch: string): Promise<void> {
  const xml = `<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" xmlns:cbvmda="urn:epcglobal:cbv:mda" schemaVersion="2.0" creationDate="2026-11-22T00:00:00Z"><EPCISBody><EventList><ObjectEvent><eventTime>2026-11-22T08:00:00+08:00</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset><epcList/><action>ADD</action><bizStep>commissioning</bizStep><readPoint><id>https://id.gs1.org/414/${places.wholesaler}</id></readPoint><quantityList><quantityElement><epcClass>${lotUri(products.belly, batch)}</epcClass><quantity>5</quantity><uom>KGM</uom></quantityElement></quantityList><ilmd><cbvmda:${name}>${value}</cbvmda:${name}></ilmd></ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>`;
  await sent('/epcis/capture', { ...wang, body: xml, headers: { 'content-type': 'application/xml' } });
}

async function imported(rows: string | Buffer, name = 'a.csv'): Promise<void> {
  const form = new FormData();
  form.set('file', new File([rows as string], name));
  await sent('/api/lots/import', { ...wang, body: form });
}

/** A workbook whose one day is a number in the format of a day. */
function workbook(batch: string): Buffer {
  const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const sheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">${cell('A1', '产地')}${cell('B1', '批次')}${cell('C1', '品名')}${cell('D1', '保质期至')}</row><row r="2">${cell('A2', '白沙村')}${cell('B2', batch)}${cell('C2', '青菜')}<c r="D2" s="1"><v>46387</v></c></row></sheetData></worksheet>`;
  const files = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml':
      '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/styles.xml':
      '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    'xl/worksheets/sheet1.xml': sheet,
  };
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))));
}

const lot = { origin: '白沙村', product: '青菜', quantity: 4, unit: 'kg', madeAt: places.wholesaler };
const spellings = [
  '2026-12-31',
  '2026/12/31',
  '2026年12月31日',
  '2026.12.31',
  '20261231',
  '261231',
  '2026-12',
  '31 Dec 2026',
];

const doors: readonly (readonly [string, (batch: string) => Promise<void>])[] = [
  ...spellings.map(
    (day) =>
      [
        `POST /api/lots, ${day}`,
        (batch: string) => sent('/api/lots', { ...wang, json: { ...lot, batch, expiresAt: day } }),
      ] as const,
  ),
  ...spellings.map(
    (day) =>
      [`a sheet, ${day}`, (batch: string) => imported(`产地,批次,品名,保质期至\n白沙村,${batch},青菜,${day}`)] as const,
  ),
  [
    'a sheet, the days a spreadsheet counts',
    (batch) => imported(`产地,批次,品名,保质期至\n白沙村,${batch},青菜,46387`),
  ],
  ['a workbook, a cell that is a day', (batch) => imported(workbook(batch), 'a.xlsx')],
  [
    'a sheet, a day and how long it keeps',
    (batch) => imported(`产地,批次,品名,生产日期,保质期\n白沙村,${batch},青菜,2026-11-21,40天`),
  ],
  [
    'a sheet, a scanned code in a cell',
    (batch) => imported(`条码,品名,数量\n(01)06901234567892(10)${batch}(17)261231,青菜,2`),
  ],
  [
    'the form of a new lot',
    (batch) =>
      sent('/lots/new', {
        ...wang,
        form: { ...text(lot), batch, expiresAt: '2026-12-31' },
        headers: { accept: 'text/html' },
      }),
  ],
  ['JSON-LD, itemExpirationDate', (batch) => captured('itemExpirationDate', '2026-12-31', batch)],
  ['JSON-LD, the day with a zone', (batch) => captured('itemExpirationDate', '2026-12-31Z', batch)],
  ['JSON-LD, midnight for the day', (batch) => captured('itemExpirationDate', '2026-12-31T00:00:00Z', batch)],
  ['JSON-LD, bestBeforeDate', (batch) => captured('bestBeforeDate', '2026-12-31', batch)],
  ['JSON-LD, sellByDate', (batch) => captured('sellByDate', '2026-12-31', batch)],
  ['XML, itemExpirationDate', (batch) => capturedXml('itemExpirationDate', '2026-12-31', batch)],
  ['XML, bestBeforeDate', (batch) => capturedXml('bestBeforeDate', '2026-12-31', batch)],
  ['a receipt, as typed', (batch) => received(batch, { expiresOn: '2026-12-31' })],
  ['a receipt, typed with strokes', (batch) => received(batch, { expiresOn: '2026/12/31' })],
  ['a receipt, from the code', (batch) => received(`${batch}`, {}, '(17)261231')],
  ['the receiving page', (batch) => receivedByForm(batch)],
];

async function known(batch: string): Promise<string> {
  const list = [events.commission(hour(0), places.wholesaler, [[lotUri(products.belly, batch), 5, 'KGM']])];
  await sent('/epcis/capture', {
    ...wang,
    body: documentOf(list).toString(),
    headers: { 'content-type': 'application/ld+json' },
  });
  return `(01)${products.belly}(10)${batch}`;
}

async function received(batch: string, more: object, behind = ''): Promise<void> {
  const box = { code: `${await known(batch)}${behind}`, quantity: 2, unit: '斤', ...more };
  await sent('/api/receipts', { ...cook, json: { site: places.dingxiang, boxes: [box] } });
}

async function receivedByForm(batch: string): Promise<void> {
  const form = {
    site: places.dingxiang,
    'boxes.0.code': await known(batch),
    'boxes.0.quantity': '1,000',
    'boxes.0.unit': 'KGM',
    'boxes.0.expiresOn': '2026-12-31',
  };
  await sent('/receive', { ...cook, form, headers: { accept: 'text/html' } });
}

function text(fields: object): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
}

describe('a use-by of 31 December holds to its last moment', () => {
  it.each(doors.map(([name, open], at) => ({ name, open, batch: `D${at}` })))('$name', async ({ open, batch }) => {
    await open(batch);
    expect(expiryOf(batch)).toBe(endOfYear);
  });

  it('also where the first of two days cannot be read', async () => {
    const list = [
      {
        ...events.commission(hour(0), places.wholesaler, [[lotUri(products.belly, 'TWO'), 5, 'KGM']]),
        ilmd: { 'cbvmda:itemExpirationDate': '31/12/26', 'cbvmda:bestBeforeDate': '2026-12-31' },
      },
    ];
    const body = JSON.parse(documentOf(list).toString()) as { '@context': unknown[] };
    body['@context'] = [...body['@context'], { cbvmda: 'urn:epcglobal:cbv:mda:' }];
    await sent('/epcis/capture', { ...wang, json: body, headers: { 'content-type': 'application/ld+json' } });
    expect(expiryOf('TWO')).toBe(endOfYear);
  });

  it('of a certificate too', async () => {
    const certificates = [{ kind: 'quarantine', number: 'Q1', issuedAt: '2026/11/01', expiresAt: '2026/12/31' }];
    await sent('/api/lots', { ...wang, json: { ...lot, batch: 'CERT', certificates } });
    const kept = server.db.sqlite
      .prepare("SELECT issued_at, expires_at FROM certificate WHERE number = 'Q1'")
      .raw()
      .get();
    expect(kept).toEqual([Date.parse('2026-11-01T00:00:00+08:00'), endOfYear]);
  });
});

it('a receipt takes 斤 and 1,000 as people write them', () => {
  const quantity = (batch: string) =>
    server.db.sqlite
      .prepare(
        `SELECT o.quantity FROM lot l JOIN holding h ON h.lot_id = l.id JOIN site s ON s.key = h.site_key AND s.id = ?
         JOIN edge_out o ON o.holding_id = h.id WHERE l.batch = ?`,
      )
      .pluck()
      .get(places.dingxiang, batch);
  const at = (name: string) => `D${doors.findIndex(([door]) => door === name)}`;
  expect(quantity(at('a receipt, as typed'))).toBe(1);
  expect(quantity(at('the receiving page'))).toBe(1_000);
});
