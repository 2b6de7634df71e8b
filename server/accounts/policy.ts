// What a line of the permission table says: everyone, or the roles it names.
import { type Role, roles } from './caller.ts';

export type Policy =
  | { readonly everyone: true }
  | {
      readonly everyone: false;
      readonly roles: readonly Role[];
      /** `city`: it concerns the whole city, so nobody who is bound to a district of it. */
      readonly reach?: 'city';
    };

export const everyone: Policy = { everyone: true };
export const signedIn: Policy = { everyone: false, roles };

export function allow(...allowed: Role[]): Policy {
  return { everyone: false, roles: allowed };
}

/** The same, for those of the roles who are bound to no district. */
export function allowForCity(...allowed: Role[]): Policy {
  return { everyone: false, roles: allowed, reach: 'city' };
}
