// Documents as partners send them: other encodings, dates nobody can read, lots that contradict, times that cannot be.
import { describe, expect, it } from 'vitest';
import { digitalLinkPath, parseDigitalLink } from '../../../server/trace/code/digital-link.ts';
import { readLotCode } from '../../../server/trace/code/lot-code.ts';
import { readEpcisDocument } from '../../../server/trace/epcis/document.ts';
import { xmlDocument } from '../../../server/trace/epcis/xml-output.ts';
import type { JsonObject } from '../../../server/trace/event/event.ts';
import { eventHash } from '../../../server/trace/event/event-hash.ts';
import { lotFacts } from '../../../server/trace/event/event-lot-facts.ts';

const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];
const lot = 'https://id.gs1.org/01/06901234567892/10/A1';

const made = (more: JsonObject = {}): JsonObject => ({
  type: 'ObjectEvent',
  action: 'ADD',
  eventTime: '2026-11-20T08:00:00Z',
  eventTimeZoneOffset: '+08:00',
  quantityList: [{ epcClass: lot, quantity: 5, uom: 'KGM' }],
  bizStep: 'commissioning',
  ...more,
});

function read(...events: JsonObject[]) {
  const document = {
    '@context': context,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-11-20T08:00:00Z',
    epcisBody: { eventList: events },
  };
  return readEpcisDocument(JSON.stringify(document), 'application/ld+json').entries;
}

const warnings = (more: JsonObject) =>
  read(made(more)).flatMap((entry) => entry.warnings.map(({ place, code }) => [place, code]));
const day = (text: string) => Date.parse(`${text}T00:00:00+08:00`);

