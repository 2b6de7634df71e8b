// What was delivered to the kitchens of the sample city in the weeks before the story, with a test that failed and its recall.
import { type Amount, commission, type EpcisEvent, type Lot, receive, serve, ship } from './event-writer.ts';
import type { PlaceName } from './places.ts';
import type { ProductName } from './products.ts';
import type { Day } from './story.ts';

export type SupplyStep =
  | { readonly at: number; readonly kind: 'delivery'; readonly events: readonly EpcisEvent[] }
  | {
      readonly at: number;
      readonly kind: 'test';
      readonly lot: Lot;
      readonly subject: string;
      readonly result: 'passed' | 'failed';
    }
  | { readonly at: number; readonly kind: 'recall'; readonly lot: Lot }
  | { readonly at: number; readonly kind: 'recall-answers' | 'recall-end'; readonly lot: Lot };

const weeksAgo = [8, 7, 6, 5, 4, 3] as const;
const failed: Lot = { product: 'prawn', batch: 'F4' };

export const pastRecall = {
  reason: '抽检检出呋喃西林代谢物',
  reasonEn: 'Nitrofurazone metabolite found in a random test',
  advice: '不要食用，退回购买处。',
  adviceEn: 'Do not eat it. Take it back to where it was bought.',
  closing: '涉事批次已全部退回并销毁',
};

export function supplySteps(day: Day): SupplyStep[] {
  return [
    ...weeksAgo.map(
      (week): SupplyStep => ({
        at: day(week * 7, 22),
        kind: 'delivery',
        events: eventsOf(week, (hour, minute) => day(week * 7, hour, minute)),
      }),
    ),
    ...weeksAgo.map(
      (week): SupplyStep => ({
        at: day(week * 7 - 2, 15),
        kind: 'test',
        lot: { product: 'belly', batch: `H${week}` },
        subject: '兽药残留',
        result: 'passed',
      }),
    ),
    { at: day(26, 10), kind: 'test', lot: failed, subject: '呋喃西林代谢物', result: 'failed' },
    { at: day(26, 11), kind: 'recall', lot: failed },
    { at: day(25, 10), kind: 'recall-answers', lot: failed },
    { at: day(23, 16), kind: 'recall-end', lot: failed },
  ];
}

type Hour = (hour: number, minute?: number) => number;
type Round = {
  readonly product: ProductName;
  readonly batch: string;
  readonly from: PlaceName;
  readonly to: readonly PlaceName[];
  /** Temperatures on the way, °C; none: nobody measured. */
  readonly celsius: readonly number[];
  /** Who took the goods without writing it down. */
  readonly unscanned: readonly PlaceName[];
};

function eventsOf(week: number, hour: Hour): EpcisEvent[] {
  const rounds: readonly Round[] = [
    {
      product: 'belly',
      batch: `H${week}`,
      from: 'wangji',
      to: ['huaihua', 'jiangbeiHotpot', 'meixin', 'chuanwei'],
      celsius: [2, 3, 3],
      unscanned: week % 2 === 0 ? ['jiangbeiHotpot'] : [],
    },
    {
      product: 'prawn',
      batch: `F${week}`,
      from: 'jiangbeiFish',
      to: ['linjiangYu', 'beianSeafood', 'baiyun'],
      celsius: week % 3 === 1 ? [-18, -11, -9] : [-20, -19, -19],
      unscanned: week % 3 === 0 ? ['beianSeafood'] : [],
    },
    {
      product: 'chicken',
      batch: `R${week}`,
      from: 'ronghe',
      to: ['xinfeng', 'linjiangSchool', 'jiangbeiMiddle'],
      celsius: week === 3 ? [4, 8, 9] : [1, 2, 2],
      unscanned: [],
    },
  ];
  return [...firstStations(week, hour), ...rounds.flatMap((round) => roundOf(round, hour))];
}

const kilograms = 20;

/** Prawns come with their papers every other week only. */
function firstStations(week: number, hour: Hour): EpcisEvent[] {
  const of = (product: ProductName, batch: string): Amount[] => [{ lot: { product, batch }, quantity: 160 }];
  const quarantine = { kind: 'quarantine' as const, number: `33012${week}880210`, issuer: '云溪县动物卫生监督所' };
  const quality = { kind: 'quality' as const, number: `YX-H${week}`, issuer: '云溪联合屠宰厂' };
  const customs = { kind: 'customs' as const, number: `HG-${week}-7712`, issuer: '北港海关' };
  return [
    commission(hour(3), 'abattoir', of('belly', `H${week}`), '浙江云溪', [quarantine, quality]),
    ship(hour(5), 'abattoir', 'wangji', of('belly', `H${week}`)),
    receive(hour(6), 'abattoir', 'wangji', of('belly', `H${week}`)),
    commission(hour(4), 'jiangbeiFish', of('prawn', `F${week}`), '厄瓜多尔', week % 2 === 0 ? [] : [customs]),
    commission(hour(4, 30), 'ronghe', of('chicken', `R${week}`), '浙江', [quarantine]),
  ];
}

function roundOf({ product, batch, from, to, celsius, unscanned }: Round, hour: Hour): EpcisEvent[] {
  const amounts: Amount[] = [{ lot: { product, batch }, quantity: kilograms }];
  return to.flatMap((kitchen, stop) => {
    const readings = celsius.map((value, index) => ({ at: hour(7, stop * 10 + index * 20), celsius: value }));
    const sent = ship(hour(7, stop * 10), from, kitchen, amounts);
    if (unscanned.includes(kitchen)) return [sent];
    return [
      sent,
      receive(hour(9, stop * 10), from, kitchen, amounts, readings),
      serve(hour(20, stop * 10), kitchen, amounts),
    ];
  });
}
