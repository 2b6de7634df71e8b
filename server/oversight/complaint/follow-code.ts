// The short code by which whoever complained finds out what became of it: read out on the phone, typed on a page.
import { randomInt } from 'node:crypto';

// Without letters and digits that are taken for one another.
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 12;

/** 30^12, 59 bits: nobody finds one by trying. */
export function newFollowCode(): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
}

/** `K7QM-2T9X-4HNA`. */
export function spokenCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-');
}

/** As typed: small letters, spaces and dashes are no fault. */
export function readFollowCode(typed: string): string {
  return typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').slice(0, 40);
}
