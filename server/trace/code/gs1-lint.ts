// The content rules of GS1 element strings: what may stand in a value beyond its length (GS1 General Specifications §3, §7).

import { hasCheckDigit } from './gs1.ts';
import { countryLetters, countryNumbers, currencyNumbers, packageTypes } from './gs1-code-lists.ts';
import { isCouponCode, isPositiveOffer } from './gs1-coupon.ts';

export type LintName = keyof typeof lints;

/** CSET 82, in the order in which it gives values to the check character pair. */
const characterSet82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const checkCharacters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

const lints = {
  csetnumeric: (text: string) => /^\d*$/.test(text),
  cset82: (text: string) => /^[!"%-?A-Z_a-z]*$/.test(text),
  cset39: (text: string) => /^[#\-/0-9A-Z]*$/.test(text),
  cset64: isBase64Url,
  csum: hasCheckDigit,
  csumalpha: hasCheckCharacterPair,
  // Whether a company prefix was ever given out only GS1's own directory knows; here: there is room for one.
  gcppos1: (text: string) => /^\d{4}/.test(text),
  gcppos2: (text: string) => /^.\d{4}/s.test(text),
  couponcode: isCouponCode,
  couponposoffer: isPositiveOffer,
  hasnondigit: (text: string) => /\D/.test(text),
  hyphen: (text: string) => /^-+$/.test(text),
  hh: (text: string) => /^([01]\d|2[0-3])$/.test(text),
  mi: (text: string) => /^[0-5]\d$/.test(text),
  ss: (text: string) => /^[0-5]\d$/.test(text),
  hhmi: (text: string) => /^([01]\d|2[0-3])[0-5]\d$/.test(text),
  iban: isIban,
  importeridx: (text: string) => /^[-0-9A-Z_a-z]$/.test(text),
  iso3166: (text: string) => countryNumbers.has(text),
  iso3166999: (text: string) => text === '999' || countryNumbers.has(text),
  iso3166alpha2: (text: string) => countryLetters.has(text),
  iso4217: (text: string) => currencyNumbers.has(text),
  iso5218: (text: string) => /^[0129]$/.test(text),
  latitude: (text: string) => /^\d{10}$/.test(text) && Number(text) <= 1_800_000_000,
  longitude: (text: string) => /^\d{10}$/.test(text) && Number(text) <= 3_600_000_000,
  mediatype: (text: string) => /^(0[1-9]|10|[89]\d)$/.test(text),
  nonzero: (text: string) => /^\d*[1-9]\d*$/.test(text),
  nozeroprefix: (text: string) => /^(0|[1-9]\d*)?$/.test(text),
  packagetype: (text: string) => packageTypes.has(text),
  pcenc: (text: string) => /^([^%]|%[0-9A-Fa-f]{2})*$/s.test(text),
  pieceoftotal: isPieceOfTotal,
  posinseqslash: isPositionOfTotal,
  winding: (text: string) => /^[019]$/.test(text),
  yesno: (text: string) => /^[01]$/.test(text),
  yymmdd: (text: string) => /^\d{6}$/.test(text) && isDay(`20${text}`),
  yymmd0: (text: string) => /^\d{6}$/.test(text) && isDayOrMonth(`20${text}`),
  yyyymmdd: isDay,
  yyyymmd0: isDayOrMonth,
  zero: (text: string) => /^0+$/.test(text),
} as const satisfies Record<string, (text: string) => boolean>;

/** Whether the value passes the rule. */
export function passesLint(name: LintName, text: string): boolean {
  return lints[name](text);
}

export function isLintName(name: string): name is LintName {
  return Object.hasOwn(lints, name);
}

/** The letters of a digital signature: padding, where there is some, fills up to a multiple of three (AI 8030). */
function isBase64Url(text: string): boolean {
  const padding = /^[-0-9A-Z_a-z]*(={0,2})$/.exec(text)?.[1];
  return padding !== undefined && (padding === '' || text.length % 3 === 0);
}

/** General Specifications §7.9.5: weights are primes from the right, the sum modulo 1021 in two characters. */
function hasCheckCharacterPair(text: string): boolean {
  if (text.length < 2 || text.length > 99) return false;
  const body = text.slice(0, -2);
  const primes = firstPrimes(body.length);
  let sum = 0;
  for (let i = 0; i < body.length; i += 1) {
    const value = characterSet82.indexOf(body.charAt(i));
    if (value < 0) return false;
    sum += value * (primes[body.length - 1 - i] ?? 0);
  }
  sum %= 1021;
  return text.slice(-2) === checkCharacters.charAt(sum >> 5) + checkCharacters.charAt(sum & 31);
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n += 1) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}

/** ISO 13616: country and check digits to the end, letters as 10…35, remainder 1 modulo 97. */
function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[0-9A-Z]+$/.test(text) || !countryLetters.has(text.slice(0, 2))) return false;
  let remainder = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    for (const digit of String(Number.parseInt(character, 36))) remainder = (remainder * 10 + Number(digit)) % 97;
  }
  return remainder === 1;
}

function isPieceOfTotal(text: string): boolean {
  if (!/^(\d\d)+$/.test(text)) return false;
  const piece = text.slice(0, text.length / 2);
  const total = text.slice(text.length / 2);
  return /[1-9]/.test(piece) && piece <= total;
}

function isPositionOfTotal(text: string): boolean {
  const [, position, total] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(text) ?? [];
  return position !== undefined && Number(position) <= Number(total);
}

function isDay(text: string): boolean {
  return isDayOrMonth(text) && !text.endsWith('00');
}

/** YYYYMMDD, where day 00 stands for the whole month. */
function isDayOrMonth(text: string): boolean {
  if (!/^\d{8}$/.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))];
  if (month < 1 || month > 12) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
