// A small shop as it is taken down in the street: what it sells, and what can be checked of it without anybody.

export const shopKinds = ['meals', 'snacks', 'drinks', 'groceries', 'meat', 'produce', 'other'] as const;
export type ShopKind = (typeof shopKinds)[number];

export const shopStates = ['approved', 'waiting', 'refused'] as const;

export const doorStates = ['unswept', 'registered', 'shut', 'unwilling'] as const;
export type DoorState = (typeof doorStates)[number];

export const shopChecks = ['licence', 'expiry', 'address', 'duplicate', 'photos', 'sells'] as const;
export type ShopCheck = (typeof shopChecks)[number];
/** `why`: the word under which the dictionaries say it. */
export type CheckedShop = { readonly check: ShopCheck; readonly ok: boolean; readonly why: string };

/** 食品经营许可证: JY, a digit for the kind of business, six for the county, six in sequence, one to check the others by. */
export function licenceFault(licence: string): 'none' | 'form' | 'check_digit' | undefined {
  if (licence === '') return 'none';
  if (!/^JY[123]\d{13}$/.test(licence)) return 'form';
  return licenceHolds(licence) ? undefined : 'check_digit';
}

/** GB/T 17710 (ISO 7064), MOD 11,10 over the fourteen digits. */
export function licenceHolds(licence: string): boolean {
  const digits = [...licence.slice(2)].map(Number);
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (product + digit) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (product + (digits.at(-1) ?? 0)) % 10 === 1;
}

export type NewShop = {
  readonly name: string;
  readonly licence: string;
  /** `2027-05-31`; empty: not read. */
  readonly licenceUntil: string;
  readonly address: string;
  readonly sells: readonly ShopKind[];
  readonly photos: { readonly licence: boolean; readonly front: boolean };
};

export type KnownOfStreet = {
  /** Today in Beijing, `2026-11-30`. */
  readonly today: string;
  /** What an address here has in it: the names of the street and of its district. */
  readonly names: readonly string[];
  /** A shop of this name or address that is on record under another licence. */
  readonly alike: boolean;
};

/** All of them, those that pass and those that do not: both are shown with the reason. */
export function checksOf(shop: NewShop, { today, names, alike }: KnownOfStreet): CheckedShop[] {
  const fault = licenceFault(shop.licence);
  const isExpired = shop.licenceUntil !== '' && shop.licenceUntil < today;
  const isHere = names.some((name) => shop.address.includes(name));
  return [
    { check: 'licence', ok: fault === undefined, why: fault ?? 'ok' },
    {
      check: 'expiry',
      ok: shop.licenceUntil !== '' && !isExpired,
      why: shop.licenceUntil === '' ? 'none' : isExpired ? 'expired' : 'ok',
    },
    { check: 'address', ok: isHere, why: isHere ? 'ok' : names.length === 0 ? 'no_district' : 'elsewhere' },
    { check: 'duplicate', ok: !alike, why: alike ? 'alike' : 'ok' },
    {
      check: 'photos',
      ok: shop.photos.licence && shop.photos.front,
      why: shop.photos.licence ? (shop.photos.front ? 'ok' : 'no_front') : 'no_licence',
    },
    { check: 'sells', ok: shop.sells.length > 0, why: shop.sells.length > 0 ? 'ok' : 'none' },
  ];
}
