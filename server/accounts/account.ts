// Rules of accounts: what a login and a password may look like, how long a session lasts.
import type { Fault } from '../http/problem.ts';

export const sessionMs = 12 * 3600_000;
export const loginPattern = /^[A-Za-z0-9._-]{3,40}$/;
export const leastPasswordLength = 10;
export const longestPassword = 200;

export type NewAccountInput = { readonly login: string; readonly name: string; readonly password: string };

/** Every fault of a new account's fields. */
export function accountFaults(input: NewAccountInput): Fault[] {
  const faults: Fault[] = [];
  if (!loginPattern.test(input.login)) {
    faults.push({
      place: 'login',
      code: 'bad_login',
      detail: 'An account name has 3–40 letters, digits, dots, dashes or underscores.',
    });
  }
  if (input.name.trim() === '' || input.name.length > 80) {
    faults.push({ place: 'name', code: 'bad_name', detail: 'Give a name of at most 80 characters.' });
  }
  if (input.password.length < leastPasswordLength || input.password.length > longestPassword) {
    faults.push({
      place: 'password',
      code: 'bad_password',
      detail: `A password has ${leastPasswordLength}–${longestPassword} characters.`,
    });
  }
  return faults;
}
