// A list beside the order of its heads: its search, its pages and its file, all of them kept in its address.
import type { Child } from 'hono/jsx';
import type { Texts } from '../text/texts.ts';
import { Icon } from './icon.tsx';
import { type Column, changedHref, type FileCell, inOrder, orderAsked } from './sorting.tsx';
import { formatClock, formatDate } from './time.ts';

export const rowsPerPage = 50;
const longestSearch = 100;
const furthestPage = 1_000;

/** What a list shows of the rows it was given. */
export type Listed<Row> = {
  readonly rows: readonly Row[];
  readonly page: number;
  readonly more: 'more' | 'end';
  /** How many match; null where nobody counted. */
  readonly found: number | null;
};

export type SearchAsked = { readonly q: string; readonly page: number };

export function searchAsked(here: string): SearchAsked {
  const asked = new URLSearchParams(here.split('?')[1] ?? '');
  const page = Number(asked.get('page') ?? 1);
  return {
    q: (asked.get('q') ?? '').trim().slice(0, longestSearch),
    page: Number.isInteger(page) && page >= 1 && page <= furthestPage ? page : 1,
  };
}

/** Whether all rows have to be held: to search them and put them in order. Else those of the page and one more do. */
function isWhole<Row>(here: string, columns: readonly Column<Row>[]): boolean {
  return searchAsked(here).q !== '' || orderAsked(here, columns) !== null;
}

/** How many rows a list's address needs, in the order in which they come. */
export function rowsNeeded<Row>(here: string, columns: readonly Column<Row>[], most: number): number {
  return isWhole(here, columns) ? most : searchAsked(here).page * rowsPerPage + 1;
}

/** The page that the address asks for, of rows that came in their own order. */
export function listed<Row>(
  words: Pick<Texts, 'lang'>,
  here: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Listed<Row> {
  const { page } = searchAsked(here);
  const ordered = inOrder(words, here, columns, matching(here, columns, rows));
  const end = page * rowsPerPage;
  return {
    rows: ordered.slice(end - rowsPerPage, end),
    page,
    more: ordered.length > end ? 'more' : 'end',
    found: isWhole(here, columns) || (page === 1 && ordered.length <= end) ? ordered.length : null,
  };
}

/** Rows in which every word that was typed stands somewhere, however wide it is written. */
export function matching<Row>(here: string, columns: readonly Column<Row>[], rows: readonly Row[]): readonly Row[] {
  const wanted = plain(searchAsked(here).q).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return rows;
  return rows.filter((row) => {
    const text = plain(columns.map((column) => said(column, row)).join('\n'));
    return wanted.every((word) => text.includes(word));
  });
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase();

function cellOf<Row>({ of, file }: Column<Row>, row: Row): FileCell {
  return file === undefined ? (of?.(row) ?? null) : file(row);
}

function said<Row>(column: Column<Row>, row: Row): string {
  const cell = cellOf(column, row) ?? '';
  return `${typeof cell === 'object' ? Object.values(cell).join('') : cell} ${column.find?.(row) ?? ''}`;
}

/** The list as a file: its headings, and all rows that the address asks for, in its order. */
export function fileOf<Row>(
  words: Pick<Texts, 'lang'>,
  here: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): readonly (readonly FileCell[])[] {
  const kept = columns.filter(({ of, file }) => of !== undefined || file !== undefined);
  const ordered = inOrder(words, here, columns, matching(here, columns, rows));
  return [kept.map(({ label }) => label), ...ordered.map((row) => kept.map((column) => cellOf(column, row)))];
}

/** A time as Excel takes it for one. */
export function momentCell(at: number | null): FileCell {
  return at === null ? null : { day: `${formatDate(at)} ${formatClock(at)}` };
}

/** A day, as Excel takes it for one. */
export function dayCell(at: number | null): FileCell {
  return at === null ? null : { day: formatDate(at) };
}

type BarProps = {
  readonly words: Texts;
  readonly here: string;
  /** What is asked beside the search, as fields of the form by these names. */
  readonly fields?: readonly string[];
  readonly children?: Child;
  /** The file's address without its questions. */
  readonly file: string;
};

/** Search and filters in one line; whatever else the address asks stays, and the first page is shown. */
export function ListBar({ words, here, fields = [], children, file }: BarProps) {
  const [path = '', query = ''] = here.split('?');
  const own = new Set(['q', 'page', 'before', ...fields]);
  const kept = [...new URLSearchParams(query)].filter(([name]) => !own.has(name));
  const { q } = searchAsked(here);
  return (
    <form class="filter-row no-print" method="get" action={path}>
      <div class="field grow">
        <label for="list-q">{words.common.findInList}</label>
        <input id="list-q" name="q" type="search" value={q} maxlength={longestSearch} autocomplete="off" />
      </div>
      {children}
      {kept.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button class="btn" type="submit">
        <Icon name="search" />
        {words.common.search}
      </button>
      <FileLink words={words} here={here} file={file} />
    </form>
  );
}

/** The same list as a file. */
export function FileLink({ words, here, file }: Pick<BarProps, 'words' | 'here' | 'file'>) {
  return (
    <a class="btn" href={changedHref(here, { page: null, before: null }, file)}>
      <Icon name="download" />
      {words.common.file}
    </a>
  );
}

type NoRowsProps = { readonly words: Texts; readonly here: string; readonly children: Child };

/** Where a list is empty: what its search did not find is not told as if nothing were there. */
export function NoRows({ words, here, children }: NoRowsProps) {
  return searchAsked(here).q === '' ? <div>{children}</div> : <p class="soft">{words.common.nothingFound}</p>;
}

type PagesProps = {
  readonly words: Texts;
  readonly here: string;
  readonly list: Omit<Listed<unknown>, 'rows'>;
  /** More rows were there than are searched at once. */
  readonly cut?: 'cut' | 'whole';
};

/** How many were found, and the way to the pages before and after. */
export function ListPages({ words, here, list: { page, more, found }, cut = 'whole' }: PagesProps) {
  const { common } = words;
  const pages = found === null ? null : Math.max(1, Math.ceil(found / rowsPerPage));
  return (
    <>
      {cut === 'cut' ? <p class="small soft">{common.cutShort}</p> : null}
      <nav class="row spread no-print" aria-label={common.pages}>
        <span class="small soft" role="status">
          {found === null ? common.page(page) : common.foundRows(found, page, pages ?? 1)}
        </span>
        <span class="row">
          {page === 1 ? null : (
            <a class="btn small" href={changedHref(here, { page: page === 2 ? null : String(page - 1) })} rel="prev">
              {common.previousPage}
            </a>
          )}
          {more === 'end' ? null : (
            <a class="btn small" href={changedHref(here, { page: String(page + 1) })} rel="next">
              {common.nextPage}
            </a>
          )}
        </span>
      </nav>
    </>
  );
}
