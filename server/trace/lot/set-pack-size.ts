// Sets what one box, bag, case or portion of a product holds: from then on its boxes and kilograms are one account.
import { type Caller, isRegulator } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { baseAmount, type ProductUnit, unitOfDimension } from '../code/balance-unit.ts';
import { asGtin } from '../code/gs1.ts';
import { unitWord } from '../code/unit-word.ts';
import { keepPackaging, packagingFault, packagingsOf } from '../place/packaging-store.ts';

/** As people write it: one 箱 holds 12.5 kg, one 份 holds 0.25 kg, one 箱 holds 24 个. */
export type PackSize = {
  readonly pack: string;
  readonly holds: number;
  readonly unit: string;
  /** The GTIN printed on the pack itself, where it has one of its own. */
  readonly gtin?: string | undefined;
};

type PackDeps = Pick<Deps, 'db' | 'clock'>;

/** The lot's product, all lots of it. Throws Problem `conflict` where the product is not known, `invalid_input` with every fault. */
export function setPackSize(deps: PackDeps, lotId: number, size: PackSize, caller: Caller | null): void {
  writeTransaction(deps.db, () => {
    const { db } = deps;
    const product = productOfLot(db, lotId);
    if (product === undefined)
      throw new Problem('conflict', {
        detail: 'Nobody has said what product this lot is; register it with a product name first.',
      });
    const read = readSize(db, size, product);
    if (!read.ok) throw new Problem('invalid_input', { faults: read.faults });
    const factors = { ...product.factors, [read.pack]: read.holds };
    db.sqlite
      .prepare('UPDATE product SET unit = ?, factors = ? WHERE id = ?')
      .run(read.unit, JSON.stringify(factors), product.id);
    if (read.gtin !== undefined && product.gtin !== null)
      keepPackaging(db, {
        gtin: read.gtin,
        unitGtin: product.gtin,
        pack: read.pack,
        holds: read.holds,
        unit: read.unit,
      });
    appendEntry(db, {
      kind: 'product',
      subject: product.gtin === null ? `product/${product.id}` : `product/${product.gtin}`,
      body: { unit: read.unit, factors, packedAs: read.gtin, account: caller?.id ?? null },
      at: deps.clock(),
    });
  });
}

export type KeptPack = 'kept' | 'known' | 'not_yours';

/**
 * What somebody tells beside a lot: kept where the product says nothing of that pack yet, and only of who answers for the lot's
 * making or oversees it. Throws Problem `invalid_input` where another size is known.
 */
export function keepPackSize(
  deps: PackDeps,
  lotId: number,
  size: PackSize,
  caller: Caller | null,
  isOwn: () => boolean,
): KeptPack {
  const known = packSizesOf(deps.db, lotId);
  const read = { pack: unitWord(size.pack), unit: unitWord(size.unit) };
  const said = known?.packs.find(({ pack }) => pack === read.pack?.code);
  const amount = read.unit && baseAmount(size.holds * read.unit.times, read.unit.code, noProduct);
  if (said !== undefined && (size.gtin === undefined || said.gtin === asGtin(size.gtin))) {
    const own = baseAmount(said.holds, known?.unit ?? undefined, noProduct);
    if (own?.dimension === amount?.dimension && Math.abs((own?.amount ?? 0) - (amount?.amount ?? 0)) < 1e-9)
      return 'known';
    const detail = `One ${said.pack} of this product is known to hold ${said.holds} ${known?.unit ?? 'pieces'}; say so, or have it changed on the lot's page.`;
    throw new Problem('invalid_input', { faults: [{ place: '/packSize/holds', code: 'other_pack', detail }] });
  }
  if (caller !== null && !isRegulator(caller) && caller.role !== 'admin' && !isOwn()) return 'not_yours';
  try {
    setPackSize(deps, lotId, size, caller);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    throw new Problem('invalid_input', {
      faults: error.faults.map((fault) => ({ ...fault, place: `/packSize${fault.place}` })),
    });
  }
  return 'kept';
}

export type PackSizes = {
  readonly unit: string | null;
  /** `gtin`: printed on the pack itself. */
  readonly packs: readonly { readonly pack: string; readonly holds: number; readonly gtin?: string }[];
  /** What this product is a pack of. */
  readonly unitGtin?: string;
};

