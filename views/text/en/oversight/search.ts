// Words of the search that every page has, in English.
import type { search as reference } from '../../zh-CN/oversight/search.ts';

export const search: typeof reference = {
  title: 'Search',
  open: 'Search lots, places and codes',
  hint: 'A code, a batch, or a part of the name of a product, a place or a kitchen. Press / on any page to open it.',
  publicHint: 'The code on a pack or a dish, or the name of a kitchen.',
  unsure: 'May be read in several ways: open to choose',
  named: { place: 'Place code', called: 'Place', product: 'Product code', container: 'Box code' },
  groups: {
    code: 'This code',
    lots: 'Lots',
    kitchens: 'Kitchens',
    places: 'Places',
    people: 'People',
    pages: 'Pages',
  },
  noneTitle: (text: string) => `Nothing found for “${text}”`,
  none: 'Try fewer letters. A code can also be scanned or pasted.',
  publicNone: 'Check each character of the code, or try fewer letters. Sign in to see more.',
};
