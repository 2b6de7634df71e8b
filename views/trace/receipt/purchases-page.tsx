// The purchase ledger (进货台账): every delivery of a shop, to read, print and export.
import { Icon } from '../../parts/icon.tsx';
import { type Column, inOrder, SortHead } from '../../parts/sorting.tsx';
import { formatDate, formatMoment, formatNumber, formatTime } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import {
  amountWithMark,
  EmptyState,
  LotBadge,
  type LotState,
  type PageView,
  type PlaceName,
  placeName,
} from '../parts.tsx';
import { TracePage } from '../trace-page.tsx';

export type Purchase = {
  readonly at: number;
  readonly href: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  /** What one pack holds, its grade or size (规格), as entered. */
  readonly spec: string | null;
  readonly producedAt: number | null;
  /** Canonical. */
  readonly code: string;
  readonly gtin: string | null;
  readonly batch: string;
  readonly quantity: number | null;
  readonly unit: string | null;
  readonly receiver: PlaceName | null;
  readonly supplier: (PlaceName & { readonly phone: string | null }) | null;
  readonly origin: string | null;
  readonly expiresAt: number | null;
  readonly certificates: readonly string[];
  readonly celsius: number | null;
  readonly state: LotState;
};

export type PurchasesView = PageView & {
  readonly sites: readonly PlaceName[];
  readonly purchases: readonly Purchase[];
  readonly from: string;
  readonly until: string;
  readonly now: number;
  readonly cut: 'cut' | 'whole';
  readonly csvHref: string;
};

export function PurchasesPage(view: PurchasesView) {
  const { words, here, viewer, sites, purchases, from, until, now, cut, csvHref } = view;
  const text = words.trace.shop;
  return (
    <TracePage words={words} title={text.purchasesTitle} here={here} viewer={viewer} scripts={['scan.js']}>
      <header class="row spread top">
        <div class="stack">
          <h1>{text.purchasesTitle}</h1>
          <p class="soft">{sites.map((site) => placeName(words, site)).join(words.lang === 'en' ? ', ' : '、')}</p>
          <p class="soft small no-print">{text.purchasesLead}</p>
          <p class="small only-print">
            {text.period(from, until)}
            {words.lang === 'en' ? '. ' : '；'}
            {text.printedAt(formatMoment(now, words.lang))}
          </p>
        </div>
        <div class="row no-print">
          <button class="btn" type="button" data-print hidden>
            <Icon name="print" />
            {text.print}
          </button>
          <a class="btn" href={csvHref}>
            <Icon name="download" />
            {text.csv}
          </a>
        </div>
      </header>
      <section class="card stack ledger-sheet">
        <form class="filter-row no-print" method="get" action="/my/purchases">
          <div class="field">
            <label for="from">{text.since}</label>
            <input id="from" name="from" type="date" value={from} />
          </div>
          <div class="field">
            <label for="until">{text.until}</label>
            <input id="until" name="until" type="date" value={until} />
          </div>
          <button class="btn" type="submit">
            {text.show}
          </button>
        </form>
        {purchases.length === 0 ? (
          <EmptyState title={text.purchasesEmptyTitle} lead={text.purchasesEmptyLead} />
        ) : (
          <>
            <p class="small faint">{text.total(purchases.length)}</p>
            <PurchaseTable words={words} here={here} purchases={purchases} />
          </>
        )}
        {cut === 'cut' ? <p class="small soft">{words.common.cutShort}</p> : null}
      </section>
      <p class="only-print signature">
        {text.signature} <span class="sign-line" /> {text.date} <span class="sign-line" />
      </p>
    </TracePage>
  );
}

