// A buyer's suppliers: what is missing of their goods' key data, and one press to ask for it.
import { ListBar, type Listed, ListPages, NoRows } from '../../parts/listing.tsx';
import { Page } from '../../parts/page.tsx';
import { type Column, SortHead } from '../../parts/sorting.tsx';
import { formatNumber } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import { EmptyState, type PageView, type PlaceName, placeName } from '../../trace/parts.tsx';

type Datum = keyof Texts['trade']['keyData'];

export type SupplierRow = {
  readonly supplier: PlaceName | null;
  readonly phone: string | null;
  readonly product: string;
  readonly productEn: string | null;
  readonly lots: number;
  readonly missing: Readonly<Record<Datum, number>>;
  readonly share: number;
};

export type SuppliersView = PageView & {
  readonly list: Listed<SupplierRow>;
  readonly asked: 'asked' | 'nobody' | null;
};

export function SuppliersPage({ words, here, viewer, list, asked }: SuppliersView) {
  const text = words.trade;
  return (
    <Page words={words} title={text.title} here={here} viewer={viewer} styles={['trace.css']}>
      <header class="stack">
        <h1>{text.title}</h1>
        <p class="soft">{text.lead}</p>
      </header>
      {asked === 'asked' ? (
        <p class="toast still" role="status">
          {text.asked}
        </p>
      ) : null}
      {asked === 'nobody' ? (
        <p class="note" role="alert">
          {text.nobody}
        </p>
      ) : null}
      <section class="card stack">
        <ListBar words={words} here={here} file="/my/suppliers.csv" />
        {list.rows.length === 0 ? (
          <NoRows words={words} here={here}>
            <EmptyState title={text.empty} lead={text.emptyLead} />
          </NoRows>
        ) : (
          <table class="cards">
            <caption class="hide">{text.title}</caption>
            <SortHead words={words} here={here} columns={supplierColumns(words)} />
            <tbody>
              {list.rows.map((row) => (
                <Row words={words} row={row} />
              ))}
            </tbody>
          </table>
        )}
        <ListPages words={words} here={here} list={list} />
      </section>
    </Page>
  );
}

export function supplierColumns(words: Texts): readonly Column<SupplierRow>[] {
  const { trade: text, lang } = words;
  return [
    { key: 'supplier', label: text.supplier, of: ({ supplier }) => supplier && placeName(words, supplier) },
    { key: 'phone', label: text.phone, file: ({ phone }) => phone, only: 'file' },
    {
      key: 'product',
      label: text.product,
      of: ({ product, productEn }) => localName(lang, { name: product, nameEn: productEn }),
    },
    { key: 'lots', label: text.lots, of: ({ lots }) => lots },
    {
      key: 'share',
      label: text.share,
      of: ({ share }) => share,
      file: ({ share }) => `${formatNumber(share * 100, 0)}%`,
    },
    {
      key: 'missing',
      label: text.missing,
      of: (row) => wantedOf(words, row).length,
      file: (row) => missingOf(words, row),
    },
    { key: 'act', label: text.act },
  ];
}

function wantedOf({ trade }: Texts, { missing }: SupplierRow): Datum[] {
  return (Object.keys(trade.keyData) as Datum[]).filter((datum) => missing[datum] > 0);
}

function missingOf(words: Texts, row: SupplierRow): string {
  const said = wantedOf(words, row).map((datum) => `${words.trade.keyData[datum]} ${row.missing[datum]}`);
  return said.length === 0 ? words.trade.whole : said.join(words.lang === 'en' ? ', ' : '、');
}

function Row({ words, row }: { words: Texts; row: SupplierRow }) {
  const text = words.trade;
  const { supplier, phone, product, productEn, lots, share } = row;
  const goods = localName(words.lang, { name: product, nameEn: productEn });
  return (
    <tr>
      <th scope="row">
        {supplier === null ? text.unnamed : placeName(words, supplier)}
        {phone === null ? null : <span class="small soft"> {phone}</span>}
      </th>
      <td data-l={text.product}>{goods}</td>
      <td data-l={text.lots}>{lots}</td>
      <td data-l={text.share}>{formatNumber(share * 100, 0)}%</td>
      <td data-l={text.missing}>{missingOf(words, row)}</td>
      <td data-l={text.act}>
        {supplier === null || wantedOf(words, row).length === 0 ? (
          '–'
        ) : (
          <form method="post" action="/my/suppliers/asked">
            <input type="hidden" name="supplier" value={supplier.id} />
            <input type="hidden" name="product" value={product} />
            <button class="btn" type="submit" aria-label={`${text.ask} ${goods}`}>
              {text.ask}
            </button>
          </form>
        )}
      </td>
    </tr>
  );
}
