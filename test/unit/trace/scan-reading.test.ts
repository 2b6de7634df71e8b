// A code as it really arrives: typed on a Chinese keyboard, sent by a scanner that loses separators, pasted from a chat.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDigit } from '../../../server/trace/code/gs1.ts';
import { readLotCode, readScan } from '../../../server/trace/code/lot-code.ts';
import { placeOfCode } from '../../../server/trace/place/place-code.ts';

const gtin = '06975123400010';
const lot = 'PK-7b';
const key = `https://id.gs1.org/01/${gtin}/10/${lot}`;
const gs = '\u001d';

describe('a scanned code', () => {
  it.each([
    ['best before first', `15270105${'01'}${gtin}10${lot}`],
    ['production day first', `11260930${'01'}${gtin}10${lot}`],
    ['weight first', `310300250001${gtin}10${lot}`],
    ['lot first, separator sent', `10${lot}${gs}01${gtin}`],
    ['lot first, separator lost', `10${lot}01${gtin}`],
    ['the goods of a case, count before lot', `02${gtin}3724${gs}10${lot}`],
    ['the goods of a case, separator lost', `02${gtin}372410${lot}`],
    ['lot between dates', `17270630${'01'}${gtin}10${lot}${gs}11260930`],
    ['variant and lot', `01${gtin}22A1${gs}10${lot}`],
  ])('names the same lot whatever element stands first: %s', (_, text) => {
    expect(readLotCode(text)).toMatchObject({ ok: true, kind: 'gtin', key });
  });

  it.each([
    ['the group separator', gs],
    ['a caret', '^'],
    ['<GS>', '<GS>'],
    ['{GS}', '{GS}'],
    ['[gs] in lower case', '[gs]'],
    ['Ctrl+] as text', '^]'],
    ['<F8>', '<F8>'],
    ['a space', ' '],
    ['the picture of the character', '␝'],
    ['an escape', '\\x1d'],
    ['a bare bracket', ']'],
    ['a bar', '|'],
    ['Windows Alt+029', '↔'],
    ['Ctrl+] spelled out', 'Ctrl+]'],
    ['Control-] spelled out', 'Control-]'],
    ['a tab', '\t'],
    ['a line end', '\r\n'],
    ['a number sign', '#'],
    ['a box for what cannot be shown', '□'],
    ['a mark of a wrong code page', '\ufffd'],
    ['a paragraph sign', '¶'],
    ['a space that does not break', '\u00a0'],
    ['the name in Chinese brackets', '【GS】'],
    ['the byte in brackets', '<0x1D>'],
  ])('keeps lot and day apart with %s for the separator', (_, mark) => {
    const code = readLotCode(`01${gtin}10${lot}${mark}17270630`);
    expect(code).toMatchObject({ ok: true, key, elements: [{}, {}, { ai: '17', value: '270630' }] });
  });

  it('asks where no separator came and the end of the batch looks like a day', () => {
    const text = `01${gtin}10${lot}17270630`;
    expect(readLotCode(text)).toMatchObject({ ok: false, fault: 'separator_lost' });
    const { code, others } = readScan(text);
    expect(code).toMatchObject({ ok: true, lot: `${lot}17270630` });
    expect(others[0]).toMatchObject({ trust: 'likely', code: { key, elements: [{}, {}, { ai: '17' }] } });
  });

  it.each(['F8', 'GS', 'FNC1', '0x1D', 'Alt+029', ';', ',', '/', '*', '...'])(
    'asks whether %s before a day is the separator or the end of the batch',
    (mark) => {
      const text = `01${gtin}10${lot}${mark}17270630`;
      expect(readLotCode(text)).toMatchObject({ ok: false, fault: 'separator_lost' });
      expect(readScan(text).others.slice(0, 2)).toMatchObject([
        { trust: 'likely', code: { key, elements: [{}, {}, { ai: '17', value: '270630' }] } },
        { trust: 'likely', code: { lot: `${lot}${mark}` } },
      ]);
    },
  );

  it.each([
    [`(01)${gtin}(10)${lot}<GS>(17)270630`],
    [`(01)${gtin}(10)${lot}${gs}(17)270630${gs}`],
    [`(01)${gtin}(10)${lot}^(17)270630`],
    [`(01)6975123400010(10)${lot}(17)270630`],
    [`]d2${gs}01${gtin}10${lot}${gs}${gs}17270630`],
    [`#01${gtin}10${lot}#17270630`],
  ])('takes no separator for a part of the batch, and the thirteen digits under the bars: %s', (text) => {
    expect(readLotCode(text)).toMatchObject({ ok: true, key, elements: [{}, {}, { ai: '17', value: '270630' }] });
  });

  it.each([[`01${gtin}10中文批${gs}17270630`], [`01${gtin}10中文批`], [`(01)${gtin}(10)中文批`]])(
    'gives a batch in Chinese a code of our own from a scanner as from a person: %s',
    (text) => {
      expect(readLotCode(text)).toMatchObject({ ok: true, kind: 'own', origin: gtin, batch: '中文批' });
    },
  );

  it('is no lot of our own where a product’s number stands before it, without a word or with one', () => {
    for (const text of [`6975123400010/${lot}`, `6975123400010,${lot}`, `6975123400010\t${lot}`])
      expect(readScan(text).others, text).toMatchObject([{ trust: 'likely', code: { key } }]);
    expect(readLotCode(`{"gtin":"${gtin}","lot":"${lot}"}`)).toMatchObject({ ok: true, key });
    expect(readLotCode('{"a":1}').ok).toBe(false);
    expect(readLotCode('#A07')).toMatchObject({ ok: true, kind: 'own', batch: '#A07' });
  });

  it('asks too behind a symbology identifier, which survives where separators do not', () => {
    expect(readLotCode(`]d201${gtin}10${lot}17270630`)).toMatchObject({ ok: false, fault: 'separator_lost' });
    expect(readLotCode(`^01${gtin}10${lot}17270630`)).toMatchObject({ ok: true, lot: `${lot}17270630` });
  });

  it('does not ask about a batch that merely holds digits of an identifier', () => {
    for (const batch of ['L21B7', '2026-11-30', 'A10B', '30KG', '99/3', '17271399'])
      expect(readLotCode(`01${gtin}10${batch}`), batch).toMatchObject({ ok: true, lot: batch });
  });

  it.each([
    [`（01）${gtin}（10）${lot}`],
    [`【01】${gtin}【10】${lot}`],
    [`［01］${gtin}［10］${lot}`],
    [`[01]${gtin}[10]${lot}`],
    [`「(01)${gtin}(10)${lot}」`],
    [`“(01)${gtin}(10)${lot}”`],
    ['（０１）０６９７５１２３４０００１０（１０）ＰＫ－７ｂ'],
    [`(01) ${gtin} (10) ${lot}`],
    ['(01) 0 6975123 40001 0 (10) PK-7b'],
    [`追溯码：(01)${gtin}(10)${lot}，请查收`],
    [`\u200b(01)\u2060${gtin}\u200e(10)${lot}\ufeff`],
    [`01\u200b${gtin}10${lot}\u202c`],
  ])('is read through brackets, quotes and marks nobody sees: %s', (text) => {
    expect(readLotCode(text)).toMatchObject({ ok: true, kind: 'gtin', key });
  });

  it.each([
    [`HTTPS://ID.GS1.ORG/01/${gtin}/10/${lot}`],
    [`Https://Id.Gs1.Org/01/${gtin}/10/${lot}`],
    [`id.gs1.org/01/${gtin}/10/${lot}`],
    [`www.shop.example/p/01/${gtin}/10/${lot}?17=270630`],
    [`//shop.example/01/${gtin}/10/${lot}`],
    [`/01/${gtin}/10/${lot}`],
    [`https://shop.example/gtin/${gtin}/lot/${lot}`],
    [`https://shop.example/GTIN/${gtin}/LOT/${lot}`],
    [`https://id.gs1.org/01/${gtin}/21/S-9/10/${lot}`],
    [`https://id.gs1.org/01/${gtin}?10=${lot}`],
    [`【追溯】五花肉 https://shop.example/01/${gtin}/10/${lot}，点开看看`],
    [`五花肉的码（https://shop.example/01/${gtin}/10/${lot}）`],
    [`看 shop.example/01/${gtin}/10/${lot} 这批`],
    [`<https://shop.example/01/${gtin}/10/${lot}>`],
    [`ｈｔｔｐｓ：／／ｓｈｏｐ．ｅｘａｍｐｌｅ／０１／０６９７５１２３４０００１０／１０／ＰＫ－７ｂ`],
    [`]Q1https://id.gs1.org/01/${gtin}/10/${lot}`],
  ])('is found in a link as people send it: %s', (text) => {
    expect(readLotCode(text)).toMatchObject({ ok: true, kind: 'gtin', key });
  });

  it('keeps a serial that stands before the lot in its link', () => {
    expect(readLotCode(`https://a.example/01/${gtin}/21/S9/10/${lot}`)).toMatchObject({ lot, serial: 'S9' });
  });

  it.each([
    ['a slash', 'A/B'],
    ['a percent sign', '5%'],
    ['every mark of GS1', '!"%&\'()*+,-./:;<=>?_'],
  ])('reads a batch with %s as it is', (_, batch) => {
    const link = `https://id.gs1.org/01/${gtin}/10/${encodeURIComponent(batch)}`;
    expect(readLotCode(link)).toMatchObject({ ok: true, kind: 'gtin', lot: batch });
  });

  it.each([['中文批'], ['é7'], ['A'.repeat(21)]])(
    'gives the batch %s under a GTIN a code of our own, in every spelling',
    (batch) => {
      const said = { ok: true, kind: 'own', origin: gtin, batch };
      const link = readLotCode(`https://id.gs1.org/01/${gtin}/10/${encodeURIComponent(batch)}`);
      expect(link).toMatchObject(said);
      expect(readLotCode(`https://id.gs1.org/01/${gtin}/10/${batch}`)).toEqual(link);
      expect(readLotCode(`(01)${gtin}(10)${batch}`)).toMatchObject(said);
      expect(link.ok && readLotCode(link.key)).toMatchObject(said);
    },
  );

  it.each([
    ['a product with its identifier', `01${gtin}`, 'no_lot'],
    ['a product from a scanner', `]E0${gtin.slice(1)}`, 'no_lot'],
    ['a place', '(414)4012345000054', 'not_a_lot'],
    ['a pallet with a wrong digit', '(00)040123450000003339', 'check_digit'],
  ])('is said to be what it is: %s', (_, text, fault) => {
    expect(readLotCode(text)).toMatchObject({ ok: false, fault });
  });

  it('knows a place in every spelling', () => {
    for (const text of [
      '(414)4012345000054',
      '4144012345000054',
      'https://id.gs1.org/414/4012345000054',
      'id.gs1.org/414/4012345000054',
      'urn:epc:id:sgln:4012345.00005.0',
      '（414）4012345000054',
    ])
      expect(placeOfCode(text), text).toBe('4012345000054');
  });

  it('offers the lot that was meant, wherever the separator was lost', () => {
    const characters = [...'ABCXYZ-/.3689'];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...characters), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1_000_000_000_00, max: 9_999_999_999_99 }),
        fc.constantFrom('17270630', '15261231', '11260101', '3103002500'),
        (letters, digits, more) => {
          const body = `0${String(digits).slice(0, 12)}`;
          const product = body + checkDigit(body);
          const batch = letters.join('');
          const meant = `https://id.gs1.org/01/${product}/10/`;
          const { code, others } = readScan(`01${product}10${batch}${more}`);
          const offered = [code, ...others.map((other) => other.code)];
          expect(
            offered.some((each) => each.ok && each.key.startsWith(meant) && 'lot' in each && each.lot === batch),
          ).toBe(true);
          expect(readLotCode(`01${product}10${batch}${more}`)).toMatchObject({ ok: false, fault: 'separator_lost' });
        },
      ),
    );
  });

  it('never throws, and never takes long, whatever was sent', () => {
    const typed = fc.constantFrom(
      ...'0123456789',
      '01',
      '10',
      '17',
      '21',
      '^',
      gs,
      '(',
      ')',
      '【01】',
      'http://',
      '/',
      '%',
      '批',
      '\ud800',
    );
    fc.assert(fc.property(fc.string({ unit: typed, maxLength: 120 }), (text) => void readScan(text)));
    expect(readScan('9'.repeat(2_000))).toBeDefined();
    expect(readScan('10'.repeat(1_000))).toBeDefined();
  });
});

