// The words people write for units, as UN/CEFACT codes (Recommendation 20 and 21) and how many of the code's unit one is.
import { simplified } from './simplified.ts';

export type UnitWord = {
  readonly code: string;
  /** 斤 is half of its code's kilogram; 1 for nearly all. */
  readonly times: number;
};

/** Code → its words. Packs stay packs: what one weighs is the product's matter, never the unit's. */
const wordsOf: Readonly<Record<string, readonly string[]>> = {
  KGM: ['kg', 'kgs', 'kg.', 'kilo', 'kilos', 'kilogram', 'kilograms', '公斤', '千克', 'kgm'],
  GRM: ['g', 'gr', 'gram', 'grams', '克'],
  MGM: ['mg', '毫克'],
  TNE: ['t', 'ton', 'tons', 'tonne', 'tonnes', '吨'],
  DTN: ['公担'],
  LBR: ['lb', 'lbs', 'pound', 'pounds', '磅'],
  ONZ: ['oz', 'ounce', 'ounces', '盎司'],
  LTR: ['l', 'litre', 'litres', 'liter', 'liters', '升', '公升'],
  MLT: ['ml', '毫升'],
  C62: [
    'pc',
    'pcs',
    'piece',
    'pieces',
    'unit',
    'units',
    'ea',
    'each',
    'head',
    '件',
    '只',
    '个',
    '头',
    '枚',
    '颗',
    '粒',
    '根',
    '支',
    '尾',
    '羽',
    '匹',
    '棵',
    '朵',
    '块',
    '片',
    '串',
  ],
  DZN: ['dozen', '打'],
  PR: ['pair', 'pairs', '双', '对'],
  CS: ['case', 'cases', '整箱', '大箱'],
  BX: ['box', 'boxes', '箱', '纸箱'],
  CT: ['carton', 'cartons', 'ctn', 'ctns', '盒', '小盒'],
  BG: ['bag', 'bags', '袋', '编织袋'],
  PK: ['pack', 'packs', 'pkt', 'packet', 'packets', '包', '提', '排', '联'],
  BO: ['bottle', 'bottles', 'btl', '瓶'],
  BJ: ['bucket', 'buckets', 'pail', 'pails', 'drum', 'drums', '桶'],
  PU: ['tray', 'trays', '板', '托盒', '盘'],
  SR: ['strip', 'strips', '条'],
  CA: ['can', 'cans', 'tin', 'tins', '罐', '听'],
  JR: ['jar', 'jars', '坛', '壶'],
  BE: ['bundle', 'bundles', '捆', '扎', '把'],
  BK: ['basket', 'baskets', '筐', '框', '篮', '篓'],
  CR: ['crate', 'crates', '周转箱', '周转筐', '胶筐', '胶框', '塑料筐'],
  RO: ['roll', 'rolls', '卷'],
  PTN: ['portion', 'portions', 'serving', 'servings', '份'],
  PF: ['pallet', 'pallets', '托盘', '托', '栈板'],
};

/** Chinese market weights, in kilograms. */
const marketWeights: Readonly<Record<string, number>> = {
  斤: 0.5,
  市斤: 0.5,
  两: 0.05,
  市两: 0.05,
  担: 50,
  市担: 50,
  钱: 0.005,
};

const words = new Map<string, UnitWord>();
for (const [code, known] of Object.entries(wordsOf)) for (const word of known) words.set(word, { code, times: 1 });
for (const [word, times] of Object.entries(marketWeights)) words.set(word, { code: 'KGM', times });

/** `公斤`, `ＫＧ`, `斤`, `箱`, `KGM` → its code; undefined for what is no unit. */
export function unitWord(text: string): UnitWord | undefined {
  const plain = simplified(text.normalize('NFKC').trim());
  const found = words.get(plain.toLowerCase().replace(/\s+/g, ''));
  if (found !== undefined) return found;
  return /^[A-Z0-9]{1,3}$/.test(plain) && !/^\d+$/.test(plain) ? { code: plain, times: 1 } : undefined;
}

/** An amount in its code's unit, without the dust of binary fractions. */
export function inUnit(quantity: number, { times }: UnitWord): number {
  return times === 1 ? quantity : Number((quantity * times).toPrecision(12));
}
