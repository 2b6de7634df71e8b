// Adds a person with a first password that the administrator hands over, where no link can be sent.
import { Problem } from '../../http/problem.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { accountFaults } from '../account.ts';
import { accountByLogin } from '../account-store.ts';
import type { Caller } from '../caller.ts';
import { hashPassword } from '../password.ts';
import { insertStanding } from './invite-person.ts';
import { fitting, type Standing, standingFaults } from './standing.ts';

export type NewPerson = Standing & { readonly login: string; readonly name: string; readonly password: string };

/** Returns the new account's id. Throws Problem `invalid_input` with every fault, `duplicate` for a taken name. */
export async function addPerson(db: Db, input: NewPerson, by: Caller, at: number): Promise<number> {
  const standing = fitting(input);
  const faults = [...accountFaults(input), ...standingFaults(db, standing)];
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const passwordHash = await hashPassword(input.password);
  return writeTransaction(db, () => {
    if (accountByLogin(db, input.login) !== undefined) {
      throw new Problem('duplicate', {
        faults: [{ place: 'login', code: 'taken', detail: 'Somebody already has this account name.' }],
      });
    }
    const { login, name } = input;
    return insertStanding(db, { ...standing, login, name, passwordHash }, `account/${by.id}`, at);
  });
}
