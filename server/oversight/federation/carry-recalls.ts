// Carries open recalls to a district's server, one for each lot that no other recall there covers, and brings its holders' answers back.
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import { lotByCode } from '../../trace/lot/lot-store.ts';
import { answerRecall } from '../../trace/recall/answer-recall.ts';
import { listRecalls, type Recall, recallNotices } from '../../trace/recall/recall-store.ts';
import { answerActions } from '../../trace/recall/recall-tables.ts';
import { type ServerCall, ServerFault } from './ask-server.ts';
import { callerOfServer, carriedRecalls, codesAtServer, type FederatedServer } from './federation-store.ts';

type CarryDeps = Pick<Deps, 'db' | 'clock'>;

const mostRecalls = 200;

const startedSchema = z.object({ id: z.string() });
const listedSchema = z.object({ recalls: z.array(z.object({ id: z.string(), lot: z.string(), state: z.string() })) });
const recallSchema = z.object({
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
type RemoteRecall = z.output<typeof recallSchema>;

export async function carryRecalls(deps: CarryDeps, server: FederatedServer, call: ServerCall): Promise<void> {
  const open = listRecalls(deps.db, mostRecalls).filter(({ state }) => state === 'open');
  for (const recall of open) await carryRecall(deps, server, recall, call);
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
  const { reason, reasonEn, advice, adviceEn } = recall;
  const words = Object.entries({ reasonEn, advice, adviceEn }).filter(([, text]) => text !== null && text !== '');
  const answer = await call('POST', '/api/recalls', { code, reason, hours, ...Object.fromEntries(words) });
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
        `INSERT INTO federated_recall (recall_id, server_id, code, state, remote_id, fault, at)
         VALUES (@recallId, @serverId, @code, @state, @remoteId, @fault, @at)
         ON CONFLICT (recall_id, server_id, code) DO UPDATE SET state = @state, remote_id = @remoteId, fault = @fault, at = @at
         WHERE state <> @state OR fault IS NOT @fault`,
      )
      .run({
        ...{ recallId, serverId, code, at: clock() },
        state: remoteId === undefined ? 'refused' : 'open',
        remoteId: remoteId ?? null,
        fault: remoteId === undefined ? `answered ${status}` : null,
      }),
  );
}

/** Each answer once. What a holder wrote beside it stays there: it may name people. */
export function bringAnswers(
  { db, clock }: CarryDeps,
  server: FederatedServer,
  recall: Pick<Recall, 'id'>,
  carriedId: number,
  { answers }: Pick<RemoteRecall, 'answers'>,
): void {
  const known = db.sqlite.prepare('SELECT 1 FROM federated_answer WHERE carried_id = ? AND remote_id = ?');
  const fresh = answers.filter(({ id }) => known.get(carriedId, id) === undefined);
  if (fresh.length === 0) return;
  const notices = recallNotices(db, recall.id);
  for (const answer of fresh)
    writeTransaction(db, () => {
      const notice = notices.find(({ siteId }) => siteId === answer.site);
      const taken = notice !== undefined && answerHere({ db, clock }, server, notice.id, answer) ? 1 : 0;
      db.sqlite
        .prepare('INSERT INTO federated_answer (carried_id, remote_id, site_id, taken, at) VALUES (?, ?, ?, ?, ?)')
        .run(carriedId, answer.id, answer.site, taken, clock());
    });
}

/** Whether it stands among the answers here; a lot that was told of there alone does not. */
function answerHere(
  deps: CarryDeps,
  server: FederatedServer,
  noticeId: number,
  { site, lot, action, quantity, unit }: RemoteRecall['answers'][number],
): boolean {
  const lotId = lotByCode(deps.db, lot)?.id;
  if (lotId === undefined) return false;
  const line = { lotId, action, ...(quantity === null ? {} : { quantity }), ...(unit === null ? {} : { unit }) };
  try {
    answerRecall(deps, { noticeId, lines: [line] }, { ...callerOfServer(deps.db, server), sites: [site] });
    return true;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return false;
  }
}
