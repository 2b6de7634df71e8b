// Takes second factors from an account; the last one stays where this server demands one of the role.
import type { Config } from '../../config.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import type { AccountRow } from '../account-store.ts';
import { noteAccountEvent } from '../person/account-event-store.ts';
import type { Device } from '../session/open-session.ts';
import { factorsOf, hasFactor } from './factor-store.ts';
import { removePasskey, removePasskeys } from './keep-passkey.ts';
import { removeTotp } from './keep-totp.ts';
import { removeRecoveryCodes } from './recovery-codes.ts';
import { demandsFactor } from './second-factor.ts';

/** `app`, or the id of a passkey. */
export type FactorName = 'app' | { readonly passkey: string };

/** Throws Problem `conflict` for the last one where one is demanded, `not_found` for one the account does not have. */
export function removeFactor(
  { db, config }: { readonly db: Db; readonly config: Config },
  account: AccountRow,
  name: FactorName,
  { device, at }: { readonly device: Device; readonly at: number },
): void {
  writeTransaction(db, () => {
    const { totpSince, passkeys } = factorsOf(db, account.id);
    const held = passkeys.length + (totpSince === null ? 0 : 1);
    if (held === 1 && !account.sample && demandsFactor(config, account.role))
      throw new Problem('invalid_input', {
        faults: [{ place: 'factor', code: 'last_factor', detail: 'Add another second factor before this one goes.' }],
      });
    if (name === 'app') {
      if (totpSince === null) throw new Problem('not_found');
      removeTotp(db, account.id);
    } else if (!removePasskey(db, account.id, name.passkey)) throw new Problem('not_found');
    if (!hasFactor(db, account.id)) removeRecoveryCodes(db, account.id);
    const kind = name === 'app' ? 'totp' : 'passkey';
    noteAccountEvent(db, { accountId: account.id, at, kind: `${kind}_removed`, device });
    appendEntry(db, { kind: 'account', subject: `account/${account.id}`, body: { factor: kind, added: false }, at });
  });
}

/** Everything, inside the caller's transaction: for a person whose phone is gone. */
export function removeFactors(db: Db, accountId: number): void {
  removeTotp(db, accountId);
  removePasskeys(db, accountId);
  removeRecoveryCodes(db, accountId);
}
