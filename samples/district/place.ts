// One made-up place: its number with a check digit, its licence, its names in both languages.

export type Place = {
  /** Seven digits of a made-up company, a number of ours, and the check digit added by `gln`. */
  readonly gln: string;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: 'farm' | 'slaughterhouse' | 'importer' | 'wholesaler' | 'distributor' | 'kitchen' | 'restaurant';
  readonly licence: string;
  readonly address: string;
  readonly addressEn: string;
};

const company = '6912345';

export function place(
  number: number,
  kind: Place['kind'],
  name: string,
  nameEn: string,
  address: string,
  addressEn: string,
): Place {
  const licence = `JY1${String(3301000000000 + number * 37).padStart(13, '0')}`;
  return {
    gln: withCheckDigit(`${company}${String(number).padStart(5, '0')}`),
    name,
    nameEn,
    kind,
    licence,
    address,
    addressEn,
  };
}

/** GS1 General Specifications §7.9.1: weights 3 and 1 from the right. */
export function withCheckDigit(digits: string): string {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
