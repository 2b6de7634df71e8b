// The goods of the sample district, with the temperatures they must keep.
import { withCheckDigit } from './place.ts';

export type Product = {
  readonly gtin: string;
  readonly name: string;
  readonly nameEn: string;
  /** UN/CEFACT unit the trade counts it in. */
  readonly uom: 'KGM' | 'H87';
  /** °C, as the product's standard says. */
  readonly coldChain?: { readonly minC: number; readonly maxC: number };
  readonly shelfLifeDays: number;
};

export const products = {
  pig: product(101, '生猪', 'Live pigs', 'H87', 10),
  cattle: product(102, '肉牛', 'Live cattle', 'H87', 10),
  carcass: product(201, '白条猪肉', 'Pork carcass', 'KGM', 6, [0, 4]),
  belly: product(202, '猪五花肉', 'Pork belly', 'KGM', 6, [0, 4]),
  leg: product(203, '猪后腿肉', 'Pork leg', 'KGM', 6, [0, 4]),
  ribs: product(204, '猪肋排', 'Pork ribs', 'KGM', 6, [0, 4]),
  beefSide: product(211, '牛二分体', 'Beef side', 'KGM', 8, [0, 4]),
  brisket: product(212, '牛腩', 'Beef brisket', 'KGM', 8, [0, 4]),
  shank: product(213, '牛腱子', 'Beef shank', 'KGM', 8, [0, 4]),
  rawPrawn: product(301, '南美白对虾（活）', 'Live white shrimp', 'KGM', 2),
  prawn: product(302, '冷冻南美白对虾', 'Frozen white shrimp', 'KGM', 540, [-40, -18]),
  mince: product(401, '鲜肉馅', 'Pork mince', 'KGM', 3, [0, 4]),
  chicken: product(501, '鲜鸡腿', 'Chicken legs', 'KGM', 5, [0, 4]),
  wonton: product(402, '鲜肉小馄饨', 'Pork wontons', 'KGM', 5, [-40, -18]),
} as const satisfies Record<string, Product>;

export type ProductName = keyof typeof products;

function product(
  number: number,
  name: string,
  nameEn: string,
  uom: Product['uom'],
  shelfLifeDays: number,
  kept?: readonly [minC: number, maxC: number],
): Product {
  const gtin = withCheckDigit(`06912345${String(number).padStart(5, '0')}`);
  return {
    gtin,
    name,
    nameEn,
    uom,
    shelfLifeDays,
    ...(kept === undefined ? {} : { coldChain: { minC: kept[0], maxC: kept[1] } }),
  };
}
