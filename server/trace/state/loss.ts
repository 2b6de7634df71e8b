// What a lot may lose, wait and age before it is a finding: one rule for everything, and those of single products.

export type LossRule = {
  /** What a transformation may lose of what was put in, 0–1. */
  readonly lossShare: number;
  /** How long goods may be on the way before somebody should have scanned them in. */
  readonly transitHours: number;
  /** How many days before its expiry a lot is shown as near it. */
  readonly nearDays: number;
};

/** A carcass becomes cuts, a lorry takes two days, a kitchen plans three days ahead. */
export const usualRule: LossRule = { lossShare: 0.5, transitHours: 48, nearDays: 3 };

export type RuleRow = {
  /** 0: everything. */
  readonly productId: number;
  readonly lossShare: number | null;
  readonly transitHours: number | null;
  readonly nearDays: number | null;
};

export type LossRules = { readonly all: LossRule; readonly ofProduct: ReadonlyMap<number, LossRule> };

export function lossRules(rows: readonly RuleRow[]): LossRules {
  const over = (rule: LossRule, row: RuleRow | undefined): LossRule => ({
    lossShare: row?.lossShare ?? rule.lossShare,
    transitHours: row?.transitHours ?? rule.transitHours,
    nearDays: row?.nearDays ?? rule.nearDays,
  });
  const all = over(
    usualRule,
    rows.find(({ productId }) => productId === 0),
  );
  const own = rows.filter(({ productId }) => productId !== 0);
  return { all, ofProduct: new Map(own.map((row) => [row.productId, over(all, row)])) };
}

export function ruleFor({ all, ofProduct }: LossRules, productId: number | null): LossRule {
  return (productId === null ? undefined : ofProduct.get(productId)) ?? all;
}

/** Whether less came out than may be lost on the way. */
export function isLoss(amountIn: number, amountOut: number, { lossShare }: LossRule): boolean {
  return amountIn > 0 && amountOut < amountIn * (1 - lossShare);
}
