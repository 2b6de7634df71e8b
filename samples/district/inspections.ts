// Which kitchens of the sample city were visited in the last weeks and what was found, and whose shops have kept their daily lists.
import type { PlaceName } from './places.ts';
import type { Day } from './story.ts';

export type Inspection = {
  readonly at: number;
  readonly kind: 'visit';
  readonly kitchen: PlaceName;
  /** Points of the check list that were bad; none: it passed. */
  readonly bad: readonly string[];
  readonly words: string;
};
export type ShopDay = {
  readonly at: number;
  readonly kind: 'office' | 'list';
  readonly kitchen: PlaceName;
};

type Line = readonly [daysAgo: number, kitchen: PlaceName, bad: readonly string[], words: string];

const visits: readonly Line[] = [
  [34, 'mianbao', [], ''],
  [31, 'beianSeafood', ['cold', 'raw'], '冷柜十二度，生熟砧板混用'],
  [28, 'beianSeafood', ['cold'], '砧板已分开，冷柜仍有八度'],
  [25, 'beianSeafood', [], ''],
  [20, 'jiangbeiHotpot', ['clothes'], '两名厨师没有戴帽子'],
  [17, 'jiangbeiHotpot', [], ''],
  [11, 'laojiefang', [], ''],
  [5, 'linjiangYu', ['waste', 'health'], '垃圾桶没有盖，一张健康证过期'],
];

export function inspectionsOf(day: Day): Inspection[] {
  return visits.map(([daysAgo, kitchen, bad, words]) => ({
    at: day(daysAgo, 14, 30),
    kind: 'visit',
    kitchen,
    bad,
    words,
  }));
}

/** Shops with an owner to sign in as: named ten days ago, a list each day since, the last of them still to be done. */
const listed = ['dingxiang', 'laojiefang', 'sanwei'] as const satisfies readonly PlaceName[];
const daysKept = 10;

export function shopDaysOf(day: Day): ShopDay[] {
  return listed.flatMap((kitchen) => [
    { at: day(daysKept, 8), kind: 'office' as const, kitchen },
    ...Array.from({ length: daysKept }, (_, index) => ({
      at: day(daysKept - index, 9, 30),
      kind: 'list' as const,
      kitchen,
    })),
  ]);
}
