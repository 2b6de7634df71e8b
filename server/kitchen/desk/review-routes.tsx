// The review desk over HTTP: the page, the verdict, the undo. Without script the same forms lead through the same pages.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { Desk, DeskPage } from '../../../views/kitchen/desk/desk-page.tsx';
import type { DeskView } from '../../../views/kitchen/desk/desk-view.ts';
import { PacePage } from '../../../views/kitchen/desk/pace-page.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, idParam } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, wantsFragment } from '../../http/respond.tsx';
import { linkHolds } from '../../http/signed-link.ts';
import { formFields, repeatedFields } from '../../http/upload-form.ts';
import { sendPicture } from '../../sight/send-picture.ts';
import { givenDecisions } from '../flag/decision.ts';
import { countWaiting, type ReviewQueue } from '../flag/flag-store.ts';
import { clearGroup } from './clear-group.ts';
import { deskData } from './desk-data.ts';
import { judgeFlag } from './judge-flag.ts';
import { openFlagFrame } from './open-flag-frame.ts';
import { housePace, paceOf } from './pace-store.ts';
import { takeFlag } from './take-flag.ts';
import { undoVerdict } from './undo-verdict.ts';

const queue = z.enum(['desk', 'unsure']).catch('desk');
// A field that cannot be read is left out: a verdict is worth more than its stopwatch.
const ms = z.coerce.number().int().min(1).max(86_400_000).optional().catch(undefined);
const groupForm = z.object({ ms });
const kindId = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
/** One checked box comes as a word, several as a list. */
const kinds = z.union([kindId.transform((id) => [id]), z.array(kindId).max(40)]).optional();
const verdictForm = z.object({
  verdict: z.enum(givenDecisions),
  violation: kindId.optional().catch(undefined),
  kinds,
  ms,
  key: z.string().min(1).max(100).optional().catch(undefined),
  queue,
});

const houseDays = 30;

export function reviewRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/review', (c) => showDesk(c, deps, 'desk'));
  app.get('/review/unsure', (c) => showDesk(c, deps, 'unsure'));
  app.get('/flags/:id/pictures/:by', async (c) => {
    const caller = signedInCaller(c);
    const signed = linkHolds(deps.secrets.linkKey, 'GET', c.req.path, new URL(c.req.url).searchParams, deps.clock());
    // Signed for one account: whoever else has the address sees nothing.
    if (!signed || idParam(c, 'by') !== caller.id) throw new Problem('not_found');
    return sendPicture(c, await openFlagFrame(deps, caller, idParam(c, 'id')));
  });
  app.post('/flags/:id/verdict', async (c) => {
    const { verdict, violation, kinds, ms, key, queue } = check(verdictForm, await repeatedFields(c));
    const input = { flagId: idParam(c, 'id'), decision: verdict, violation, kinds, visibleMs: ms, key };
    return afterwards(c, deps, queue, () => judgeFlag(deps, signedInCaller(c), input));
  });
  app.post('/flags/:id/group-verdict', async (c) => {
    const { ms } = groupForm.parse(await formFields(c));
    return afterwards(c, deps, 'desk', () => clearGroup(deps, signedInCaller(c), idParam(c, 'id'), ms));
  });
  app.post('/review/undo', async (c) => {
    const form = z.object({ queue }).parse(await formFields(c));
    return afterwards(c, deps, form.queue, () => undoVerdict(deps, signedInCaller(c)));
  });
  app.get('/review/pace', (c) => {
    const caller = signedInCaller(c);
    const [words, now] = [c.get('words'), deps.clock()];
    const view = {
      words,
      here: c.req.path,
      viewer: c.get('viewer'),
      own: paceOf(deps.db, caller.id, now),
      waiting: countWaiting(deps.db, 'desk'),
      house: housePace(deps.db, now, houseDays),
    };
    return page(c, <PacePage {...view} />);
  });
  return app;
}

function showDesk(c: Context<Env>, deps: Deps, queue: ReviewQueue, notice?: string) {
  const caller = signedInCaller(c);
  const words = c.get('words');
  const taken = takeFlag(deps, caller, queue);
  const path = queue === 'desk' ? '/review' : '/review/unsure';
  const frame = Number(c.req.query('frame'));
  const view: DeskView = {
    ...deskData(deps, caller, queue, taken, c.get('lang')),
    words,
    here: path,
    viewer: c.get('viewer'),
    frameAt: Number.isInteger(frame) && frame > 0 ? frame : undefined,
    notice,
  };
  return page(c, wantsFragment(c) ? <Desk {...view} /> : <DeskPage {...view} />);
}

/** A verdict that came too late is no fault of the reviewer: the next flag comes with a word about it. */
function afterwards(c: Context<Env>, deps: Deps, queue: ReviewQueue, act: () => unknown) {
  let notice: string | undefined;
  try {
    act();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const noKinds = error.faults.some(({ place, code }) => place === '/kinds' && code === 'missing');
    if (error.code !== 'conflict' && !noKinds) throw error;
    const { tooLate, chooseKinds } = c.get('words').kitchen;
    notice = noKinds ? chooseKinds : tooLate;
  }
  if (wantsFragment(c) || notice !== undefined) return showDesk(c, deps, queue, notice);
  return c.redirect(queue === 'desk' ? '/review' : '/review/unsure', 303);
}
