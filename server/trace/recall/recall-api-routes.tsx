// Recalls over the API: start one, read its scope and answers, answer as a holder.

import { Hono } from 'hono';
import { z } from 'zod';
import { type Caller, seesSite } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import { hourMs } from '../../clock.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, readBody, reversedSpan } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { xlsx } from '../../http/respond.tsx';
import { fsmaRowsOfRecall, fsmaRowsOfSpan } from '../fsma204/fsma204-store.ts';
import { fsmaSheets } from '../fsma204/fsma204-workbook.ts';
import { answerRecall } from './answer-recall.ts';
import { closeRecall } from './close-recall.ts';
import { readRecallAnswer } from './recall-answer-form.ts';
import { doubtsOfAnswer } from './recall-answer-store.ts';
import { recallNumber } from './recall-number.ts';
import { newRecallSchema, recallEndSchema } from './recall-schemas.ts';
import {
  listRecalls,
  type Recall,
  type RecallNotice,
  recallAnswers,
  recallHoldings,
  recallNotices,
} from './recall-store.ts';
import { startRecallAside } from './start-recall.ts';
import { takeBackAnswer } from './take-back-answer.ts';
import { concerns, ownNotice, recallableLot, visibleRecall } from './visible-recall.ts';

const mostHoldings = 20_000;

/** Days of Beijing. */
const spanQuery = z.object({ from: z.iso.date(), until: z.iso.date() });

export function recallApiRoutes(deps: Deps): Hono<Env> {
  const { db } = deps;
  const app = new Hono<Env>();
  app.get('/api/recalls', (c) => {
    const recalls = listRecalls(db, 200).filter((recall) => concerns(deps, recall, signedInCaller(c)));
    return c.json({ recalls: recalls.map(summaryJson) });
  });
  app.post('/api/recalls', async (c) => {
    const started = await beginRecall(deps, await readBody(c, newRecallSchema), signedInCaller(c));
    c.header('Location', `/api/recalls/${started.id}`);
    return c.json(started, 201);
  });
  app.get('/api/recalls/:id', (c) => c.json(recallJson(deps, visibleRecall(c, deps), signedInCaller(c))));
  app.get('/api/recalls/:id/fsma204.xlsx', (c) => {
    const recall = visibleRecall(c, deps);
    const number = recallNumber(recall.id, recall.startedAt);
    const sheets = fsmaSheets(fsmaRowsOfRecall(db, recall.id), `${number} ${recall.code}`, deps.clock());
    return xlsx(c, `fsma204-${number}`, sheets);
  });
  app.get('/api/fsma204.xlsx', (c) => {
    const { from, until } = check(spanQuery, c.req.query());
    if (from > until) throw new Problem('invalid_input', { faults: [reversedSpan('/until')] });
    const fromAt = Date.parse(`${from}T00:00:00+08:00`);
    const untilAt = Date.parse(`${until}T00:00:00+08:00`) + 24 * hourMs - 1;
    const sheets = fsmaSheets(fsmaRowsOfSpan(db, fromAt, untilAt), `${from} to ${until}`, deps.clock());
    return xlsx(c, `fsma204-${from}-${until}`, sheets);
  });
  app.post('/api/recalls/:id/closed', async (c) => {
    const recall = visibleRecall(c, deps);
    const { note, open } = await readBody(c, recallEndSchema);
    const closed = closeRecall(deps, recall.id, { note, whenOpen: open }, signedInCaller(c));
    return c.json(summaryJson(closed));
  });
  app.post('/api/recalls/:id/answers', async (c) => {
    const recall = visibleRecall(c, deps);
    const caller = signedInCaller(c);
    const { site, lines } = await readRecallAnswer(c, deps);
    const { id: noticeId, siteId } = ownNotice(deps, recall, caller, site);
    const doubts = doubtsOfAnswer(db, recall, siteId, lines);
    const notice = answerRecall(deps, { noticeId, lines }, caller);
    const given = recallAnswers(db, recall.id).filter((answer) => answer.noticeId === noticeId);
    return c.json({ ...noticeJson(notice), answers: given.slice(-lines.length).map(({ id }) => id), doubts }, 201);
  });
  app.post('/api/recalls/:id/answers/:answer/taken-back', (c) => {
    const recall = visibleRecall(c, deps);
    const { id, takenBackAt } = takeBackAnswer(deps, recall, Number(c.req.param('answer')), signedInCaller(c));
    return c.json({ id, takenBackAt: iso(takenBackAt ?? deps.clock()) });
  });
  return app;
}

