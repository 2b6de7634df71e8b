// Asks a district's server what became of the claims it told of, and settles them here in the same way.
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import type { Db } from '../../store/db.ts';
import { followDecision } from '../../trace/claim/decide-claim.ts';
import { claimDecisions } from '../../trace/event/event-tables.ts';
import type { ServerCall } from './ask-server.ts';
import { callerOfServer, type FederatedServer } from './federation-store.ts';

const mostAsked = 50;
const statesSchema = z.object({
  states: z.array(z.object({ event: z.string(), state: z.enum([...claimDecisions, 'open', 'withdrawn']) })),
});

/** Some at each turn, by chance: claims that stay open keep no other waiting. A server that is older says nothing. */
export async function followClaims(
  deps: Pick<Deps, 'db' | 'clock' | 'queue'>,
  server: FederatedServer,
  call: ServerCall,
): Promise<void> {
  const open = openToldBy(deps.db, server);
  if (open.length === 0) return;
  const asked = encodeURIComponent(open.map(({ event }) => event).join(','));
  const answer = await call('GET', `/api/claims/states?events=${asked}`);
  const read = statesSchema.safeParse(answer.json);
  if (answer.status !== 200 || !read.success) return;
  const caller = callerOfServer(deps.db, server);
  for (const { event, state } of read.data.states) {
    const claim = open.find((one) => one.event === event);
    // What was taken back there comes as an error declaration of its own.
    if (claim === undefined || state === 'open' || state === 'withdrawn') continue;
    followDecision(deps, claim.id, state, caller);
  }
}

function openToldBy(db: Db, { accountId }: FederatedServer): { readonly id: number; readonly event: string }[] {
  return db.sqlite
    .prepare(
      `SELECT e.id, 'ni:///sha-256;' || lower(hex(e.hash)) || '?ver=CBV2.0' AS event
       FROM event_claim k CROSS JOIN event e ON e.id = k.event_id CROSS JOIN event_document d ON d.id = e.document_id
       WHERE k.decision IS NULL AND e.voided_by IS NULL AND d.account_id = ? ORDER BY random() LIMIT ${mostAsked}`,
    )
    .all(accountId) as { id: number; event: string }[];
}
