// What a recall says: the lot it is about, why it is recalled, and what to do with the goods.

/** The words given at the start; a recall and the plan of one carry the same. */
export type RecallSaid = {
  readonly id: number;
  readonly publicId: string;
  readonly lotId: number;
  readonly code: string;
  readonly product: string | null;
  readonly productEn: string | null;
  readonly reason: string;
  readonly reasonEn: string | null;
  readonly advice: string | null;
  readonly adviceEn: string | null;
  /** 1 to 3, the gravest first; null: not said. */
  readonly grade: number | null;
  readonly accountId: number | null;
};

/** Its columns where the recall (or its plan) is `r`, the lot `l` and the product `p`. */
export const recallSaidColumns = `r.id, r.public_id AS publicId, r.lot_id AS lotId, l.code, p.name AS product,
    p.name_en AS productEn, r.reason, r.reason_en AS reasonEn, r.advice, r.advice_en AS adviceEn, r.grade, r.account_id AS accountId`;
