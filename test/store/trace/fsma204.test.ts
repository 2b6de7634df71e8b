// FSMA 204: the same events as a sortable spreadsheet, every Key Data Element in its column.
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fsmaRows, fsmaRowsOfRecall, fsmaRowsOfSpan } from '../../../server/trace/fsma204/fsma204-store.ts';
import { fsmaWorkbook } from '../../../server/trace/fsma204/fsma204-workbook.ts';
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
    const { rows, truncated } = fsmaRows(opened.db, { lotIds });
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

  it('become a spreadsheet no cell of which runs', async () => {
    const opened = house();
    const rows = fsmaRows(opened.db, { lotIds: [lotByCode(opened.db, belly)!.id] });
    const bytes = await fsmaWorkbook(rows, 'lot B1', dayOne);
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
