// The purchase ledger as a table: what the Food Safety Law (食品安全法第五十三条) asks for, in the reader's language and time.
import { formatClock, formatDate } from '../../../views/parts/time.ts';
import { localName, type Texts } from '../../../views/text/texts.ts';
import { placeName } from '../../../views/trace/parts.tsx';
import type { Purchase } from '../../../views/trace/receipt/purchases-page.tsx';
import type { CsvCell } from '../../http/csv-file.ts';

/** One row a delivery of one lot, under its headings. */
export function purchaseTable(words: Texts, purchases: readonly Purchase[]): CsvCell[][] {
  const columns = columnsOf(words);
  return [columns.map(([heading]) => heading), ...purchases.map((line) => columns.map(([, cell]) => cell(line)))];
}

function columnsOf(words: Texts): readonly (readonly [string, (line: Purchase) => CsvCell])[] {
  const { shop, units, pieces } = words.trace;
  const day = (at: number | null) => (at === null ? '' : { day: formatDate(at) });
  const address = (line: Purchase) => (words.lang === 'en' ? line.supplier?.addressEn : null) ?? line.supplier?.address;
  return [
    [shop.date, ({ at }) => ({ day: `${formatDate(at)} ${formatClock(at)}` })],
    [
      shop.product,
      ({ productName: name, productNameEn: nameEn }) => (name === null ? '' : localName(words.lang, { name, nameEn })),
    ],
    [shop.specColumn, ({ spec }) => spec],
    [shop.batch, ({ batch }) => batch],
    [shop.producedColumn, ({ producedAt }) => day(producedAt)],
    [shop.expires, ({ expiresAt }) => day(expiresAt)],
    [shop.quantityColumn, ({ quantity }) => quantity],
    [shop.unit, ({ quantity, unit }) => (quantity === null ? '' : unit === null ? pieces : (units[unit] ?? unit))],
    [shop.supplier, ({ supplier }) => (supplier === null ? '' : placeName(words, supplier))],
    [shop.supplierAddress, (line) => address(line) ?? ''],
    [shop.supplierPhone, ({ supplier }) => supplier?.phone ?? ''],
    [shop.originColumn, ({ origin }) => origin],
    [shop.certificates, ({ certificates }) => certificates.join(' ')],
    [shop.temperatureColumn, ({ celsius }) => celsius],
    [shop.receiverColumn, ({ receiver }) => (receiver === null ? '' : placeName(words, receiver))],
    [shop.codeColumn, ({ code }) => code],
    [shop.gtinColumn, ({ gtin }) => gtin],
  ];
}
