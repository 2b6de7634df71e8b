// Rules of accounts: what a login and a password may look like, how long a session lasts.
import type { Fault } from '../http/problem.ts';

export const sessionMs = 12 * 3600_000;
/** How long a second factor may take after the password. */
export const halfSessionMs = 10 * 60_000;
/** How soon after signing in a person may add a second factor without signing in again. */
export const freshSessionMs = 15 * 60_000;
export const loginPattern = /^[A-Za-z0-9._-]{3,40}$/;
export const leastPasswordLength = 10;
export const longestPassword = 200;

export type NewAccountInput = { readonly login: string; readonly name: string; readonly password: string };

/** Every fault of a new account's fields. */
export function accountFaults(input: NewAccountInput): Fault[] {
  return [...loginFaults(input.login), ...nameFaults(input.name), ...passwordFaults(input.password, input.login)];
}

export function nameFaults(name: string): Fault[] {
  if (name.trim() !== '' && name.length <= 80) return [];
  return [{ place: 'name', code: 'bad_name', detail: 'Give a name of at most 80 characters.' }];
}

/** A password is long, and not the name it belongs to. */
export function passwordFaults(password: string, login: string): Fault[] {
  const fault = (code: string, detail: string): Fault[] => [{ place: 'password', code, detail }];
  if (password.length < leastPasswordLength || password.length > longestPassword)
    return fault('bad_password', `A password has ${leastPasswordLength}–${longestPassword} characters.`);
  if (password.toLowerCase() === login.toLowerCase())
    return fault('password_is_login', 'The account name is no password.');
  return [];
}

function loginFaults(login: string): Fault[] {
  if (loginPattern.test(login)) return [];
  const detail = 'An account name has 3–40 letters, digits, dots, dashes or underscores.';
  return [{ place: 'login', code: 'bad_login', detail }];
}
