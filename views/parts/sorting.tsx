// A list's columns that sort it: links in its head, the order kept in the address, on a phone a row of links above the records.
import type { Texts } from '../text/texts.ts';
import { Icon } from './icon.tsx';

type Value = string | number | null;

/** A cell of a file: a text stays the text it is, a number, a day and a time may be taken for what they are. */
export type FileCell = Value | { readonly number: string } | { readonly day: string };

/** A column without `of` does not sort. */
export type Column<Row> = {
  readonly key: string;
  readonly label: string;
  readonly of?: (row: Row) => Value;
  readonly side?: 'right';
  /** What a file holds where that is not what sorts; a column with neither is left out of it. */
  readonly file?: (row: Row) => FileCell;
  /** What else finds the row, such as its name in the other language. */
  readonly find?: (row: Row) => string | null;
  /** A column that only the file has. */
  readonly only?: 'file';
};

type Order = { readonly key: string; readonly way: 'ascending' | 'descending' };

/** `?sort=batch`, or `?sort=-batch` the other way; null: as the list comes. */
export function orderAsked<Row>(here: string, columns: readonly Column<Row>[]): Order | null {
  const asked = new URLSearchParams(here.split('?')[1] ?? '').get('sort') ?? '';
  const key = asked.replace(/^-/, '');
  if (!columns.some((column) => column.key === key && column.of !== undefined)) return null;
  return { key, way: asked.startsWith('-') ? 'descending' : 'ascending' };
}

/** What nobody wrote comes last whichever way; rows that are alike keep their order. */
export function inOrder<Row>(
  words: Pick<Texts, 'lang'>,
  here: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
) {
  const order = orderAsked(here, columns);
  const of = columns.find(({ key }) => key === order?.key)?.of;
  if (order === null || of === undefined) return rows;
  const collator = new Intl.Collator(words.lang, { numeric: true });
  const sign = order.way === 'ascending' ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [left, right] = [of(a), of(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
    return sign * collator.compare(String(left), String(right));
  });
}

export function SortHead<Row>({
  words,
  here,
  columns,
}: {
  words: Texts;
  here: string;
  columns: readonly Column<Row>[];
}) {
  const order = orderAsked(here, columns);
  return (
    <thead class="sorts">
      <tr data-said={words.common.sort}>
        {columns
          .filter(({ only }) => only !== 'file')
          .map(({ key, label, of, side }) => {
            const way = order?.key === key ? order.way : undefined;
            return (
              <th scope="col" class={side} aria-sort={way}>
                {of === undefined ? (
                  label
                ) : (
                  <a href={sortHref(here, key, way)} title={words.common.sortBy(label)}>
                    {label}
                    <Arrow way={way} />
                  </a>
                )}
              </th>
            );
          })}
      </tr>
    </thead>
  );
}

/** Both ways where the list is in another order, else the one it is in. */
function Arrow({ way }: { way: Order['way'] | undefined }) {
  if (way === undefined) return <Icon name="sort" />;
  return <Icon name="down" {...(way === 'ascending' ? { tone: 'upside' } : {})} />;
}

/** The first page in the new order; what else was asked stays. */
function sortHref(here: string, key: string, way: Order['way'] | undefined): string {
  const sort = way === 'descending' ? null : way === 'ascending' ? `-${key}` : key;
  return changedHref(here, { sort, before: null, page: null });
}

/** The address with some of its questions changed; null takes one away. */
export function changedHref(here: string, change: Readonly<Record<string, string | null>>, path?: string): string {
  const [asked = '', query = ''] = here.split('?');
  const questions = new URLSearchParams(query);
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === '') questions.delete(name);
    else questions.set(name, value);
  }
  const left = questions.toString();
  return left === '' ? (path ?? asked) : `${path ?? asked}?${left}`;
}
