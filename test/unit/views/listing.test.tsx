// A list that is searched, ordered, cut into pages and saved as a file by its address.
import { describe, expect, it } from 'vitest';
import {
  fileOf,
  ListBar,
  ListPages,
  listed,
  momentCell,
  rowsNeeded,
  searchAsked,
} from '../../../views/parts/listing.tsx';
import type { Column } from '../../../views/parts/sorting.tsx';
import { en } from '../../../views/text/en.ts';
import { zhCN } from '../../../views/text/zh-CN.ts';

type Box = { readonly name: string; readonly batch: string; readonly at: number };
const columns: readonly Column<Box>[] = [
  { key: 'name', label: '品名', of: ({ name }) => name },
  { key: 'batch', label: '批号', file: ({ batch }) => batch, only: 'file' },
  { key: 'at', label: '时间', of: ({ at }) => at, file: ({ at }) => momentCell(at) },
  { key: 'acts', label: '操作' },
];
const noon = Date.UTC(2026, 10, 21, 4);
const boxes: Box[] = Array.from({ length: 120 }, (_, index) => ({
  name: index % 2 === 0 ? '五花肉' : 'Pork belly',
  batch: `B${index + 1}`,
  at: noon + index * 60_000,
}));
const shown = (here: string) => listed(zhCN, here, columns, boxes);

describe('a list', () => {
  it('shows fifty rows a page in the order in which they come', () => {
    expect(shown('/boxes').rows.map(({ batch }) => batch)).toEqual(boxes.slice(0, 50).map(({ batch }) => batch));
    expect(shown('/boxes?page=3').rows.map(({ batch }) => batch)).toEqual(boxes.slice(100).map(({ batch }) => batch));
    expect([shown('/boxes').more, shown('/boxes?page=2').more, shown('/boxes?page=3').more]).toEqual([
      'more',
      'more',
      'end',
    ]);
  });

  it('asks for no more rows than its page has, unless it is searched or put in order', () => {
    expect(rowsNeeded('/boxes', columns, 2_000)).toBe(51);
    expect(rowsNeeded('/boxes?page=2', columns, 2_000)).toBe(101);
    expect(rowsNeeded('/boxes?q=肉', columns, 2_000)).toBe(2_000);
    expect(rowsNeeded('/boxes?sort=-at', columns, 2_000)).toBe(2_000);
    expect(rowsNeeded('/boxes?sort=acts', columns, 2_000)).toBe(51);
  });

  it('finds every word that was typed, in wide letters and capitals too, also in what only the file shows', () => {
    expect(shown('/boxes?q=五花').found).toBe(60);
    expect(shown('/boxes?q=PORK Ｂ12').rows.map(({ batch }) => batch)).toEqual(['B12', 'B120']);
    expect(shown('/boxes?q=2026-11-21 13:59').rows.map(({ batch }) => batch)).toEqual(['B120']);
    expect(shown('/boxes?q=豆腐')).toMatchObject({ rows: [], found: 0, more: 'end' });
  });

  it('orders all it found before it takes the page', () => {
    const last = shown('/boxes?q=五花&sort=-at&page=2');
    expect([last.found, last.rows.at(0)?.batch, last.rows.at(-1)?.batch]).toEqual([60, 'B19', 'B1']);
  });

  it('takes a page that is none for the first', () => {
    for (const page of ['0', '-1', '1.5', 'x', '1001']) expect(searchAsked(`/boxes?page=${page}`).page).toBe(1);
  });

  it('is a file of all that was found, in the same order, with times as times', () => {
    const [heads, ...rows] = fileOf(zhCN, '/boxes?q=五花&sort=-at&page=2', columns, boxes);
    expect(heads).toEqual(['品名', '批号', '时间']);
    expect(rows).toHaveLength(60);
    expect(rows[0]).toEqual(['五花肉', 'B119', { day: '2026-11-21 13:58' }]);
  });

  it('keeps what else its address asks when it is searched, and begins at the first page', () => {
    const bar = String(
      <ListBar words={en} here="/boxes?state=new&sort=-at&page=2&q=pork&kind=x" file="/boxes.csv" fields={['kind']} />,
    );
    expect(bar).toContain('<input type="hidden" name="state" value="new"/>');
    expect(bar).toContain('<input type="hidden" name="sort" value="-at"/>');
    expect(bar).not.toMatch(/type="hidden" name="(page|q|kind)"/);
    expect(bar).toContain('href="/boxes.csv?state=new&amp;sort=-at&amp;q=pork&amp;kind=x"');
  });

  it('leads to the pages before and after, with all that was asked', () => {
    const pages = (here: string) => String(<ListPages words={en} here={here} list={shown(here)} />);
    expect(pages('/boxes?sort=at')).toContain('120 rows, page 1 of 3');
    expect(pages('/boxes?sort=at')).toContain('href="/boxes?sort=at&amp;page=2"');
    expect(pages('/boxes?sort=at&page=2')).toContain('href="/boxes?sort=at"');
    expect(pages('/boxes?page=3')).not.toContain('rel="next"');
    expect(pages('/boxes')).not.toContain('rel="prev"');
  });
});