describe('two codes in one field', () => {
  const product = '06901234567892';
  const one = `(01)${product}(10)A07`;

  it.each([
    [`${one}(10)A08`],
    [`${one} (10)A08`],
    [`(01)${product}\n(10)A07\n(10)A08`],
    [`【01】${product}【10】A07【10】A08`],
    [`]d201${product}10A07${gs}10A08`],
    [`https://id.gs1.org/01/${product}/10/A07?10=A08`],
    [`https://id.gs1.org/01/${product}?10=A07&10=A08`],
    [`${one}(21)1(21)2`],
  ])('%j names two lots or two pieces, and neither is taken for the other', (text) => {
    const { code, others } = readScan(text);
    expect(code).toMatchObject({ ok: false, fault: 'several_in_one' });
    // One batch with brackets in it, if such a lot is known.
    expect(others.filter(({ trust }) => trust !== 'possible')).toEqual([]);
  });

  it('may be one batch that holds brackets, whatever stands before and after it', () => {
    const read = (text: string) =>
      readScan(text).others.map(({ code }) => (code.kind === 'gtin' ? code.lot : code.key));
    expect(read(`(17)270630(01)${product}(10)A(10)B(21)7`)).toEqual(['A(10)B', 'A(10)B(21)7']);
    expect(read(`(01)${product.slice(1)}(10)A(10)B`)).toEqual(['A(10)B']);
    expect(read(`(01)${product}(10)A(01)${product}`)).toEqual([`A(01)${product}`]);
    expect(read(`(01)${product}(10)A`)).toEqual([]);
    expect(read(`(01)${product}(10)A(10)B(10)C(10)D`)).toEqual(['A(10)B(10)C(10)D']);
  });

  it('says two different days or weights of one pack and is sent back, but may say the same twice', () => {
    for (const text of [`${one}(17)270101(17)270102`, `${one}(3103)001000(3103)002000`])
      expect(readScan(text).code).toMatchObject({ ok: false, fault: 'contradicts' });
    expect(readScan(`${one}(17)270101(17)270101(10)A07`).code).toMatchObject({ ok: true, lot: 'A07' });
  });

  const link = `https://id.gs1.org/01/${product}/10/A07`;

  it.each([
    `${one}(01)${product}(10)A08`,
    `(01) ${product} (10) A07 (01) ${product} (10) A08`,
    `【01】${product}【10】A07\n【01】${product}【10】A08`,
    `${link} ${link}B`,
    `${link}${link}B`,
  ])('are refused, where the second was lost: %s', (text) => {
    expect(readScan(text).code).toMatchObject({ ok: false, fault: 'several_in_one' });
  });

  it.each([`${one} ${one}`, `${link} 看看 ${link} 谢谢`, `${link} and ${link} thanks`])(
    'that are the same are one: %s',
    (text) => {
      expect(readScan(text).code).toMatchObject({ ok: true, lot: 'A07' });
    },
  );
});

