// Every violation there is: its names in both languages, when it counts, and what it weighs.
import type { ModelPack } from '../../../inference/types.ts';

export const violationIds = [
  'no_mask',
  'no_hat',
  'no_uniform',
  'phone',
  'smoking',
  'pest',
  'animal',
  'open_bin',
  'fire',
  'camera_fault',
] as const;
export type ViolationId = (typeof violationIds)[number];

/** What only a lookout sees, over time and in its zone: one frame alone does not show it, so nobody is asked about it there. */
export const lookoutViolationIds = ['intrusion', 'unattended_fire', 'floor'] as const;
type LookoutViolationId = (typeof lookoutViolationIds)[number];

export const everyViolationId: readonly (ViolationId | LookoutViolationId)[] = [
  ...violationIds,
  ...lookoutViolationIds,
];

export type ViolationKind = {
  readonly zh: string;
  readonly en: string;
  /** What a reviewer confirms. */
  readonly ruleZh: string;
  readonly ruleEn: string;
  /** What the owner is asked to do. */
  readonly askZh: string;
  readonly askEn: string;
  /** Whether it counts around the clock, or only while the kitchen is open. */
  readonly hours: 'open' | 'always';
  /** How long the owner has to put it right. */
  readonly deadlineHours: number;
  /** Points it costs once a person has confirmed it. */
  readonly points: number;
  /** Without evidence until a pack brings some: said wherever it is shown. */
  readonly experimental: boolean;
};

export const violationKinds = {
  no_mask: {
    zh: '未戴口罩',
    en: 'No mask',
    ruleZh: '切配、烹饪时应佩戴口罩，遮住口鼻',
    ruleEn: 'A mask over nose and mouth while cutting and cooking',
    askZh: '请为当班人员配齐口罩，拍下整改后的同一位置。',
    askEn: 'Give everyone on shift a mask, then photograph the same place.',
    hours: 'open',
    deadlineHours: 24,
    points: 3,
    experimental: false,
  },
  no_hat: {
    zh: '未戴工帽',
    en: 'No hat',
    ruleZh: '进入食品处理区应戴工帽，头发不外露',
    ruleEn: 'Hair covered by a hat or net in the food area',
    askZh: '请为当班人员配齐工帽，拍下整改后的同一位置。',
    askEn: 'Give everyone on shift a hat or net, then photograph the same place.',
    hours: 'open',
    deadlineHours: 24,
    points: 2,
    experimental: false,
  },
  no_uniform: {
    zh: '未穿工服',
    en: 'No uniform',
    ruleZh: '进入食品处理区应穿清洁的工作衣',
    ruleEn: 'Clean work clothes in the food area',
    askZh: '请当班人员换上工作衣，拍下整改后的同一位置。',
    askEn: 'Have everyone on shift change into work clothes, then photograph the same place.',
    hours: 'open',
    deadlineHours: 24,
    points: 2,
    experimental: true,
  },
  phone: {
    zh: '使用手机',
    en: 'Phone in hand',
    ruleZh: '操作食品时不得使用手机',
    ruleEn: 'No phone in hand while handling food',
    askZh: '请提醒当班人员，划定手机存放处并拍照。',
    askEn: 'Remind the shift, set a place for phones and photograph it.',
    hours: 'open',
    deadlineHours: 24,
    points: 2,
    experimental: false,
  },
  smoking: {
    zh: '吸烟',
    en: 'Smoking',
    ruleZh: '食品处理区内禁止吸烟',
    ruleEn: 'No smoking in the food area',
    askZh: '请清理现场，张贴禁烟标识并拍照。',
    askEn: 'Clear the place, put up a no-smoking sign and photograph it.',
    hours: 'always',
    deadlineHours: 12,
    points: 5,
    experimental: false,
  },
  pest: {
    zh: '鼠虫',
    en: 'Pest',
    ruleZh: '食品处理区内不得有鼠、蟑螂等有害生物',
    ruleEn: 'No rats, mice or cockroaches in the food area',
    askZh: '请检查地漏与防鼠挡板，拍下整改后的同一位置。',
    askEn: 'Check drains and rodent boards, then photograph the same place.',
    hours: 'always',
    deadlineHours: 24,
    points: 5,
    experimental: true,
  },
  animal: {
    zh: '动物闯入',
    en: 'Animal',
    ruleZh: '猫、狗、禽鸟不得进入食品处理区',
    ruleEn: 'No cat, dog or bird in the food area',
    askZh: '请将动物移出并封住入口，拍下整改后的同一位置。',
    askEn: 'Take the animal out and close its way in, then photograph the same place.',
    hours: 'always',
    deadlineHours: 24,
    points: 3,
    experimental: false,
  },
  open_bin: {
    zh: '垃圾桶未盖',
    en: 'Open bin',
    ruleZh: '废弃物容器应加盖',
    ruleEn: 'Waste bins closed with a lid',
    askZh: '请盖好垃圾桶，拍下整改后的同一位置。',
    askEn: 'Close the bin, then photograph the same place.',
    hours: 'open',
    deadlineHours: 24,
    points: 1,
    experimental: true,
  },
  fire: {
    zh: '明火烟雾',
    en: 'Fire or smoke',
    ruleZh: '灶具以外不得有明火、浓烟',
    ruleEn: 'No flame or thick smoke away from the stove',
    askZh: '请先确保人员安全，排除隐患后拍照。',
    askEn: 'See to people first, remove the danger, then photograph the place.',
    hours: 'always',
    deadlineHours: 4,
    points: 5,
    experimental: true,
  },
  camera_fault: {
    zh: '镜头异常',
    en: 'Camera fault',
    ruleZh: '镜头应清洁、不遮挡、对准加工区域',
    ruleEn: 'The lens clean, uncovered and on the work area',
    askZh: '请擦拭或摆正镜头，拍下整改后的摄像头。',
    askEn: 'Wipe or straighten the lens, then photograph the camera.',
    hours: 'open',
    deadlineHours: 48,
    points: 1,
    experimental: false,
  },
  intrusion: {
    zh: '人员闯入',
    en: 'Somebody where nobody may be',
    ruleZh: '禁入区域或禁入时段内不得有人',
    ruleEn: 'Nobody in a closed-off zone, or outside the hours in which people may be there',
    askZh: '请核实是谁、为什么在那里，锁好出入口并拍照。',
    askEn: 'Find out who was there and why, lock the way in, then photograph it.',
    hours: 'always',
    deadlineHours: 12,
    points: 2,
    experimental: true,
  },
  unattended_fire: {
    zh: '动火离人',
    en: 'Fire left alone',
    ruleZh: '灶火点着时灶前不得离人',
    ruleEn: 'Nobody leaves a stove while it is lit',
    askZh: '请先关火，再核实当时谁在岗，拍下灶台。',
    askEn: 'Turn the stove off first, find out who was on duty, then photograph the stove.',
    hours: 'always',
    deadlineHours: 4,
    points: 5,
    experimental: true,
  },
  floor: {
    zh: '地面积水或堆物',
    en: 'Water or things on the floor',
    ruleZh: '地面应干燥清洁，通道不得堆放杂物',
    ruleEn: 'The floor dry and clean, nothing left standing in a passage',
    askZh: '请清理地面、移走杂物，拍下整改后的同一位置。',
    askEn: 'Clear and dry the floor, then photograph the same place.',
    hours: 'always',
    deadlineHours: 12,
    points: 1,
    experimental: true,
  },
} as const satisfies Record<ViolationId | LookoutViolationId, ViolationKind>;

