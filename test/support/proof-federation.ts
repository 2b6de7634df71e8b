// What a district's server leaves behind in its city: its events, a recall carried there and an answer brought back, for the house in which everything has happened.
import { addServer, removeServer } from '../../server/oversight/federation/add-server.ts';
import { bringAnswers } from '../../server/oversight/federation/carry-answers.ts';
import { keepCarried } from '../../server/oversight/federation/carry-recalls.ts';
import { secretsOf, serverById } from '../../server/oversight/federation/federation-store.ts';
import { takeDelivery } from '../../server/oversight/federation/take-delivery.ts';
import { signatureOf } from '../../server/trace/subscription/webhook.ts';
import { documentOf, events, lotUri, places, products } from './cast.ts';
import { network } from './loopback.ts';
import type { ProofHouse } from './proof-house.ts';

export async function playFederation({ deps, db, clock, cast }: ProofHouse): Promise<void> {
  const named = (name: string, address: string) =>
    addServer({ ...deps, network }, { name, address, token: 'a-token-of-that-server' }, cast.admin);
  const id = await named('东区', 'http://93.184.215.200');
  removeServer(deps, await named('旧区', 'http://93.184.215.201'), cast.admin);
  const server = serverById(db, id);
  if (server === undefined) throw new Error('The server just added is not there.');
  const lot = lotUri(products.belly, 'TOLD');
  const body = documentOf([events.commission(clock.now(), places.haiwei, [[lot, 3, 'KGM']])]).toString();
  const signature = signatureOf(secretsOf(deps, server).key, body, clock.now());
  takeDelivery(deps, server.inbox, { signature, deliveryId: 'first', body });
  const [recall] = db.sqlite
    .prepare(
      `SELECT r.id, l.code, s.id AS site FROM recall r JOIN lot l ON l.id = r.lot_id JOIN recall_notice n ON n.recall_id = r.id
         JOIN site s ON s.key = n.site_key WHERE r.state = 'open' LIMIT 1`,
    )
    .all() as { id: number; code: string; site: string }[];
  if (recall === undefined) throw new Error('No recall is open in this house.');
  const { id: recallId, code, site } = recall;
  keepCarried(deps, { recallId, serverId: id, code, remoteId: 'there', status: 201 });
  const carried = db.sqlite.prepare('SELECT max(id) FROM federated_recall').pluck().get() as number;
  const answer = { id: 7, site, lot: code, action: 'quarantined' as const, quantity: 1, unit: 'KGM' };
  bringAnswers(deps, server, { id: recallId }, carried, { answers: [answer] });
}
