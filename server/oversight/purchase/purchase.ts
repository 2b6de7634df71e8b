// Orders between a shop and its supplier: their states, what is sent from which lot, what did not come, and money held against goods.
import { z } from 'zod';
import { unitCode } from '../../trace/code/balance-unit.ts';

export const orderStates = ['placed', 'sent', 'received', 'cancelled', 'declined'] as const;
export type OrderState = (typeof orderStates)[number];
export const moneyKinds = ['invoice', 'payment'] as const;
export type MoneyKind = (typeof moneyKinds)[number];
/** What a grower's promise rests on (承诺依据). */
export const promiseGrounds = ['laboratory', 'own_test', 'control', 'word'] as const;

export const mostOrderLines = 40;
export const mostParcels = 100;

const text = z.string().trim().min(1).max(120);
const amount = z.coerce.number().positive().max(1e9);
const unit = z
  .string()
  .trim()
  .max(40)
  .refine((said) => said === '' || unitCode(said) !== undefined, 'No unit; kg, 箱 or KGM are.')
  .transform((said) => (said === '' ? null : unitOf(said)))
  .nullish();
const day = z
  .string()
  .trim()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .refine((said) => !Number.isNaN(Date.parse(said)));
/** Yuan with at most two decimals, as fen. */
export const yuan = z.coerce
  .number()
  .min(0)
  .max(1e9)
  .transform((said) => Math.round(said * 100));

/** UN/CEFACT; null: pieces. */
function unitOf(said: string): string | null {
  const code = unitCode(said) ?? null;
  return code === 'C62' ? null : code;
}

export const newOrderSchema = z.object({
  /** The same key is the same order. */
  key: z.string().trim().min(8).max(100),
  /** Site id that buys; the caller's only one when left out. */
  site: z.string().trim().max(200).optional(),
  /** Site id of the supplier. */
  supplier: z.string().trim().min(1).max(200),
  /** The day it is wanted on; tomorrow when left out. */
  due: day.optional(),
  lines: z
    .array(
      z.object({ product: text, quantity: amount, unit, price: yuan.optional().describe('yuan for one of the unit') }),
    )
    .min(1)
    .max(mostOrderLines),
});
export type NewOrder = z.output<typeof newOrderSchema>;

const number = z.string().trim().max(100).optional();
export const sentSchema = z.object({
  parcels: z
    .array(
      z.object({
        /** The line's id. */
        line: z.coerce.number().int().positive(),
        /** The lot's code. */
        code: z.string().trim().min(1).max(2_048),
        /** In the unit of the line. */
        quantity: amount,
        /** Numbers of certificates as they stand on paper, where they are not registered yet. */
        quarantine: number,
        quality: number,
      }),
    )
    .min(1)
    .max(mostParcels),
});
export type SentInput = z.output<typeof sentSchema>;

export const receivedSchema = z.object({
  /** Measured on arrival. */
  celsius: z.coerce.number().min(-100).max(150).optional(),
  parcels: z
    .array(z.object({ id: z.coerce.number().int().positive(), quantity: z.coerce.number().min(0).max(1e9) }))
    .max(mostParcels),
});
export type ReceivedInput = z.output<typeof receivedSchema>;

export const moneySchema = z.object({ kind: z.enum(moneyKinds), reference: text, amount: yuan });
export type MoneyInput = z.output<typeof moneySchema>;

export const promiseSchema = z.object({
  lot: z.coerce.number().int().positive(),
  site: z.string().trim().max(200).optional(),
  number,
  grower: text,
  contact: text,
  quantity: amount,
  unit,
  ground: z.enum(promiseGrounds),
});
export type PromiseInput = z.output<typeof promiseSchema>;

export type HeldLot = {
  readonly lotId: number;
  readonly code: string;
  /** How much there is, in the unit it is asked in. */
  readonly onHand: number;
};

/** What to send of which lot, in the order given (the one that ends first, first); less than wanted where there is less. */
export function shareOut(wanted: number, held: readonly HeldLot[]): { lot: HeldLot; quantity: number }[] {
  let rest = wanted;
  return held.flatMap((lot) => {
    const quantity = Math.min(rest, lot.onHand);
    if (quantity <= 1e-9) return [];
    rest -= quantity;
    return [{ lot, quantity: round(quantity) }];
  });
}

export type LineBooks = {
  readonly priceFen: number | null;
  readonly parcels: readonly { readonly sent: number; readonly received: number | null }[];
};
export type MoneyBooks = { readonly kind: MoneyKind; readonly amountFen: number };

/** All in fen; null: not known. */
export type Sums = { readonly goods: number | null; readonly invoiced: number | null; readonly paid: number | null };

/** Goods count as they were received; without a price of each, or before they came, their worth is not known. */
export function sumsOf(state: OrderState, lines: readonly LineBooks[], money: readonly MoneyBooks[]): Sums {
  const worth = lines.map(({ priceFen, parcels }) =>
    priceFen === null ? null : Math.round(parcels.reduce((sum, { received }) => sum + (received ?? 0), 0) * priceFen),
  );
  const isKnown = state === 'received' && worth.every((fen) => fen !== null);
  const total = (kind: MoneyKind) => {
    const of = money.filter((row) => row.kind === kind);
    return of.length === 0 ? null : of.reduce((sum, { amountFen }) => sum + amountFen, 0);
  };
  return {
    goods: isKnown ? worth.reduce<number>((sum, fen) => sum + (fen ?? 0), 0) : null,
    invoiced: total('invoice'),
    paid: total('payment'),
  };
}

export type Mismatch = 'goods_invoice' | 'invoice_payment' | 'goods_payment';

/** Which of the three do not agree. One fen a line is rounding. */
export function mismatchesOf({ goods, invoiced, paid }: Sums, lines: number): Mismatch[] {
  const differ = (a: number | null, b: number | null) => a !== null && b !== null && Math.abs(a - b) > lines;
  return [
    ...(differ(goods, invoiced) ? ['goods_invoice' as const] : []),
    ...(differ(invoiced, paid) ? ['invoice_payment' as const] : []),
    ...(invoiced === null && differ(goods, paid) ? ['goods_payment' as const] : []),
  ];
}

function round(quantity: number): number {
  return Math.round(quantity * 1e6) / 1e6;
}
