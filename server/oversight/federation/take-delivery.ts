// Takes a delivery of a district's server: proved by its signature, taken once, captured as that server's word; another's events are left out.
import { timingSafeEqual } from 'node:crypto';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { type ReadDocument, readForCapture, type SoundEvent } from '../../trace/capture/capture-document.ts';
import { type CaptureDeps, captureInTransaction } from '../../trace/capture/capture-events.ts';
import { claimsKey } from '../../trace/epcis/json-output.ts';
import { authorPlaces } from '../../trace/event/author-places.ts';
import { signatureOf } from '../../trace/subscription/webhook.ts';
import { deliverySlackMs, readSignature, sortTold, type Told } from './federation.ts';
import { callerOfServer, type FederatedServer, ownerOfSite, secretsOf, serverOfInbox } from './federation-store.ts';
import { keepFault } from './keep-contact.ts';

export type TakeDeps = CaptureDeps & Pick<Deps, 'clock' | 'secrets'>;

export type Delivered = { readonly signature: string; readonly deliveryId: string; readonly body: string };

export type TakenDelivery = {
  readonly accepted: number;
  readonly known: number;
  readonly foreign: number;
  readonly refused: number;
};

/**
 * Throws Problem `not_found` for an inbox that never was (a removed one answers `gone`), `wrong_credentials` where the
 * signature is not its own, `invalid_input` for what is no EPCIS document.
 */
export function takeDelivery(deps: TakeDeps, inbox: string, delivered: Delivered): TakenDelivery | 'gone' {
  const server = serverOfInbox(deps.db, inbox);
  if (server === undefined) throw new Problem('not_found');
  if (server === 'removed') return 'gone';
  if (!isSigned(deps, server, delivered)) {
    keepFault(deps, server.id, 'signature', 'A delivery came with a signature that is not its own.');
    throw new Problem('wrong_credentials', { detail: 'The signature is not that of this subscription.' });
  }
  const doc = readForCapture(Buffer.from(delivered.body), 'application/json');
  return writeTransaction(deps.db, () => take(deps, server, delivered, doc));
}

function isSigned({ clock, secrets }: TakeDeps, server: FederatedServer, { signature, body }: Delivered): boolean {
  const read = readSignature(signature);
  if (read === undefined || Math.abs(clock() - read.atMs) > deliverySlackMs) return false;
  const wanted = Buffer.from(signatureOf(secretsOf({ secrets }, server).key, body, read.atMs));
  const given = Buffer.from(read.text);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function take(
  deps: TakeDeps,
  server: FederatedServer,
  { deliveryId, body }: Delivered,
  doc: ReadDocument,
): TakenDelivery {
  const { db, clock } = deps;
  const before = db.sqlite
    .prepare(
      `SELECT 0 AS accepted, accepted + known AS known, foreign_count AS "foreign", refused FROM federated_delivery
       WHERE server_id = ? AND delivery_id = ?`,
    )
    .get(server.id, deliveryId) as TakenDelivery | undefined;
  if (before !== undefined) return before;
  const sound = doc.events.filter((read): read is SoundEvent => 'draft' in read);
  const claims = claimsIn(body);
  const told = sound.map((read) => ({
    place: read.place,
    places: authorPlaces(read.draft),
    word: claims.has(read.hash) ? ('claim' as const) : ('own' as const),
  }));
  const { foreign, fresh } = sortTold(told, ownerOfSite(db), server.id);
  const at = clock();
  keepDisputes(db, server.id, foreign, at);
  const insert = db.sqlite.prepare('INSERT INTO federated_site (site_id, server_id, at) VALUES (?, ?, ?)');
  for (const site of fresh) insert.run(site, server.id, at);
  const kept = foreign.length === 0 ? doc : without(body, new Set(foreign.map(({ place }) => place)));
  const answer = captureInTransaction(deps, kept, callerOfServer(db, server), { onError: 'proceed', claims });
  const { accepted, duplicate: known, refused } = answer;
  db.sqlite
    .prepare(
      `INSERT INTO federated_delivery (server_id, delivery_id, capture_id, accepted, known, foreign_count, refused, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(server.id, deliveryId, answer.captureId ?? null, accepted, known, foreign.length, refused, at);
  db.sqlite
    .prepare(
      `INSERT INTO federated_contact (server_id, heard_at) VALUES (?, ?) ON CONFLICT (server_id) DO UPDATE SET heard_at = excluded.heard_at`,
    )
    .run(server.id, at);
  if (foreign.length > 0)
    keepFault(deps, server.id, 'foreign', `${foreign.length} events are about places that another server tells of.`);
  return { accepted, known, foreign: foreign.length, refused };
}

/** What its server keeps as claims: without effect there, and so here. */
function claimsIn(body: string): ReadonlySet<string> {
  const said: unknown = (JSON.parse(body) as Record<string, unknown>)[claimsKey];
  return new Set(Array.isArray(said) ? said.filter((hash) => typeof hash === 'string') : []);
}

/** Which places two servers tell of: an administrator settles whose they are. */
function keepDisputes(db: Db, serverId: number, foreign: readonly Told[], at: number): void {
  const keep = db.sqlite.prepare(
    `INSERT INTO federated_dispute (site_id, server_id, events, first_at, last_at) VALUES (@site, @serverId, 1, @at, @at)
     ON CONFLICT (site_id, server_id) DO UPDATE SET events = events + 1, last_at = @at`,
  );
  for (const { places } of foreign) for (const site of places) keep.run({ site, serverId, at });
}

/** The document without the events at these places: what is kept is what was taken. */
function without(body: string, places: ReadonlySet<string>): ReadDocument {
  const json = JSON.parse(body) as {
    epcisBody?: { queryResults?: { resultsBody?: { eventList?: unknown[] } } };
  };
  const results = json.epcisBody?.queryResults?.resultsBody;
  const list = results?.eventList ?? [];
  const kept = list.filter((_, index) => ![...places].some((place) => place.endsWith(`/eventList/${index}`)));
  const whole = {
    ...json,
    epcisBody: { queryResults: { ...json.epcisBody?.queryResults, resultsBody: { eventList: kept } } },
  };
  return readForCapture(Buffer.from(JSON.stringify(whole)), 'application/json');
}