/** `code`'s recall, started. */
export async function beginRecall(deps: Deps, input: z.output<typeof newRecallSchema>, caller: Caller) {
  const { code, reason, reasonEn, advice, adviceEn, grade, hours } = input;
  const lot = recallableLot(deps, code, caller);
  const started = await startRecallAside(
    deps,
    {
      lotId: lot.id,
      reason,
      answerWithinMs: hours * hourMs,
      ...(reasonEn ? { reasonEn } : {}),
      ...(advice ? { advice } : {}),
      ...(adviceEn ? { adviceEn } : {}),
      ...(grade === undefined ? {} : { grade }),
    },
    caller,
  );
  const { publicId, holdings, notices, totals, truncated } = started;
  return {
    id: publicId,
    number: recallNumber(started.recallId, deps.clock()),
    lot: lot.code,
    state: 'open',
    holdings,
    notices,
    totals,
    truncated,
  };
}

function summaryJson(recall: Recall) {
  return {
    id: recall.publicId,
    number: recallNumber(recall.id, recall.startedAt),
    lot: recall.code,
    product: recall.product,
    productEn: recall.productEn,
    reason: recall.reason,
    reasonEn: recall.reasonEn,
    grade: recall.grade,
    state: recall.state,
    startedAt: iso(recall.startedAt),
    dueAt: iso(recall.dueAt),
    closedAt: recall.closedAt === null ? null : iso(recall.closedAt),
    issues: recall.issues,
  };
}

/** The whole for the regulator; a holder's own lines for a holder. */
function recallJson({ db }: Deps, recall: Recall, caller: Caller) {
  const mine = (siteId: string) => seesSite(caller, siteId);
  const holdings = recallHoldings(db, recall.id, mostHoldings).filter(({ siteId }) => mine(siteId));
  return {
    ...summaryJson(recall),
    advice: recall.advice,
    adviceEn: recall.adviceEn,
    closingNote: recall.closingNote,
    truncated: recall.truncated === 1 || holdings.length === mostHoldings,
    scope: holdings.map(
      ({ code, siteId, siteName, scope, depth, reachedAt, received, onHand, share, unit, issue }) => ({
        lot: code,
        site: siteId,
        siteName,
        scope,
        depth,
        reachedAt: iso(reachedAt),
        received,
        onHand,
        share,
        unit,
        issue,
      }),
    ),
    notices: recallNotices(db, recall.id)
      .filter(({ siteId }) => mine(siteId))
      .map(noticeJson),
    answers: recallAnswers(db, recall.id)
      .filter(({ siteId }) => mine(siteId))
      .map(({ id, siteId, code, action, quantity, unit, note, photoHash, at }) => ({
        id,
        site: siteId,
        lot: code,
        action,
        quantity,
        unit,
        note,
        photo: photoHash !== null,
        at: iso(at),
      })),
  };
}

function noticeJson(notice: RecallNotice) {
  const when = (at: number | null) => (at === null ? null : iso(at));
  return {
    site: notice.siteId,
    siteName: notice.siteName,
    state: notice.state,
    sentAt: iso(notice.sentAt),
    seenAt: when(notice.seenAt),
    answeredAt: when(notice.answeredAt),
    reminders: notice.reminders,
  };
}

function iso(at: number): string {
  return new Date(Math.max(-8.64e15, Math.min(8.64e15, at))).toISOString();
}
