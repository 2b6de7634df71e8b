// An administrator opens a private network to deliveries, or closes it again; the ledger says who did.
import { eq } from 'drizzle-orm';
import ipaddr from 'ipaddr.js';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { openNetworks } from './subscription-store.ts';
import { webhookNetworks } from './subscription-tables.ts';

const mostNetworks = 100;

/** One port at a time: a network that is open as a whole would open every service in it. Throws Problem with the faults. */
export function openWebhookNetwork(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  asked: { readonly network: string; readonly port: string },
): void {
  const faults: Fault[] = [];
  const network = asked.network.trim();
  if (!ipaddr.isValidCIDR(network))
    faults.push({ place: '/network', code: 'network', detail: 'A network is written such as 10.20.0.0/16.' });
  const port = /^\d{1,5}$/.test(asked.port.trim()) ? Number(asked.port) : 0;
  if (port < 1 || port > 65_535)
    faults.push({ place: '/port', code: 'port', detail: 'A port is a whole number from 1 to 65535.' });
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const at = clock();
  writeTransaction(db, () => {
    const open = openNetworks(db);
    if (open.some((one) => one.network === network && one.port === port)) return;
    if (open.length >= mostNetworks) throw new Problem('conflict', { detail: `At most ${mostNetworks} are open.` });
    db.orm.insert(webhookNetworks).values({ network, port, accountId: caller.id, at }).run();
    const body = { step: 'opened', network, port, by: caller.id };
    appendEntry(db, { kind: 'setting', subject: 'setting/webhook-network', body, at });
  });
}

export function closeWebhookNetwork({ db, clock }: Pick<Deps, 'db' | 'clock'>, caller: Caller, id: number): void {
  writeTransaction(db, () => {
    const gone = db.orm.delete(webhookNetworks).where(eq(webhookNetworks.id, id)).returning().get();
    if (gone === undefined) throw new Problem('not_found');
    const body = { step: 'closed', network: gone.network, port: gone.port, by: caller.id };
    appendEntry(db, { kind: 'setting', subject: 'setting/webhook-network', body, at: clock() });
  });
}
