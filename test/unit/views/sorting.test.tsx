// Lists in the order that their address asks for.
import { describe, expect, it } from 'vitest';
import { type Column, inOrder, SortHead } from '../../../views/parts/sorting.tsx';
import { en } from '../../../views/text/en.ts';
import { zhCN } from '../../../views/text/zh-CN.ts';

type Box = { readonly name: string; readonly kg: number | null };
const columns: readonly Column<Box>[] = [
  { key: 'name', label: '品名', of: ({ name }) => name },
  { key: 'kg', label: '数量', of: ({ kg }) => kg, side: 'right' },
  { key: 'papers', label: '票证' },
];
const boxes: readonly Box[] = [
  { name: 'B10', kg: null },
  { name: 'B9', kg: 4 },
  { name: 'A1', kg: 332 },
];
const names = (here: string) => inOrder(zhCN, here, columns, boxes).map(({ name }) => name);

describe('a sorted list', () => {
  it('is ordered by the column asked for, B9 before B10 and 332 kg after 4 kg', () => {
    expect(names('/lots?sort=name')).toEqual(['A1', 'B9', 'B10']);
    expect(names('/lots?sort=-name')).toEqual(['B10', 'B9', 'A1']);
    expect(names('/lots?sort=kg')).toEqual(['B9', 'A1', 'B10']);
  });

  it('puts what nobody wrote last, whichever way', () => {
    expect(names('/lots?sort=-kg')).toEqual(['A1', 'B9', 'B10']);
  });

  it('stays as it comes where no such column sorts', () => {
    for (const here of ['/lots', '/lots?sort=papers', '/lots?sort=toString', '/lots?sort='])
      expect(names(here)).toEqual(['B10', 'B9', 'A1']);
  });

  it('is in the order of pinyin for Chinese names', () => {
    const found = inOrder(zhCN, '/lots?sort=name', columns, [
      { name: '猪肉', kg: 1 },
      { name: '白菜', kg: 1 },
    ]);
    expect(found.map(({ name }) => name)).toEqual(['白菜', '猪肉']);
  });

  it('links each column to its order, then the other way, then back, and keeps what else was asked', () => {
    const head = (here: string) => String(<SortHead words={en} here={here} columns={columns} />);
    expect(head('/lots?q=pork&before=40')).toContain('href="/lots?q=pork&amp;sort=name"');
    expect(head('/lots?q=pork&sort=name&page=3')).toContain('href="/lots?q=pork&amp;sort=-name"');
    expect(head('/lots?sort=-name')).toContain('href="/lots"');
    expect(head('/lots?sort=-name')).toMatch(/aria-sort="descending"/);
    expect(head('/lots')).not.toContain('sort=papers');
  });
});