/** undefined: the lot's product is not known. */
export function packSizesOf(db: Db, lotId: number): PackSizes | undefined {
  const product = productOfLot(db, lotId);
  if (product === undefined) return undefined;
  const larger = product.gtin === null ? [] : packagingsOf(db, product.gtin);
  const packs = Object.entries(product.factors).map(([pack, holds]) => {
    const gtin = larger.find(({ factors }) => factors[pack] === holds)?.gtin;
    return { pack, holds, ...(gtin === undefined ? {} : { gtin }) };
  });
  const own = product.unitGtin === null ? {} : { unitGtin: product.unitGtin };
  return { unit: product.unit ?? null, packs, ...own };
}

type Product = ProductUnit & { readonly id: number; readonly gtin: string | null; readonly unitGtin: string | null };

function productOfLot({ sqlite }: Db, lotId: number): Product | undefined {
  const row = sqlite
    .prepare(
      `SELECT p.id, p.gtin, p.unit, p.factors, p.unit_gtin AS unitGtin FROM lot l CROSS JOIN product p ON p.id = l.product_id
       WHERE l.id = ?`,
    )
    .get(lotId) as (Pick<Product, 'id' | 'gtin' | 'unitGtin'> & { unit: string | null; factors: string }) | undefined;
  if (row === undefined) return undefined;
  return { ...row, unit: row.unit ?? undefined, factors: JSON.parse(row.factors) as Product['factors'] };
}

type ReadSize =
  | {
      readonly ok: true;
      readonly pack: string;
      readonly holds: number;
      readonly unit: string | null;
      readonly gtin: string | undefined;
    }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const noProduct: ProductUnit = { unit: undefined, factors: {} };

function readSize(db: Db, { pack, holds, unit, gtin }: PackSize, product: Product): ReadSize {
  const faults: Fault[] = [];
  const fault = (name: string, code: string, detail: string) => faults.push({ place: `/${name}`, code, detail });
  const [packed, counted] = [unitWord(pack), unitWord(unit)];
  if (packed === undefined) fault('pack', 'unknown_unit', `${pack.slice(0, 20)} is no unit; 箱, 袋, 份 or BX are.`);
  if (counted === undefined) fault('unit', 'unknown_unit', `${unit.slice(0, 20)} is no unit; kg, 升 or 个 are.`);
  const fixed = packed === undefined ? undefined : baseAmount(1, packed.code, noProduct)?.dimension;
  if (fixed === 'mass' || fixed === 'volume')
    fault('pack', 'fixed_unit', `${pack} is always as much; name a pack, such as 箱 or 份.`);
  // Of what is a pack itself, a pallet holds so many of those packs.
  const known = product.unitGtin === null ? noProduct : product;
  const amount = counted === undefined ? undefined : baseAmount(holds * counted.times, counted.code, known);
  if (counted !== undefined && amount === undefined)
    fault('unit', 'unknown_unit', `Say it in kilograms, litres or pieces; ${unit} is a pack itself.`);
  if (!(holds > 0 && holds <= 1e6)) fault('holds', 'out_of_range', 'A number above 0.');
  const own = baseAmount(1, product.unit, noProduct);
  // Counted in boxes before anybody said what a box holds, it has no unit of its own yet.
  const isNew = own === undefined || (product.unit === undefined && Object.keys(product.factors).length === 0);
  if (amount !== undefined && !isNew && own?.dimension !== amount.dimension)
    fault('unit', 'other_unit', `This product is counted in ${product.unit ?? 'pieces'}; say it in that.`);
  if (amount !== undefined && packed?.code === 'C62' && amount.dimension === 'pieces')
    fault('pack', 'fixed_unit', 'One piece is one piece.');
  const printed = gtin === undefined ? undefined : asGtin(gtin);
  const refused = gtin === undefined ? undefined : packagingFault(db, product.gtin, printed);
  if (refused !== undefined) fault('gtin', refused.code, refused.detail);
  if (faults.length > 0 || packed === undefined || amount === undefined) return { ok: false, faults };
  const base = unitOfDimension(amount.dimension);
  const kept = isNew ? (base === 'C62' ? null : base) : (product.unit ?? null);
  const each = isNew ? amount.amount : amount.amount / (own?.amount ?? 1);
  return { ok: true, pack: packed.code, holds: Number(each.toPrecision(12)), unit: kept, gtin: printed };
}