describe('a product’s number and its batch beside each other', () => {
  const product = '06901234567892';
  it.each([
    `GTIN: ${product} LOT: A07`,
    `LOT:A07 GTIN:${product}`,
    `条码：${product}，批号：A07`,
    `(01)${product}，(10)A07`,
    `(01) ${product}\n(10) A07`,
    `【01】${product}\n【10】A07`,
    `http://weixin.qq.com/r?u=https%3A%2F%2Fid.gs1.org%2F01%2F${product}%2F10%2FA07`,
  ])('are one lot: %s', (text) => {
    expect(readScan(text)).toMatchObject({ code: { ok: true, kind: 'gtin', gtin: product, lot: 'A07' }, others: [] });
  });

  it('without their names are asked about, never a new lot made silently', () => {
    const { others } = readScan(`${product} A07`);
    expect(others).toMatchObject([{ trust: 'likely', code: { kind: 'gtin', gtin: product, lot: 'A07' } }]);
    expect(readScan('110108202611200017 A07').others).toEqual([]);
    expect(readScan('6901234567891 A07').others).toEqual([]);
  });

  it('keep a comma that is part of the batch', () => {
    expect(readScan(`(01)${product}(10)A,07`)).toMatchObject({ code: { lot: 'A,07' } });
  });
});
