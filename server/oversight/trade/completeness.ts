// How complete the key data elements of a supplier's goods are, product by product, as a buyer received them.

export const keyData = ['quantity', 'batch', 'origin', 'producedAt', 'expiresAt', 'certificate'] as const;
export type KeyDatum = (typeof keyData)[number];

export type ReceivedLot = {
  /** Site id of who delivered; null: nobody is named. */
  readonly supplier: string | null;
  readonly product: string;
  readonly productEn: string | null;
  readonly has: Readonly<Record<KeyDatum, boolean>>;
};

export type Completeness = {
  readonly supplier: string | null;
  readonly product: string;
  readonly productEn: string | null;
  readonly lots: number;
  /** Of each element, in how many lots it is missing. */
  readonly missing: Readonly<Record<KeyDatum, number>>;
  /** 0–1 of all elements of all lots. */
  readonly share: number;
};

/** Least complete first; equal ones as they came. */
export function completenessOf(received: readonly ReceivedLot[]): Completeness[] {
  const groups = new Map<string, ReceivedLot[]>();
  for (const lot of received) {
    const key = JSON.stringify([lot.supplier, lot.product]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [lot]);
    else group.push(lot);
  }
  return [...groups.values()].flatMap(groupOf).sort((a, b) => a.share - b.share);
}

function groupOf(lots: readonly ReceivedLot[]): Completeness[] {
  const [first] = lots;
  if (first === undefined) return [];
  const count = (datum: KeyDatum) => lots.filter(({ has }) => !has[datum]).length;
  const missing = Object.fromEntries(keyData.map((datum) => [datum, count(datum)])) as Record<KeyDatum, number>;
  const absent = keyData.reduce((sum, datum) => sum + missing[datum], 0);
  const { supplier, product, productEn } = first;
  const share = 1 - absent / (lots.length * keyData.length);
  return [{ supplier, product, productEn, lots: lots.length, missing, share }];
}
