// XML as converters, careless hands and attackers make it: refused at its place, or taken with what was not understood told.
import { expect, it } from 'vitest';
import { allFaults, readEpcisDocument } from '../../../server/trace/epcis/document.ts';

const goods = '<epcClass>urn:epc:class:lgtin:6900000.000001.L1</epcClass><quantity>10</quantity><uom>KGM</uom>';
const listed = (inside: string) => `<quantityList><quantityElement>${inside}</quantityElement></quantityList>`;
const event = (more: string, list = listed(goods)) =>
  `<ObjectEvent><eventTime>2026-11-22T08:00:00+08:00</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset><epcList/><action>ADD</action>${list}${more}</ObjectEvent>`;
const xml = (inside: string, before = '') =>
  `<?xml version="1.0" encoding="UTF-16"?>${before}<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2" xmlns:cbvmda="urn:epcglobal:cbv:mda" schemaVersion="2.0" creationDate="2026-11-22T00:00:00Z"><EPCISBody><EventList>${inside}</EventList></EPCISBody></e:EPCISDocument>`;
const ilmd = (inside: string) => event(`<ilmd>${inside}</ilmd>`);

const faults = (document: string | Uint8Array) =>
  allFaults(readEpcisDocument(document, 'application/xml')).map(
    ({ code, place }) => `${code} ${place.split('/').at(-1)}`,
  );
const warnings = (inside: string) => {
  const reading = readEpcisDocument(xml(inside), 'application/xml');
  expect(allFaults(reading)).toEqual([]);
  return reading.entries.flatMap((entry) => entry.warnings.map(({ code, detail }) => [code, detail]));
};

it.each([
  [
    'text beside elements',
    event(
      '',
      '<quantityList>urn:epc:class:lgtin:6900000.000001.L9</quantityList>'.replace(
        '</',
        `${listed(goods).slice(14, -15)}</`,
      ),
    ),
    'stray_text quantityList (line 1)',
  ],
  [
    'a unit as an attribute',
    event('', listed(goods.replace('<quantity>', '<quantity uom="TNE">'))),
    'unknown_field quantity (line 1)',
  ],
  [
    'two blocks of master data',
    event('<ilmd><cbvmda:lotNumber>L1</cbvmda:lotNumber></ilmd><ilmd><cbvmda:lotNumber>L1</cbvmda:lotNumber></ilmd>'),
    'repeated ilmd[2] (line 1)',
  ],
  ['a control character of a cut file', event('<x:a xmlns:x="urn:x">a\u0001b</x:a>'), 'xml_syntax line 1'],
  ['a character by a number that is none', event('<x:a xmlns:x="urn:x">&#0;</x:a>'), 'xml_entity '],
  ['an amount with a comma', event('', listed(goods.replace('10', '1,5'))), 'not_a_number quantity (line 1)'],
  [
    'two amounts',
    event('', listed(goods.replace('<uom>', '<quantity>9</quantity><uom>'))),
    'repeated quantity[2] (line 1)',
  ],
  ['an undeclared prefix', ilmd('<cbv:lotNumber>L1</cbv:lotNumber>'), 'xml_prefix cbv:lotNumber (line 1)'],
  ['seventy levels', event(`<x:a xmlns:x="urn:x">${'<x:b>'.repeat(70)}${'</x:b>'.repeat(70)}</x:a>`), 'too_deep '],
])('%s is refused at its place', (_what, inside, fault) => {
  expect(faults(xml(inside))).toEqual([fault]);
});

it('a document that defines entities is refused, however its document type is written', () => {
  for (const type of [
    '<!DOCTYPE x [<!ENTITY e "1">]>',
    '<!DOCTYPE x ">" [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    '<!doctype x [<!ELEMENT y ANY>]>',
  ])
    expect(faults(xml(event(''), type)), type).toEqual(['xml_doctype ']);
});

it('a document in UTF-16 is read with a mark and without one, either way round, and half a character is no text', () => {
  const little = Buffer.from(xml(event('')), 'utf16le');
  for (const bytes of [little, Buffer.from(little).swap16(), Buffer.concat([Buffer.from([0xff, 0xfe]), little])])
    expect(faults(bytes)).toEqual([]);
  expect(faults(Buffer.concat([little, Buffer.from([0x20])]))).toEqual(['not_text ']);
});

it('entities, comments and marked sections within a value are one value', () => {
  const inside = goods.replace('.L1', '.L&#49;').replace('10', '1<!-- 2 -->0');
  const [entry] = readEpcisDocument(xml(event('', listed(inside))), 'application/xml').entries;
  expect(JSON.stringify(entry?.event)).toContain('6900000.000001.L1');
  expect(JSON.stringify(entry?.event)).toContain('"quantity":10');
});

it.each([
  [
    'another namespace',
    '<cbvmda:itemExpirationDate xmlns:cbvmda="urn:wrong">2026-12-31</cbvmda:itemExpirationDate>',
    'not_standard',
    'itemExpirationDate',
  ],
  [
    'other capitals',
    '<cbvmda:ItemExpirationDate>2026-12-31</cbvmda:ItemExpirationDate>',
    'not_standard',
    'write cbvmda:itemExpirationDate',
  ],
  [
    'a sender’s own prefix',
    '<my:productionDate xmlns:my="urn:my">2026-12-31</my:productionDate>',
    'not_standard',
    '"urn:my"',
  ],
  [
    'two days',
    '<cbvmda:itemExpirationDate>2026-12-31</cbvmda:itemExpirationDate><cbvmda:itemExpirationDate>2027-01-31</cbvmda:itemExpirationDate>',
    'said_twice',
    '2026-12-31',
  ],
  ['an attribute instead of text', '<cbvmda:itemExpirationDate value="2026-12-31"/>', 'unreadable_date', 'not kept'],
  [
    'an element instead of text',
    '<cbvmda:itemExpirationDate><cbvmda:v>2026-12-31</cbvmda:v></cbvmda:itemExpirationDate>',
    'unreadable_date',
    'not kept',
  ],
])('an expiry in %s is warned of, where it was lost without a word', (_what, inside, code, part) => {
  const [told] = warnings(ilmd(inside));
  expect(told?.[0]).toBe(code);
  expect(told?.[1]).toContain(part);
});

it('an expiry of the standard beside a sender’s own is not warned of', () => {
  const own = '<my:itemExpirationDate xmlns:my="urn:my">soon</my:itemExpirationDate>';
  expect(warnings(ilmd(`${own}<cbvmda:itemExpirationDate>2026-12-31</cbvmda:itemExpirationDate>`))).toEqual([]);
});
