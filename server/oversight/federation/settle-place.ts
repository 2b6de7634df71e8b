// Settles which server tells of a place from now on, and asks that server for what was left out.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { disputes } from './federation-store.ts';

/** Either it stays, or it becomes that of who told of it besides. Throws Problem `not_found` for what no two servers tell of. */
export function settlePlace(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { site, server }: { readonly site: string; readonly server: number },
  caller: Caller,
): void {
  writeTransaction(db, () => {
    const open = disputes(db).filter(({ siteId }) => siteId === site);
    const [dispute] = open;
    const isParty = open.some(({ owner, serverId }) => owner === server || serverId === server);
    if (dispute === undefined || !isParty) throw new Problem('not_found');
    if (server !== dispute.owner) {
      db.sqlite.prepare('UPDATE federated_site SET server_id = ? WHERE site_id = ?').run(server, site);
      db.sqlite.prepare('UPDATE federated_contact SET again = 1 WHERE server_id = ?').run(server);
    }
    db.sqlite.prepare('DELETE FROM federated_dispute WHERE site_id = ?').run(site);
    // What two servers said is settled where no other place is left.
    db.sqlite
      .prepare(
        `UPDATE federated_contact SET fault = NULL WHERE fault = 'foreign'
           AND server_id NOT IN (SELECT server_id FROM federated_dispute)`,
      )
      .run();
    const body = { step: 'place', site, from: dispute.owner, to: server, by: caller.id };
    appendEntry(db, { kind: 'federated-server', subject: `federated-server/${server}`, body, at: clock() });
  });
}
