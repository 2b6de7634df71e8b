// The GS1 keys as checked types, and the check digits that make them so (GS1 General Specifications §7.9).

/** A GTIN padded to 14 digits whose check digit is right. */
export type Gtin = string & { readonly brand: 'Gtin' };
/** A 13-digit GLN whose check digit is right. */
export type Gln = string & { readonly brand: 'Gln' };
/** An 18-digit SSCC whose check digit is right. */
export type Sscc = string & { readonly brand: 'Sscc' };

/** The check digit for the digits before it. Throws on anything but digits: callers check first. */
export function checkDigit(digitsBefore: string): string {
  if (!/^\d+$/.test(digitsBefore)) throw new RangeError('checkDigit takes digits only');
  let sum = 0;
  for (let i = digitsBefore.length - 1, weight = 3; i >= 0; i -= 1, weight = 4 - weight) {
    sum += (digitsBefore.charCodeAt(i) - 48) * weight;
  }
  return String((10 - (sum % 10)) % 10);
}

/** Whether the last digit is the check digit of the others. */
export function hasCheckDigit(digits: string): boolean {
  return /^\d{2,}$/.test(digits) && checkDigit(digits.slice(0, -1)) === digits.at(-1);
}

/** GTIN-8, -12, -13 or -14 as typed or scanned → GTIN-14, or undefined. */
export function asGtin(text: string): Gtin | undefined {
  if (!/^(\d{8}|\d{12,14})$/.test(text) || !hasCheckDigit(text)) return undefined;
  return text.padStart(14, '0') as Gtin;
}

export function asGln(text: string): Gln | undefined {
  return text.length === 13 && hasCheckDigit(text) ? (text as Gln) : undefined;
}

export function asSscc(text: string): Sscc | undefined {
  return text.length === 18 && hasCheckDigit(text) ? (text as Sscc) : undefined;
}
