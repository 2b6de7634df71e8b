// Fills a new data directory with the sample district.

import { insertAccount } from './accounts/create-account.ts';
import { demoPassword, demoPeople } from './accounts/demo.ts';
import { hashPassword } from './accounts/password.ts';
import type { Deps } from './deps.ts';
import { writeTransaction } from './store/db.ts';

export async function openSamples(deps: Deps): Promise<void> {
  const { db, clock } = deps;
  const passwordHash = await hashPassword(demoPassword);
  writeTransaction(db, () => {
    for (const person of demoPeople)
      insertAccount(db, { ...person, sites: [], passwordHash, sample: true }, 'samples', clock());
  });
}