function columnsOf(words: Texts): readonly Column<Purchase>[] {
  const text = words.trace.shop;
  return [
    {
      key: 'product',
      label: text.product,
      of: ({ productName, productNameEn }) =>
        productName === null ? null : localName(words.lang, { name: productName, nameEn: productNameEn }),
    },
    { key: 'date', label: text.date, of: ({ at }) => at },
    { key: 'batch', label: text.batch, of: ({ batch }) => batch },
    { key: 'made', label: text.producedColumn, of: ({ producedAt }) => producedAt },
    { key: 'amount', label: text.quantityColumn, of: ({ quantity }) => quantity, side: 'right' },
    {
      key: 'supplier',
      label: text.supplier,
      of: ({ supplier }) => (supplier === null ? null : placeName(words, supplier)),
    },
    { key: 'origin', label: text.originColumn, of: ({ origin }) => origin },
    { key: 'until', label: text.expires, of: ({ expiresAt }) => expiresAt },
    { key: 'papers', label: text.certificates },
    { key: 'celsius', label: text.temperatureColumn, of: ({ celsius }) => celsius, side: 'right' },
    { key: 'state', label: text.state, of: ({ state }) => words.trace.lotStates[state] },
  ];
}

function PurchaseTable({ words, here, purchases }: Pick<PurchasesView, 'words' | 'here' | 'purchases'>) {
  const text = words.trace.shop;
  const columns = columnsOf(words);
  return (
    <table class="cards purchases">
      <caption class="hide">{text.purchasesTitle}</caption>
      <SortHead words={words} here={here} columns={columns} />
      <tbody>
        {inOrder(words, here, columns, purchases).map((purchase) => (
          <PurchaseRow words={words} purchase={purchase} />
        ))}
      </tbody>
    </table>
  );
}

function PurchaseRow({ words, purchase }: { words: Texts; purchase: Purchase }) {
  const text = words.trace.shop;
  const { expiresAt } = purchase;
  return (
    <tr>
      <th scope="row">
        <a href={purchase.href}>
          {purchase.productName === null
            ? words.trace.unnamedProduct
            : localName(words.lang, { name: purchase.productName, nameEn: purchase.productNameEn })}
        </a>
        {purchase.spec === null ? null : <span class="block small soft">{purchase.spec}</span>}
      </th>
      <td data-l={text.date} class="nowrap">
        <time datetime={new Date(purchase.at).toISOString()}>{formatTime(purchase.at, words.lang)}</time>
      </td>
      <td data-l={text.batch} class="code small">
        {purchase.batch}
      </td>
      <td data-l={text.producedColumn} class="nowrap">
        {purchase.producedAt === null ? '—' : formatDate(purchase.producedAt)}
      </td>
      <td data-l={text.quantityColumn} class="right nowrap">
        {purchase.quantity === null ? '—' : amountWithMark(words, purchase.quantity, purchase.unit)}
      </td>
      <td data-l={text.supplier}>
        {purchase.supplier === null ? '—' : <Supplier words={words} supplier={purchase.supplier} />}
      </td>
      <td data-l={text.originColumn} class="soft">
        {purchase.origin ?? '—'}
      </td>
      <td data-l={text.expires} class="nowrap">
        {expiresAt === null ? '—' : formatDate(expiresAt)}
      </td>
      <td data-l={text.certificates} class="small soft">
        {purchase.certificates.length === 0
          ? '—'
          : purchase.certificates.map((number) => <span class="block code">{number}</span>)}
      </td>
      <td data-l={text.temperatureColumn} class="right nowrap">
        {purchase.celsius === null ? '—' : `${formatNumber(purchase.celsius, 1)}\u00a0°C`}
      </td>
      <td class="now">
        <LotBadge words={words} state={purchase.state} />
      </td>
    </tr>
  );
}

/** Name, address and telephone, as the law asks for them. */
function Supplier({ words, supplier }: { words: Texts; supplier: NonNullable<Purchase['supplier']> }) {
  const address = addressOf(words, supplier);
  return (
    <>
      {placeName(words, supplier)}
      {address === null ? null : <span class="block small soft">{address}</span>}
      {supplier.phone === null ? null : <span class="block small soft nowrap">{supplier.phone}</span>}
    </>
  );
}

function addressOf(words: Texts, { address, addressEn }: PlaceName): string | null {
  return words.lang === 'en' ? (addressEn ?? address) : address;
}
