// What diners of the sample city complained of in the last weeks, and what became of it.
import { dayMs, hourMs } from '../../server/clock.ts';
import type { Lot } from './event-writer.ts';
import type { PlaceName } from './places.ts';
import type { Day } from './story.ts';

export type Complaint = {
  readonly at: number;
  readonly kind: 'complaint' | 'complaint-step';
  /** The same for a complaint and its steps. */
  readonly key: string;
  readonly kitchen: PlaceName;
  readonly lot: Lot;
  readonly about: 'foreign' | 'spoiled' | 'illness' | 'expired' | 'hygiene' | 'other';
  readonly words: string;
  readonly step?: { readonly kind: 'looked' | 'answered' | 'closed'; readonly words: string };
};

export type Explanation = { readonly at: number; readonly kind: 'explanation'; readonly reason: string };

type Line = readonly [
  daysAgo: number,
  kitchen: PlaceName,
  lot: Lot,
  about: Complaint['about'],
  words: string,
  ended: 'closed' | 'answered' | 'open',
];

const lines: readonly Line[] = [
  [53, 'beianSeafood', prawn(8), 'spoiled', '虾有明显异味，吃完不舒服', 'closed'],
  [46, 'jiangbeiHotpot', belly(7), 'foreign', '五花肉里有一小段塑料绳', 'closed'],
  [40, 'linjiangYu', prawn(6), 'hygiene', '店里地面很滑，厨师抽烟', 'closed'],
  [33, 'beianSeafood', prawn(5), 'illness', '三个人吃完都拉肚子', 'closed'],
  [27, 'baiyun', prawn(4), 'other', '虾的分量比菜单写的少', 'closed'],
  [25, 'beianSeafood', prawn(4), 'illness', '听说这批虾召回了，我昨晚吃过', 'closed'],
  [19, 'xinfeng', { product: 'chicken', batch: 'R3' }, 'spoiled', '鸡腿发粘，有酸味', 'closed'],
  [17, 'baiyun', prawn(4), 'hygiene', '后厨地上有积水，看着不放心', 'closed'],
  [17, 'chuanwei', belly(4), 'expired', '调料瓶上的日期过了', 'closed'],
  [17, 'jiangbeiHotpot', belly(4), 'other', '毛肚分量不足', 'closed'],
  [17, 'xinfeng', { product: 'chicken', batch: 'R4' }, 'hygiene', '打饭的人没戴手套', 'closed'],
  [17, 'linjiangYu', prawn(5), 'spoiled', '鱼不新鲜', 'closed'],
  [12, 'chuanwei', belly(3), 'hygiene', '后厨门开着，看到没戴帽子的人切肉', 'answered'],
  [6, 'jiangbeiHotpot', belly(3), 'hygiene', '上菜的人手上有伤口没包', 'answered'],
  [2, 'linjiangSchool', { product: 'chicken', batch: 'R3' }, 'other', '孩子说鸡腿没熟透', 'open'],
  [1, 'beianSeafood', prawn(3), 'spoiled', '海鲜不新鲜，服务员不理', 'open'],
  [1, 'baiyun', prawn(3), 'hygiene', '虾池水发浑，捞出来直接下锅', 'open'],
  [1, 'linjiangYu', prawn(3), 'foreign', '虾里有一根细铁丝', 'open'],
  [1, 'meixin', belly(3), 'other', '扣肉里有一块没化冻', 'open'],
  [1, 'jiangbeiHotpot', belly(3), 'hygiene', '桌上有油污，锅底有异味', 'open'],
];

/** Why there were so many on one day, as the inspector found the day after; of those of yesterday nobody has said it yet. */
export function explanationsOf(day: Day): Explanation[] {
  const reason = '前一晚市电视台播出食品安全专题，市民集中来电；五件逐一核查，没有共同的供货商或批次。';
  return [{ at: day(16, 10), kind: 'explanation', reason }];
}

export function complaintsOf(day: Day): Complaint[] {
  return lines.flatMap(([daysAgo, kitchen, lot, about, words, ended], index): Complaint[] => {
    const at = day(daysAgo, 20, index);
    const complaint = { key: `complaint/${index}`, kitchen, lot, about, words };
    const step = (after: number, kind: 'looked' | 'answered' | 'closed', said: string): Complaint => ({
      ...complaint,
      at: at + after,
      kind: 'complaint-step',
      step: { kind, words: said },
    });
    return [
      { ...complaint, at, kind: 'complaint' },
      ...(ended === 'open'
        ? []
        : [step(14 * hourMs, 'looked', ''), step(38 * hourMs, 'answered', '已到店核查，店家正在整改')]),
      ...(ended === 'closed' ? [step(4 * dayMs, 'closed', '已处理，谢谢反映')] : []),
    ];
  });
}

function belly(week: number): Lot {
  return { product: 'belly', batch: `H${week}` };
}

function prawn(week: number): Lot {
  return { product: 'prawn', batch: `F${week}` };
}
