// The jobs that follow the servers of districts: subscribed there, recalls carried there, answers brought back; whatever fails is said and tried again.
import { z } from 'zod';
import { guardOf } from '../../trace/subscription/subscribe-query.ts';
import type { FederationDeps } from './add-server.ts';
import { askServer, type ServerCall, ServerFault } from './ask-server.ts';
import { carryRecalls } from './carry-recalls.ts';
import { type FederatedServer, federatedServers, secretsOf, serverById } from './federation-store.ts';
import { followClaims } from './follow-claims.ts';
import { keepAnswered, keepFault } from './keep-contact.ts';

const payloadSchema = z.object({ id: z.int().positive() });
const subscriptionsPath = '/epcis/queries/SimpleEventQuery/subscriptions';
/** A delivery that was under way when the last one stopped is asked for again: what is known already counts once. */
const overlapMs = 3_600_000;

/** Puts a job in the queue for each server that is followed; how many. */
export function followServers({ db, queue }: Pick<FederationDeps, 'db' | 'queue'>): number {
  const servers = federatedServers(db);
  for (const { id } of servers) queue.enqueue({ name: 'follow-server', payload: { id }, key: `follow-server/${id}` });
  return servers.length;
}

/** The job `follow-server`. */
export async function followServer(deps: FederationDeps, payload: unknown): Promise<void> {
  const server = serverById(deps.db, payloadSchema.parse(payload).id);
  if (server === undefined) return;
  const { token, key } = secretsOf(deps, server);
  const { address } = server;
  const call: ServerCall = (method, path, json) =>
    askServer({ address, token, guard: guardOf(deps), method, path, ...(json === undefined ? {} : { json }) });
  try {
    const subscription = await subscribed(deps, server, key, call);
    await followClaims(deps, server, call);
    await carryRecalls(deps, server, call);
    keepAnswered(deps, server.id, subscription);
  } catch (error) {
    if (!(error instanceof ServerFault)) throw error;
    keepFault(deps, server.id, error.code, error.message);
  }
}

/** The id of a subscription that stands there: the one that is known, or a new one from where the last delivery was. */
async function subscribed(
  { config }: FederationDeps,
  server: FederatedServer,
  key: string,
  call: ServerCall,
): Promise<string> {
  if (server.subscription !== null) {
    const known = await call('GET', `${subscriptionsPath}/${encodeURIComponent(server.subscription)}`);
    if (known.status === 200 && read(known.json, 'state') === 'active' && server.again === 0)
      return server.subscription;
    if (known.status === 200) await call('DELETE', `${subscriptionsPath}/${encodeURIComponent(server.subscription)}`);
    else if (known.status !== 404) throw new ServerFault('answer', `The server answered ${known.status}.`);
  }
  const from = server.heardAt === null || server.again === 1 ? 0 : server.heardAt - overlapMs;
  const made = await call('POST', subscriptionsPath, {
    dest: `${config.publicUrl}/federation/inbox/${server.inbox}`,
    signatureToken: key,
    stream: true,
    initialRecordTime: new Date(from).toISOString(),
  });
  const id = read(made.json, 'subscriptionID');
  if (made.status === 201 && typeof id === 'string') return id;
  const faults = read(made.json, 'faults');
  const [fault] = Array.isArray(faults) ? (faults as { detail?: string }[]) : [];
  throw new ServerFault('answer', `It took no subscription (${made.status}). ${fault?.detail ?? ''}`.trim());
}

function read(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[name] : undefined;
}
