// How many links stand in the bar: as many as are read whole, in either language.
import { describe, expect, it } from 'vitest';
import { inBar } from '../../../views/parts/page.tsx';

const links = (labels: readonly string[], count?: number) =>
  labels.map((label, at) => ({ href: `/${at}`, label, ...(count === undefined ? {} : { count }) }));

describe('the bar', () => {
  it('holds eight links of four Han characters, and never more', () => {
    expect(inBar(links(Array.from({ length: 12 }, () => '进货台账')))).toBe(8);
    expect(inBar(links(Array.from({ length: 12 }, () => '首页')))).toBe(8);
    expect(inBar(links(['首页', '追溯']))).toBe(2);
  });

  it('holds fewer where the words are long or numbers stand beside them', () => {
    const long = Array.from({ length: 8 }, () => 'Purchase ledger');
    expect(inBar(links(long))).toBe(5);
    expect(
      inBar(
        links(
          Array.from({ length: 8 }, () => '召回通知'),
          3,
        ),
      ),
    ).toBe(6);
  });
});
