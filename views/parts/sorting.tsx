// A list's columns that sort it: links in its head, the order kept in the address, on a phone a row of links above the records.
import type { Texts } from '../text/texts.ts';
import { Icon } from './icon.tsx';

type Value = string | number | null;

/** A column without `of` does not sort; one without a `key` is shown all the same. */
export type Column<Row> = {
  readonly key: string;
  readonly label: string;
  readonly of?: (row: Row) => Value;
  readonly side?: 'right';
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
      <tr>
        {columns.map(({ key, label, of, side }) => {
          const way = order?.key === key ? order.way : undefined;
          return (
            <th scope="col" class={side} aria-sort={way}>
              {of === undefined ? (
                label
              ) : (
                <a href={sortHref(here, key, way)} title={words.common.sortBy(label)}>
                  {label}
                  {way === undefined ? null : <Icon name="down" {...(way === 'ascending' ? { tone: 'upside' } : {})} />}
                </a>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** The first page in the new order; what else was asked stays. */
function sortHref(here: string, key: string, way: Order['way'] | undefined): string {
  const [path = '', query = ''] = here.split('?');
  const asked = new URLSearchParams(query);
  for (const page of ['before', 'page']) asked.delete(page);
  if (way === 'descending') asked.delete('sort');
  else asked.set('sort', way === 'ascending' ? `-${key}` : key);
  const left = asked.toString();
  return left === '' ? path : `${path}?${left}`;
}
