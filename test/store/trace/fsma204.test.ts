// FSMA 204: the same events as a sortable spreadsheet, every Key Data Element in its column.
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { xlsxFile } from '../../../server/http/xlsx-file.ts';
import { fsmaRows, fsmaRowsOfRecall, fsmaRowsOfSpan } from '../../../server/trace/fsma204/fsma204-store.ts';
import { fsmaSheets } from '../../../server/trace/fsma204/fsma204-workbook.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { registerPlace, registerProduct } from '../../../server/trace/place/register-place.ts';
import { startRecall } from '../../../server/trace/recall/start-recall.ts';
import { dayOne, events, hour, inspector, lotUri, openChainHouse, places, products } from '../../support/cast.ts';

const carcass = lotUri(products.carcass, 'C1');
const belly = lotUri(products.belly, 'B1');

function house() {
  const opened = openChainHouse();
  registerPlace(opened, {
    siteId: places.slaughterhouse,
    name: '平谷屠宰场',
    nameEn: 'Pinggu slaughterhouse',
    kind: 'slaughterhouse',
    addressEn: '1 Farm Road',
  });
  registerProduct(opened, { gtin: products.belly, name: '五花肉', nameEn: '=Pork belly', unit: 'KGM' });
  const order = { bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:6900000000014:PO-7' }] };
  opened.capture([
    events.commission(hour(0), places.slaughterhouse, [[carcass, 100, 'KGM']]),
    events.transform(hour(1), places.slaughterhouse, [[carcass, 40, 'KGM']], [[belly, 38, 'KGM']]),
    events.ship(hour(2), places.slaughterhouse, places.dingxiang, [[belly, 20, 'KGM']], order),
    events.receive(hour(17), places.dingxiang, places.slaughterhouse, [[belly, 20, 'KGM']]),
    events.sell(hour(18), places.dingxiang, [[belly, 1, 'KGM']]),
  ]);
  return opened;
}

describe('the FSMA 204 rows', () => {
  it('name each tracking event with its lot, amount, places, date and documents', () => {
    const opened = house();
    const lotIds = [carcass, belly].map((code) => lotByCode(opened.db, code)!.id);
    const { rows, truncated } = fsmaRows(opened.db, lotIds);
    const slaughterhouse = `Pinggu slaughterhouse (${places.slaughterhouse}), 1 Farm Road`;
    const kitchen = `${places.dingxiang} (${places.dingxiang})`;
    expect(truncated).toBe(false);
    expect(rows.map((row) => [row.event, row.lotCode, row.quantity, row.unit, row.date])).toEqual([
      ['Initial packing', carcass, 100, 'KGM', '2026-11-20'],
      ['Transformation (input)', carcass, 40, 'KGM', '2026-11-20'],
      ['Transformation (output)', belly, 38, 'KGM', '2026-11-20'],
      ['Shipping', belly, 20, 'KGM', '2026-11-20'],
      ['Receiving', belly, 20, 'KGM', '2026-11-21'],
    ]);
    expect(rows[3]).toMatchObject({
      location: slaughterhouse,
      nextRecipient: kitchen,
      previousSource: '',
      lotCodeSource: slaughterhouse,
    });
    expect(rows[3]?.documents).toContain('PO-7');
    expect(rows[4]).toMatchObject({
      location: kitchen,
      previousSource: slaughterhouse,
      nextRecipient: '',
      lotCodeSource: slaughterhouse,
    });
  });

  it('are all lots of a recall, or of a span of days', () => {
    const opened = house();
    const { recallId } = startRecall(
      opened,
      { lotId: lotByCode(opened.db, carcass)!.id, reason: 'clenbuterol' },
      inspector,
    );
    expect(fsmaRowsOfRecall(opened.db, recallId).rows).toHaveLength(5);
    expect(fsmaRowsOfSpan(opened.db, hour(1.5), hour(2.5)).rows.map((row) => row.event)).toEqual(['Shipping']);
  });

  it('tell harvest, cooling and packing of one lot, each with the farm, its telephone, the field and the days', () => {
    const opened = openChainHouse();
    const packer = { siteId: places.wholesaler, name: 'Yunxi packers', kind: 'distributor' };
    registerPlace(opened, {
      siteId: places.farm,
      name: 'Hefeng farm',
      kind: 'farm',
      address: '12 Hefeng',
      phone: '0578-1',
    });
    registerPlace(opened, packer);
    registerProduct(opened, { gtin: products.mince, name: 'Lettuce', variety: 'Romaine', unit: 'KGM' });
    const lettuce = lotUri(products.mince, 'L1');
    const field = { readPoint: { id: `https://id.gs1.org/414/${places.farm}/254/field-7` } };
    opened.capture([
      events.commission(hour(0), places.farm, [[lettuce, 90, 'KGM']], {
        bizStep: 'https://example.org/step/harvesting',
        ...field,
      }),
      events.observe(hour(3), places.farm, [[lettuce, 88, 'KGM']], { bizStep: 'https://example.org/step/cooling' }),
      events.ship(hour(26), places.farm, places.wholesaler, [[lettuce, 88, 'KGM']]),
      events.receive(hour(28), places.wholesaler, places.farm, [[lettuce, 88, 'KGM']]),
      events.observe(hour(30), places.wholesaler, [[lettuce, 85, 'KGM']], {
        bizStep: 'https://example.org/step/initial_packing',
      }),
      events.observe(hour(31), places.wholesaler, [[lettuce, 85, 'KGM']]),
    ]);
    const lotId = lotByCode(opened.db, lettuce)!.id;
    const { rows } = fsmaRows(opened.db, [lotId]);
    const farm = `Hefeng farm (${places.farm}), 12 Hefeng, tel. 0578-1`;
    const next = `Yunxi packers (${places.wholesaler})`;
    expect(rows.map(({ event, quantity, date }) => [event, quantity, date])).toEqual([
      ['Harvesting', 90, '2026-11-20'],
      ['Cooling', 88, '2026-11-20'],
      ['Shipping', 88, '2026-11-21'],
      ['Receiving', 88, '2026-11-21'],
      ['Initial packing', 85, '2026-11-21'],
    ]);
    expect(rows[0]).toMatchObject({
      location: farm,
      nextRecipient: next,
      variety: 'Romaine',
      product: 'Lettuce',
      unit: 'KGM',
    });
    expect(rows[0]?.harvestArea).toContain('field-7');
    expect(rows[1]).toMatchObject({ location: farm, nextRecipient: next, harvestFarm: farm });
    const packed = {
      location: next,
      harvester: 'Hefeng farm, tel. 0578-1',
      receivedDate: '2026-11-21',
      receivedQuantity: 88,
      receivedUnit: 'KGM',
      harvestFarm: farm,
      harvestDate: '2026-11-20',
      cooledAt: farm,
      coolingDate: '2026-11-20',
    };
    expect(rows[4]).toMatchObject(packed);
    const later = fsmaRowsOfSpan(opened.db, hour(29), hour(40)).rows;
    expect(later).toMatchObject([{ event: 'Initial packing', ...packed }]);
  });

  it('tell of lots that are packed first out of raw ones where these were harvested, cooled and received', () => {
    const opened = openChainHouse();
    registerPlace(opened, { siteId: places.farm, name: 'Hefeng farm', kind: 'farm', phone: '0578-1' });
    registerPlace(opened, { siteId: places.wholesaler, name: 'Yunxi packers', kind: 'distributor' });
    const [raw, packed] = [lotUri(products.mince, 'RAW'), lotUri(products.mince, 'PACKED')];
    opened.capture([
      events.commission(hour(0), places.farm, [[raw, 90, 'KGM']]),
      events.observe(hour(3), places.farm, [[raw, 90, 'KGM']], { bizStep: 'https://example.org/step/cooling' }),
      events.ship(hour(5), places.farm, places.slaughterhouse, [[raw, 90, 'KGM']]),
      events.receive(hour(8), places.slaughterhouse, places.farm, [[raw, 90, 'KGM']]),
      events.ship(hour(20), places.slaughterhouse, places.wholesaler, [[raw, 90, 'KGM']]),
      events.receive(hour(28), places.wholesaler, places.slaughterhouse, [[raw, 89, 'KGM']]),
      events.transform(hour(30), places.wholesaler, [[raw, 89, 'KGM']], [[packed, 400, 'EA']], {
        bizStep: 'https://example.org/step/initial_packing',
      }),
    ]);
    const { rows } = fsmaRows(opened.db, [lotByCode(opened.db, packed)!.id]);
    const farm = `Hefeng farm (${places.farm}), tel. 0578-1`;
    expect(rows).toMatchObject([
      {
        ...{ event: 'Initial packing', lotCode: packed, quantity: 400, unit: 'EA', date: '2026-11-21' },
        ...{ receivedDate: '2026-11-21', receivedQuantity: 89, receivedUnit: 'KGM' },
        ...{ harvestFarm: farm, harvester: 'Hefeng farm, tel. 0578-1', harvestDate: '2026-11-20' },
        ...{ cooledAt: farm, coolingDate: '2026-11-20', location: `Yunxi packers (${places.wholesaler})` },
        lotCodeSource: `Yunxi packers (${places.wholesaler})`,
      },
    ]);
  });

  it('call a landing that is only seen the first land-based receiving, with the days and the area of the catch', () => {
    const opened = openChainHouse();
    const cod = lotUri(products.prawn, 'P2');
    opened.capture([
      events.commission(hour(0), places.farm, [[cod, 9, 'KGM']], {
        bizStep: 'https://example.org/step/fishing_event',
        ilmd: {
          'cbvmda:harvestStartDate': '2026-11-18',
          'cbvmda:harvestEndDate': '2026-11-20',
          'cbvmda:catchArea': 'FAO 61',
        },
      }),
      events.observe(hour(5), places.wholesaler, [[cod, 9, 'KGM']], { bizStep: 'urn:gdst:bizStep:landing' }),
    ]);
    const { rows } = fsmaRows(opened.db, [lotByCode(opened.db, cod)!.id]);
    expect(rows).toMatchObject([
      { event: 'Harvesting' },
      {
        event: 'First land-based receiving',
        quantity: 9,
        harvestDate: '2026-11-18 – 2026-11-20',
        harvestArea: 'FAO 61',
      },
    ]);
  });

  it('have a column for every key data element of the rule', () => {
    const columns = fsmaSheets({ rows: [], truncated: false }, '', dayOne)[0]?.heading ?? [];
    const needed = [
      ...['Traceability lot code', 'Product description', 'Variety', 'Quantity', 'Unit of measure', 'Date'],
      ...['Location description', 'Immediate previous source', 'Immediate subsequent recipient'],
      ...['Traceability lot code source', 'Farm or vessel of harvest', 'Field, container or area of harvest'],
      ...['Date of harvest', 'Harvester name and telephone', 'Where cooled', 'Date of cooling'],
      ...['Date received', 'Quantity received', 'Reference document type and number'],
    ];
    expect(needed.filter((name) => !columns.includes(name))).toEqual([]);
  });

  it('name what a farm codes a harvest, and what comes from a vessel its first landing', () => {
    const opened = openChainHouse();
    registerPlace(opened, { siteId: places.farm, name: 'Min 7', kind: 'vessel' });
    const cod = lotUri(products.prawn, 'P1');
    opened.capture([
      events.commission(hour(0), places.farm, [[cod, 9, 'KGM']], { ilmd: { 'cbvmda:harvestStartDate': '2026-11-18' } }),
      events.receive(hour(5), places.wholesaler, places.farm, [[cod, 9, 'KGM']]),
    ]);
    const { rows } = fsmaRows(opened.db, [lotByCode(opened.db, cod)!.id]);
    const vessel = `Min 7 (${places.farm})`;
    expect(rows).toMatchObject([
      { event: 'Harvesting', location: vessel },
      { event: 'First land-based receiving', previousSource: vessel, harvestFarm: vessel, harvestDate: '2026-11-18' },
    ]);
  });

  it('of a span hold what was used up in it, though nothing of that lot came out', () => {
    const opened = house();
    const used = fsmaRowsOfSpan(opened.db, hour(0.5), hour(1.5)).rows.map((row) => [row.event, row.lotCode]);
    expect(used).toContainEqual(['Transformation (input)', carcass]);
  });

  it('become a spreadsheet no cell of which runs', async () => {
    const opened = house();
    const rows = fsmaRows(opened.db, [lotByCode(opened.db, belly)!.id]);
    const bytes = await xlsxFile(fsmaSheets(rows, 'lot B1', dayOne));
    const strings = unzipped(bytes, 'xl/sharedStrings.xml');
    expect(strings).toContain('Traceability lot code source');
    expect(strings).toMatch(/&apos;=Pork belly|'=Pork belly/);
    expect(strings).not.toContain('>=Pork belly');
  });
});

/** The text of one file in a zip, found through its central directory. */
function unzipped(zip: Buffer, name: string): string {
  const entry = Buffer.from([0x50, 0x4b, 1, 2]);
  for (let at = zip.indexOf(entry); at >= 0; at = zip.indexOf(entry, at + 1)) {
    const length = zip.readUInt16LE(at + 28);
    if (zip.toString('utf8', at + 46, at + 46 + length) !== name) continue;
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(from, from + zip.readUInt32LE(at + 20));
    return (zip.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data)).toString('utf8');
  }
  throw new Error(`${name} is not in the file`);
}
