// Carries open recalls to a district's server, one for each lot that no other recall there covers, and brings its holders' answers back.
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { listRecalls, type Recall } from '../../trace/recall/recall-store.ts';
import { answerActions } from '../../trace/recall/recall-tables.ts';
import { type ServerCall, ServerFault } from './ask-server.ts';
import { bringAnswers, type RemoteAnswer, takeBackAnswers } from './carry-answers.ts';
import { carriedRecalls, codesAtServer, type FederatedServer } from './federation-store.ts';
import { keepEndedThere } from './keep-ended-there.ts';

type CarryDeps = Pick<Deps, 'db' | 'clock'>;

const mostRecalls = 200;

const startedSchema = z.object({ id: z.string() });
const listedSchema = z.object({ recalls: z.array(z.object({ id: z.string(), lot: z.string(), state: z.string() })) });
const recallSchema = z.object({
  state: z.string().default('open'),
  scope: z.array(z.object({ lot: z.string() })),
  answers: z.array(
    z.object({
      id: z.number(),
      site: z.string(),
      lot: z.string(),
      action: z.enum(answerActions),
      quantity: z.number().nullable(),
      unit: z.string().nullable(),
    }),
  ),
});
type RemoteRecall = {
  readonly state: string;
  readonly scope: readonly { readonly lot: string }[];
  readonly answers: readonly RemoteAnswer[];
};

export async function carryRecalls(deps: CarryDeps, server: FederatedServer, call: ServerCall): Promise<void> {
  const open = listRecalls(deps.db, mostRecalls).filter(({ state }) => state === 'open');
  for (const recall of open) await carryRecall(deps, server, recall, call);
  for (const ended of toBeEnded(deps.db, server.id)) await endThere(deps, ended, call);
}

type Ended = { readonly id: number; readonly remoteId: string; readonly note: string };

/** Recalls that were begun there from here and have ended here; a district's own stays its own. */
function toBeEnded(db: Db, serverId: number): Ended[] {
  return db.sqlite
    .prepare(
      `SELECT f.id, f.remote_id AS remoteId, r.closing_note AS note FROM federated_recall f JOIN recall r ON r.id = f.recall_id
       WHERE f.server_id = ? AND f.state = 'open' AND f.begun = 1 AND r.state = 'closed' ORDER BY f.id LIMIT ${mostRecalls}`,
    )
    .all(serverId) as Ended[];
}

/** 409: it was ended there before. Anything else is tried again at the next turn. */
async function endThere({ db }: CarryDeps, { id, remoteId, note }: Ended, call: ServerCall): Promise<void> {
  const path = `/api/recalls/${encodeURIComponent(remoteId)}/closed`;
  const { status } = await call('POST', path, { note, open: 'accept' });
  if (status !== 200 && status !== 409) return;
  writeTransaction(db, () => db.sqlite.prepare("UPDATE federated_recall SET state = 'closed' WHERE id = ?").run(id));
}

async function carryRecall(deps: CarryDeps, server: FederatedServer, recall: Recall, call: ServerCall): Promise<void> {
  const { db } = deps;
  const covered = new Set<string>();
  for (const carried of carriedRecalls(db, recall.id, server.id)) {
    if (carried.remoteId === null) continue;
    const there = await readRecall(carried.remoteId, call);
    covered.add(carried.code);
    for (const { lot } of there.scope) covered.add(lot);
    bringAnswers(deps, server, recall, carried.id, there);
    takeBackAnswers(deps, server, recall, carried.id, there);
    if (there.state === 'closed' && carried.state === 'open') keepEndedThere(deps, server, recall, carried);
  }
  for (const code of codesAtServer(db, recall.id, server.id)) {
    if (covered.has(code)) continue;
    const remoteId = await startThere(deps, server, recall, code, call);
    covered.add(code);
    if (remoteId !== undefined) for (const { lot } of (await readRecall(remoteId, call)).scope) covered.add(lot);
  }
}

async function readRecall(remoteId: string, call: ServerCall): Promise<RemoteRecall> {
  const { status, json } = await call('GET', `/api/recalls/${encodeURIComponent(remoteId)}`);
  const read = recallSchema.safeParse(json);
  if (status !== 200 || !read.success) throw new ServerFault('answer', `A recall there answered ${status}.`);
  return read.data;
}

/** What it is called there; undefined: refused, and tried again at the next turn. A recall that is open there already is taken for it. */
async function startThere(
  deps: CarryDeps,
  server: FederatedServer,
  recall: Recall,
  code: string,
  call: ServerCall,
): Promise<string | undefined> {
  const hours = Math.min(720, Math.max(1, Math.round((recall.dueAt - deps.clock()) / 3_600_000)));
  const { reason, reasonEn, advice, adviceEn, grade } = recall;
  const words = Object.entries({ reasonEn, advice, adviceEn }).filter(([, text]) => text !== null && text !== '');
  const answer = await call('POST', '/api/recalls', {
    ...{ code, reason, hours, ...Object.fromEntries(words) },
    ...(grade === null ? {} : { grade }),
  });
  const started = startedSchema.safeParse(answer.json);
  const remoteId =
    answer.status === 201 && started.success
      ? started.data.id
      : answer.status === 409
        ? await openThere(code, call)
        : undefined;
  keepCarried(deps, { recallId: recall.id, serverId: server.id, code, remoteId, status: answer.status });
  return remoteId;
}

async function openThere(code: string, call: ServerCall): Promise<string | undefined> {
  const listed = listedSchema.safeParse((await call('GET', '/api/recalls')).json);
  return listed.success
    ? listed.data.recalls.find(({ lot, state }) => lot === code && state === 'open')?.id
    : undefined;
}

type Carried = {
  readonly recallId: number;
  readonly serverId: number;
  readonly code: string;
  readonly remoteId: string | undefined;
  readonly status: number;
};

export function keepCarried({ db, clock }: CarryDeps, { recallId, serverId, code, remoteId, status }: Carried): void {
  writeTransaction(db, () =>
    db.sqlite
      .prepare(
        `INSERT INTO federated_recall (recall_id, server_id, code, state, remote_id, begun, fault, at)
         VALUES (@recallId, @serverId, @code, @state, @remoteId, @begun, @fault, @at)
         ON CONFLICT (recall_id, server_id, code) DO UPDATE SET state = @state, remote_id = @remoteId, begun = @begun, fault = @fault, at = @at
         WHERE state <> @state OR fault IS NOT @fault`,
      )
      .run({
        ...{ recallId, serverId, code, at: clock() },
        state: remoteId === undefined ? 'refused' : 'open',
        remoteId: remoteId ?? null,
        begun: status === 201 ? 1 : null,
        fault: remoteId === undefined ? `answered ${status}` : null,
      }),
  );
}
