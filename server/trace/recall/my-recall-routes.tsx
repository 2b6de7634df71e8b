// A holder's side of recalls: the notices that wait, the answer with its photo, and the photos for who may see them.
import { type Context, Hono } from 'hono';
import { amountInWords, localFaults } from '../../../views/trace/parts.tsx';
import { MyRecallsPage, type MyRecallsView } from '../../../views/trace/recall/my-recalls-page.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { linkHolds } from '../../http/signed-link.ts';
import { sendPicture } from '../../sight/send-picture.ts';
import { showPicture } from '../../sight/show-picture.ts';
import { answerRecall, seeNotice } from './answer-recall.ts';
import { readRecallAnswer } from './recall-answer-form.ts';
import { type AnswerDoubt, doubtsOfAnswer } from './recall-answer-store.ts';
import { recallAnswers } from './recall-store.ts';
import { myNotices } from './recall-view-store.ts';
import { takeBackAnswer } from './take-back-answer.ts';
import { ownNotice, visibleRecall } from './visible-recall.ts';

export function myRecallRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/my/recalls', (c) => {
    const response = show(c, deps, null);
    // A notice counts as seen once its holder has opened this page.
    for (const { noticeId } of myNotices(deps.db, signedInCaller(c), c.get('lang')))
      seeNotice(deps, noticeId, signedInCaller(c));
    return response;
  });
  app.post('/my/recalls/:id/answers', (c) => answer(c, deps));
  app.post('/my/recalls/:id/answers/:answer/taken-back', (c) => {
    const { noticeId } = takeBackAnswer(deps, visibleRecall(c, deps), Number(c.req.param('answer')), signedInCaller(c));
    return seeOther(c, `/my/recalls?sent=back#notice-${noticeId}`);
  });
  app.get('/recalls/:id/photos/:hash', (c) => photo(c, deps));
  return app;
}

function show(c: Context<Env>, { db, clock }: Deps, faulty: MyRecallsView['faulty']): Promise<Response> {
  const words = c.get('words');
  const notices = myNotices(db, signedInCaller(c), words.lang);
  const told = { '1': 'sent', back: 'takenBack' } as const;
  const sent = faulty === null ? (told[c.req.query('sent') as keyof typeof told] ?? null) : null;
  return page(
    c,
    <MyRecallsPage
      words={words}
      here="/my/recalls"
      viewer={c.get('viewer')}
      notices={notices}
      now={clock()}
      faulty={faulty}
      sent={sent}
    />,
    faulty === null ? 200 : 400,
  );
}

async function answer(c: Context<Env>, deps: Deps): Promise<Response> {
  const recall = visibleRecall(c, deps);
  const caller = signedInCaller(c);
  const typed = await typedText(c);
  const notice = ownNotice(deps, recall, caller, typed['site'] || undefined);
  try {
    const { lines } = await readRecallAnswer(c, deps);
    const [doubt] = doubtsOfAnswer(deps.db, recall, notice.siteId, lines);
    // Sent again as it stands, it is meant.
    if (doubt !== undefined && typed['sure'] !== String(doubt.quantity))
      return doubted(c, deps, notice.id, typed, doubt);
    answerRecall(deps, { noticeId: notice.id, lines }, caller);
    return seeOther(c, `/my/recalls?sent=1#notice-${notice.id}`);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    const faults = error.faults.map((fault) => ({
      ...fault,
      place: fault.place
        .replace(/^\/lines\/\d+/, '')
        .replace('/photoHash', '/photo')
        .replace('/lotId', '/code'),
    }));
    return show(c, deps, { noticeId: notice.id, faults: localFaults(c.get('words'), faults), values: typed });
  }
}

function doubted(
  c: Context<Env>,
  deps: Deps,
  noticeId: number,
  typed: Record<string, string>,
  { quantity, books, told, over, unit }: AnswerDoubt,
): Promise<Response> {
  const words = c.get('words');
  const { overBooks, overBooksTogether } = words.trace.recall;
  const came = amountInWords(words, books, unit);
  const detail = over === 'alone' ? overBooks(came) : overBooksTogether(came, amountInWords(words, told, unit));
  const faults = [{ place: '/quantity', code: 'over_books', detail }];
  return show(c, deps, { noticeId, faults, values: { ...typed, sure: String(quantity) } });
}

/** What was typed, for showing it again; the body is kept by hono and can be read twice. */
async function typedText(c: Context<Env>): Promise<Record<string, string>> {
  const body = await c.req.parseBody().catch(() => ({}));
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Evidence photos open by a signed address alone; the page that signs it has asked who looks. Blurred like any other. */
async function photo(c: Context<Env>, deps: Deps): Promise<Response> {
  const { db, secrets, clock } = deps;
  const recall = visibleRecall(c, deps);
  const hash = c.req.param('hash') ?? '';
  const signed = linkHolds(secrets.linkKey, 'GET', c.req.path, new URL(c.req.url).searchParams, clock());
  const known = signed && recallAnswers(db, recall.id).some(({ photoHash }) => photoHash === hash);
  if (!known) throw new Problem('not_found');
  const looker = { role: signedInCaller(c).role, purpose: 'page' } as const;
  return sendPicture(c, await showPicture(deps, { hash, looker }));
}