function isViolationId(text: string): text is ViolationId | LookoutViolationId {
  return text in violationKinds;
}

/** What an audited frame is flagged as: people are asked about every kind, and the model's word is not told. */
export const wholeFrame = 'whole_frame';

const wholeFrameKind: ViolationKind = {
  zh: '整帧检查',
  en: 'Whole frame',
  ruleZh: '画面中有哪些违规？逐类看一遍，没有就选“没有”',
  ruleEn: 'Which violations does the frame show? Go through the kinds; if there are none, say so',
  askZh: '请按当场要求整改，拍下整改后的同一位置。',
  askEn: 'Put it right as asked, then photograph the same place.',
  hours: 'always',
  deadlineHours: 24,
  points: 0,
  experimental: false,
};

/** The heaviest of several kinds: what an order is about. */
export function heaviest(ids: readonly string[]): string | undefined {
  return [...ids].sort((a, b) => violationKind(b).points - violationKind(a).points)[0];
}

/** The kind of a violation id, also of one that a user's own pack brought along. */
export function violationKind(id: string): ViolationKind {
  if (id === wholeFrame) return wholeFrameKind;
  return isViolationId(id) ? violationKinds[id] : { ...violationKinds.camera_fault, ...strangerKind(id) };
}

function strangerKind(id: string): Partial<ViolationKind> {
  return {
    zh: id,
    en: id,
    ruleZh: '由自备模型定义的违规',
    ruleEn: 'A violation defined by a model pack of your own',
    askZh: '请按当场要求整改，拍下整改后的同一位置。',
    askEn: 'Put it right as asked, then photograph the same place.',
    experimental: true,
  };
}

export type ViolationWords = {
  readonly id: string;
  readonly name: string;
  readonly rule: string;
  readonly ask: string;
  readonly experimental: boolean;
};

/** What a page says of a violation in one language; the packs in use say whether it is still experimental. */
export function violationWords(id: string, lang: 'zh-CN' | 'en', packs: readonly ModelPack[] = []): ViolationWords {
  const kind = violationKind(id);
  const experimental = isExperimental(id, packs);
  return lang === 'en'
    ? { id, name: kind.en, rule: kind.ruleEn, ask: kind.askEn, experimental }
    : { id, name: kind.zh, rule: kind.ruleZh, ask: kind.askZh, experimental };
}

/** A pack that was measured knows better than this table; one that knows nothing of it changes nothing. */
export function isExperimental(id: string, packs: readonly ModelPack[]): boolean {
  const lines = packs.flatMap((pack) => pack.violations.filter((line) => line.id === id));
  return lines.length === 0 ? violationKind(id).experimental : lines.every((line) => line.experimental);
}
