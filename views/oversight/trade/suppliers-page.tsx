// A buyer's suppliers: what is missing of their goods' key data, and one press to ask for it.
import { Page } from '../../parts/page.tsx';
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
  readonly rows: readonly SupplierRow[];
  readonly asked: 'asked' | 'nobody' | null;
};

export function SuppliersPage({ words, here, viewer, rows, asked }: SuppliersView) {
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
        {rows.length === 0 ? (
          <EmptyState title={text.empty} lead={text.emptyLead} />
        ) : (
          <table class="cards">
            <caption class="hide">{text.title}</caption>
            <thead>
              <tr>
                {[text.supplier, text.product, text.lots, text.share, text.missing, text.act].map((name) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row words={words} row={row} />
              ))}
            </tbody>
          </table>
        )}
      </section>
    </Page>
  );
}

function Row({ words, row }: { words: Texts; row: SupplierRow }) {
  const text = words.trade;
  const { supplier, phone, product, productEn, lots, missing, share } = row;
  const wanted = (Object.keys(text.keyData) as Datum[]).filter((datum) => missing[datum] > 0);
  const said = wanted.map((datum) => `${text.keyData[datum]} ${missing[datum]}`);
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
      <td data-l={text.missing}>{said.length === 0 ? text.whole : said.join(words.lang === 'en' ? ', ' : '、')}</td>
      <td data-l={text.act}>
        {supplier === null || wanted.length === 0 ? (
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
