// Adds a district's server: its address checked, its token sealed, an account under which its events stand, a ledger entry.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Caller } from '../../accounts/caller.ts';
import { insertAccount } from '../../accounts/create-account.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { seal } from '../../store/seal.ts';
import { addressFault } from '../../trace/subscription/post-webhook.ts';
import { guardOf, type SubscriptionDeps } from '../../trace/subscription/subscribe-query.ts';
import { type NewServer, originOf } from './federation.ts';
import { federatedServers, keyPlace, mostServers, tokenPlace } from './federation-store.ts';

export type FederationDeps = SubscriptionDeps & Pick<Deps, 'queue'>;

/** Its id. Throws Problem `invalid_input` with every fault (`/address`). */
export async function addServer(deps: FederationDeps, input: NewServer, caller: Caller): Promise<number> {
  const { db, clock, secrets, queue } = deps;
  const origin = originOf(input.address);
  const faults = await addressFaults(deps, origin);
  if (origin === undefined || faults.length > 0) throw new Problem('invalid_input', { faults });
  return writeTransaction(db, () => {
    // Its name was looked up in between: pressed twice, it is one server.
    const again = followedFault(db, origin);
    if (again !== undefined) throw new Problem('invalid_input', { faults: [again] });
    const at = clock();
    const inbox = randomBytes(24).toString('base64url');
    const accountId = insertAccount(
      db,
      {
        login: `server-${randomUUID().slice(0, 13)}`,
        name: input.name,
        ...(input.nameEn ? { nameEn: input.nameEn } : {}),
        role: 'partner',
        sites: [],
        speaks: 'everywhere',
        passwordHash: null,
      },
      `account/${caller.id}`,
      at,
    );
    const { lastInsertRowid } = db.sqlite
      .prepare(
        `INSERT INTO federated_server (name, name_en, address, sealed_token, sealed_key, inbox, account_id, added_at, added_by)
         VALUES (?, ?, ?, '', '', ?, ?, ?, ?)`,
      )
      .run(input.name, input.nameEn || null, origin, inbox, accountId, at, caller.id);
    const id = Number(lastInsertRowid);
    // A seal opens only in its own row, whose number is known now.
    const token = seal(secrets.sealKey, tokenPlace(id), input.token);
    const key = seal(secrets.sealKey, keyPlace(id), randomBytes(32).toString('hex'));
    db.sqlite.prepare('UPDATE federated_server SET sealed_token = ?, sealed_key = ? WHERE id = ?').run(token, key, id);
    const body = { step: 'added', name: input.name, address: origin, account: accountId, by: caller.id };
    appendEntry(db, { kind: 'federated-server', subject: `federated-server/${id}`, body, at });
    queue.enqueue({ name: 'follow-server', payload: { id }, key: `follow-server/${id}` });
    return id;
  });
}

async function addressFaults(deps: FederationDeps, origin: string | undefined): Promise<Fault[]> {
  const place = '/address';
  if (origin === undefined)
    return [{ place, code: 'address', detail: 'Write the address alone, such as https://binjiang.example.cn.' }];
  const followed = followedFault(deps.db, origin);
  if (followed !== undefined) return [followed];
  const fault = await addressFault(`${origin}/`, guardOf(deps));
  return fault === undefined ? [] : [{ place, ...fault }];
}

function followedFault(db: Db, origin: string): Fault | undefined {
  const known = federatedServers(db);
  if (known.some((one) => one.address === origin))
    return { place: '/address', code: 'duplicate', detail: 'This server is followed already.' };
  if (known.length < mostServers) return undefined;
  return { place: '/address', code: 'too_many', detail: `At most ${mostServers} servers are followed.` };
}

/** What came stays; nothing more is taken. Throws Problem `not_found`. */
export function removeServer({ db, clock }: Pick<Deps, 'db' | 'clock'>, id: number, caller: Caller): void {
  writeTransaction(db, () => {
    const at = clock();
    const { changes } = db.sqlite
      .prepare('UPDATE federated_server SET removed_at = ? WHERE id = ? AND removed_at IS NULL')
      .run(at, id);
    if (changes === 0) throw new Problem('not_found');
    const body = { step: 'removed', by: caller.id };
    appendEntry(db, { kind: 'federated-server', subject: `federated-server/${id}`, body, at });
  });
}
