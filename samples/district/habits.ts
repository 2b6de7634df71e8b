// How the kitchens of the sample city kept themselves in the last sixty days: what their cameras saw, and how they answered.
import type { PlaceName } from './places.ts';

export type SeenKind = 'no_mask' | 'no_hat' | 'smoking' | 'phone';

export type Habit = {
  /** Violations that a reviewer confirmed, spread over the days. */
  readonly confirmed: readonly SeenKind[];
  /** What the models saw and no reviewer did. */
  readonly cleared: number;
  /** Of the orders: answered in time, after the deadline, or not at all for those at the end. */
  readonly late: number;
  readonly silent: number;
  /** Hours that its camera was away, one number an outage. */
  readonly outages: readonly number[];
};

/** The place of a kitchen's camera in its history; the three with clips have their own. */
export type StillCamera = { readonly place: string; readonly placeEn: string; readonly still: Still };
export type Still = 'dingxiang-hot' | 'laojiefang-wash' | 'sanwei-cold';

export const habits: Partial<Record<PlaceName, Habit>> = {
  dingxiang: habit(['no_mask', 'no_mask', 'no_hat'], { cleared: 3, outages: [2] }),
  laojiefang: habit(['smoking', 'no_mask', 'no_mask', 'smoking', 'no_mask', 'smoking'], {
    cleared: 2,
    late: 2,
    outages: [5, 9],
  }),
  sanwei: habit(['phone', 'no_hat', 'no_mask', 'phone'], { cleared: 3, late: 1, outages: [3] }),
  huaihua: habit(['no_hat', 'no_mask'], { cleared: 2 }),
  linjiangYu: habit(['no_mask', 'no_mask', 'phone', 'no_mask', 'no_hat'], { cleared: 1, late: 2, outages: [14, 30] }),
  linjiangSchool: habit(['no_hat'], { cleared: 2 }),
  jiangbeiHotpot: habit(['smoking', 'no_mask', 'no_hat', 'smoking', 'no_mask', 'phone'], {
    cleared: 2,
    late: 3,
    silent: 1,
    outages: [20, 45, 12],
  }),
  meixin: habit(['no_mask', 'no_hat'], { cleared: 2, outages: [4] }),
  jiangbeiMiddle: habit(['no_mask'], { cleared: 1 }),
  beianSeafood: habit(['no_mask', 'smoking', 'no_hat', 'no_mask', 'smoking', 'no_mask', 'phone'], {
    cleared: 2,
    late: 3,
    silent: 2,
    outages: [60, 24, 30],
  }),
  gangkou: habit(['no_hat'], { cleared: 2 }),
  baiyun: habit(['no_mask', 'phone', 'no_hat'], { cleared: 1, late: 1, outages: [8] }),
  chuanwei: habit(['no_mask', 'smoking', 'no_mask', 'no_hat'], { cleared: 1, late: 1, silent: 1, outages: [16] }),
};

/** Cameras that show one still, as a shop uploads it: not live, and said so. */
export const stillCameras: Partial<Record<PlaceName, StillCamera>> = {
  huaihua: still('热厨', 'Hot kitchen', 'dingxiang-hot'),
  linjiangYu: still('杀鱼台', 'Fish counter', 'laojiefang-wash'),
  linjiangSchool: still('备餐间', 'Serving room', 'sanwei-cold'),
  jiangbeiHotpot: still('锅底间', 'Broth room', 'dingxiang-hot'),
  meixin: still('热灶', 'Hot line', 'dingxiang-hot'),
  jiangbeiMiddle: still('备餐间', 'Serving room', 'sanwei-cold'),
  beianSeafood: still('水台', 'Water counter', 'laojiefang-wash'),
  gangkou: still('出餐口', 'Serving line', 'sanwei-cold'),
  baiyun: still('凉菜间', 'Cold dishes', 'sanwei-cold'),
  chuanwei: still('炒灶', 'Woks', 'dingxiang-hot'),
};

/** Days from the start until a food business licence ends, where that is near. */
export const licenceDaysLeft: Partial<Record<PlaceName, number>> = { yeshi: -6, yunwu: 21, chuanwei: 12, naicha: 60 };

export const withoutSeats: readonly PlaceName[] = ['xiangyu', 'kuaile'];

function habit(
  confirmed: readonly SeenKind[],
  rest: Partial<Omit<Habit, 'confirmed'>> & { readonly cleared: number },
): Habit {
  return { confirmed, late: 0, silent: 0, outages: [], ...rest };
}

function still(place: string, placeEn: string, name: Still): StillCamera {
  return { place, placeEn, still: name };
}