describe('the encoding of a document', () => {
  const xml = (encoding: string) =>
    `<?xml version="1.0" encoding="${encoding}"?><e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:1" schemaVersion="1.2" creationDate="2026-03-01T00:00:00Z"><EPCISBody><EventList><ObjectEvent><eventTime>2026-03-02T01:00:00Z</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset><epcList><epc>urn:epc:id:sgtin:9508000.012345.1</epc></epcList><action>OBSERVE</action><n:note xmlns:n="http://n.example">猪肉</n:note></ObjectEvent></EventList></EPCISBody></e:EPCISDocument>`;
  const wide = (text: string) => Buffer.from(text, 'utf16le');
  it.each([
    ['UTF-16 with its mark', wide(`\ufeff${xml('UTF-16')}`)],
    ['UTF-16 the other way round', wide(`\ufeff${xml('UTF-16')}`).swap16()],
    ['UTF-16 without a mark', wide(xml('UTF-16LE'))],
    ['UTF-16 the other way round without a mark', wide(xml('UTF-16BE')).swap16()],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${xml('UTF-8')}`)],
    ['UTF-8 that somebody converted and left UTF-16 in its first line', Buffer.from(xml('UTF-16'))],
    [
      'GB 18030',
      Buffer.concat(
        xml('GB18030')
          .split('猪肉')
          .flatMap((part, index) => [...(index === 0 ? [] : [Buffer.from('d6edc8e2', 'hex')]), Buffer.from(part)]),
      ),
    ],
  ])('is read when it is %s', (_, bytes) => {
    const { faults, entries } = readEpcisDocument(bytes, 'application/xml');
    expect(faults).toEqual([]);
    expect(entries[0]?.event?.json['n:note']).toBe('猪肉');
  });

  it('is refused by its name when it is another than it says', () => {
    const { faults } = readEpcisDocument(
      Buffer.concat([Buffer.from(xml('UTF-8')), Buffer.from([0xff, 0x80])]),
      'text/xml',
    );
    expect(faults).toMatchObject([{ code: 'not_text', detail: 'the document is not UTF-8 text' }]);
    expect(readEpcisDocument(Buffer.from(xml('x-klingon')), 'text/xml').faults).toMatchObject([{ code: 'not_text' }]);
  });
});

describe('the dates of a lot', () => {
  const expiry = (ilmd: JsonObject) => {
    const [entry] = read(made({ ilmd }));
    return lotFacts(entry!.event!)?.said?.expiresAt;
  };
  it.each([
    ['the standard’s attribute', { 'cbvmda:itemExpirationDate': '2026-12-31' }],
    ['best before', { 'cbvmda:bestBeforeDate': '2026-12-31' }],
    ['sell by', { 'cbvmda:sellByDate': '2026-12-31' }],
    ['the whole URN', { 'urn:epcglobal:cbv:mda:itemExpirationDate': '2026-12-31' }],
    ['GS1’s Web Vocabulary', { 'gs1:expirationDate': '2026-12-31' }],
    ['the whole address of GS1’s Web Vocabulary', { 'https://gs1.org/voc/expirationDate': '2026-12-31' }],
    ['a typed value', { 'cbvmda:itemExpirationDate': { '@type': 'xsd:date', '@value': '2026-12-31' } }],
    ['a day with a zone', { 'cbvmda:itemExpirationDate': '2026-12-31+08:00' }],
    ['the digits of a label', { 'cbvmda:itemExpirationDate': '261231' }],
    ['the last day of a month on a label', { 'cbvmda:itemExpirationDate': '261200' }],
    ['a day written as its midnight', { 'cbvmda:itemExpirationDate': '2026-12-31T00:00:00+08:00' }],
    ['a day written as midnight in London', { 'cbvmda:itemExpirationDate': '2026-12-31T00:00:00.000Z' }],
    ['a month', { 'cbvmda:itemExpirationDate': '2026-12' }],
    ['use-by before best before', { 'cbvmda:bestBeforeDate': '2026-11-01', 'cbvmda:itemExpirationDate': '2026-12-31' }],
  ])('are read from %s', (_, ilmd) => {
    expect(expiry(ilmd)).toBe(day('2027-01-01') - 1);
  });

  it('are a moment where the document gives one', () => {
    expect(expiry({ 'gs1:expirationDateTime': '2026-12-31T12:00:00+09:00' })).toBe(Date.parse('2026-12-31T03:00:00Z'));
    expect(expiry({ 'gs1:expirationDateTime': '2026-12-31T12:00:00' })).toBe(Date.parse('2026-12-31T04:00:00Z'));
  });

  it('are warned of where nobody can read them, and a sender’s own attributes are not', () => {
    expect(
      warnings({ ilmd: { 'cbvmda:itemExpirationDate': '31/12/2026', 'cbvmda:productionDate': '2026-02-30' } }),
    ).toEqual([
      ['/epcisBody/eventList/0/ilmd/cbvmda:itemExpirationDate', 'unreadable_date'],
      ['/epcisBody/eventList/0/ilmd/cbvmda:productionDate', 'unreadable_date'],
    ]);
    expect(expiry({ 'cbvmda:itemExpirationDate': '31/12/2026' })).toBeNull();
    expect(warnings({ ilmd: { 'ex:itemExpirationDate': 'soon', 'cbvmda:itemExpirationDate': '2026-12-31' } })).toEqual(
      [],
    );
  });
});

describe('an event', () => {
  it('whose master data names another lot than its goods is told so', () => {
    expect(warnings({ ilmd: { 'cbvmda:lotNumber': 'B2' } })).toEqual([
      ['/epcisBody/eventList/0/ilmd/cbvmda:lotNumber', 'lot_contradicts'],
    ]);
    expect(warnings({ ilmd: { 'cbvmda:lotNumber': 'A1' } })).toEqual([]);
    const piece = {
      quantityList: [],
      epcList: ['https://id.gs1.org/01/06901234567892/21/7'],
      ilmd: { 'cbvmda:lotNumber': 'B2' },
    };
    expect(warnings(piece)).toEqual([]);
  });

  it('that happened after it was recorded, or long before, is told so', () => {
    const at = '/epcisBody/eventList/0/eventTime';
    expect(warnings({ recordTime: '2026-11-20T00:00:00Z' })).toEqual([[at, 'after_record']]);
    expect(warnings({ recordTime: '2026-11-20T07:50:00Z' })).toEqual([]);
    expect(warnings({ recordTime: '2028-01-01T00:00:00Z' })).toEqual([[at, 'long_before_record']]);
  });

  it('with several certificates is written in XML with one where the schema wants it, and read again whole', () => {
    const certificates = ['https://a.example/1', 'https://a.example/2', 'https://a.example/3'];
    const [entry] = read(made({ certificationInfo: certificates }));
    const { json, context: read1 } = entry!.event!;
    const xml = xmlDocument([{ ...json, '@context': read1.namespaces as JsonObject }], { creationDateMs: 0 });
    expect(xml.match(/<certificationInfo>/g)).toHaveLength(1);
    const [again] = readEpcisDocument(xml, 'application/xml').entries;
    expect(again?.faults).toEqual([]);
    expect(again?.event?.certificationInfo).toEqual(certificates);
    expect(eventHash(again!.event!)).toBe(eventHash(entry!.event!));
  });
});

describe('a Digital Link with a lot beside a third party’s serial', () => {
  const uri = 'https://id.gs1.org/01/06901234567892/235/TPX9?10=LOT%2F1';
  it('has the lot as an attribute, as GS1’s own engine reads it', () => {
    const link = parseDigitalLink(uri);
    expect(link).toMatchObject({
      ok: true,
      qualifiers: [{ ai: '235', value: 'TPX9' }],
      attributes: [{ ai: '10', value: 'LOT/1' }],
    });
    expect(readLotCode(uri)).toMatchObject({ ok: true, kind: 'gtin', lot: 'LOT/1' });
    if (link.ok)
      expect(`https://id.gs1.org${digitalLinkPath([link.key, ...link.qualifiers, ...link.attributes])}`).toBe(uri);
  });

  it('is refused where the lot belongs into the path, or a serial stands beside', () => {
    expect(parseDigitalLink('https://id.gs1.org/01/06901234567892?10=A')).toMatchObject({
      ok: false,
      fault: 'not_an_attribute',
    });
    expect(parseDigitalLink('https://id.gs1.org/01/06901234567892/21/7?10=A')).toMatchObject({
      ok: false,
      fault: 'not_an_attribute',
    });
    expect(parseDigitalLink('https://id.gs1.org/01/06901234567892/235/T?21=7')).toMatchObject({ ok: false });
  });
});
