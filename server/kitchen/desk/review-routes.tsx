// The review desk over HTTP: the page, the verdict, the undo. Without script the same forms lead through the same pages.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { Desk, DeskAfter, DeskPage } from '../../../views/kitchen/desk/desk-page.tsx';
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
import { plainView, type QueueView, type ReviewQueue } from '../flag/queue.ts';
import { countWaiting } from '../flag/queue-store.ts';
import { reportMissed } from './add-missed-report.ts';
import { clearGroup } from './clear-group.ts';
import { aroundData, deskData } from './desk-data.ts';
import { addressOf, queuePaths, readView } from './desk-query.ts';
import { endLease } from './end-lease.ts';
import { judgeFlag } from './judge-flag.ts';
import { openFlagFrame } from './open-flag-frame.ts';
import { housePace, paceOf } from './pace-store.ts';
import { takeFlag } from './take-flag.ts';
import { undoVerdict } from './undo-verdict.ts';

// A field that cannot be read is left out: a verdict is worth more than its stopwatch.
const place = {
  queue: z.enum(['desk', 'lens', 'unsure']).catch('desk'),
  view: z.string().max(300).optional().catch(undefined),
};
/** One field comes as a word, several as a list. */
const idList = z
  .preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(z.coerce.number().int().positive()).max(100).optional(),
  )
  .catch(undefined);
const leaseForm = z.object({ flag: z.coerce.number().int().positive(), until: z.coerce.number().int().positive() });
const missedForm = z.object({
  at: z.coerce.number().int().positive(),
  violation: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  back: z.string().max(300).optional(),
});
const ms = z.coerce.number().int().min(1).max(86_400_000).optional().catch(undefined);
const groupForm = z.object({ ms, view: z.string().max(300).optional(), shown: idList });
const kindId = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
/** One checked box comes as a word, several as a list. */
const kinds = z.union([kindId.transform((id) => [id]), z.array(kindId).max(40)]).optional();
const verdictForm = z.object({
  verdict: z.enum(givenDecisions),
  violation: kindId.optional().catch(undefined),
  kinds,
  ms,
  key: z.string().min(1).max(100).optional().catch(undefined),
  /** The flag that the page shows already, without having waited for the answer. */
  ahead: z.coerce.number().int().positive().optional().catch(undefined),
  ...place,
});

const houseDays = 30;

export function reviewRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const queue of ['desk', 'lens', 'unsure'] as const)
    app.get(queuePaths[queue], (c) => showDesk(c, deps, readView(queue, c.req.query())));
  app.get('/flags/:id/pictures/:by', async (c) => {
    const caller = signedInCaller(c);
    const signed = linkHolds(deps.secrets.linkKey, 'GET', c.req.path, new URL(c.req.url).searchParams, deps.clock());
    // Signed for one account: whoever else has the address sees nothing.
    if (!signed || idParam(c, 'by') !== caller.id) throw new Problem('not_found');
    return sendPicture(c, await openFlagFrame(deps, caller, idParam(c, 'id')));
  });
  app.post('/flags/:id/verdict', async (c) => {
    const { verdict, violation, kinds, ms, key, ahead, queue, view } = check(verdictForm, await repeatedFields(c));
    const input = { flagId: idParam(c, 'id'), decision: verdict, violation, kinds, visibleMs: ms, key };
    return afterwards(c, deps, viewAt(view, queue), () => judgeFlag(deps, signedInCaller(c), input), ahead);
  });
  app.post('/flags/:id/group-verdict', async (c) => {
    const { ms, view, shown } = groupForm.parse(await repeatedFields(c));
    const group = { visibleMs: ms, shown: shown ?? [] };
    return afterwards(c, deps, viewAt(view, 'desk'), () =>
      clearGroup(deps, signedInCaller(c), idParam(c, 'id'), group),
    );
  });
  app.post('/review/undo', async (c) => {
    const form = z.object(place).parse(await formFields(c));
    return afterwards(c, deps, viewAt(form.view, form.queue), () => undoVerdict(deps, signedInCaller(c)));
  });
  app.post('/review/lease-end', async (c) => {
    const { flag, until } = check(leaseForm, await formFields(c));
    endLease(deps, signedInCaller(c), { flagId: flag, leaseUntil: until });
    return c.body(null, 204);
  });
  app.post('/cameras/:id/missed', async (c) => {
    const { at, violation, back } = check(missedForm, await formFields(c));
    reportMissed(deps, signedInCaller(c), { cameraId: idParam(c, 'id'), at, violation });
    return c.redirect(back !== undefined && ownPage.test(back) ? back : '/review', 303);
  });
  app.get('/review/pace', (c) => {
    const caller = signedInCaller(c);
    const [words, now] = [c.get('words'), deps.clock()];
    const view = {
      words,
      here: c.req.path,
      viewer: c.get('viewer'),
      own: paceOf(deps.db, caller.id, now),
      waiting: countWaiting(deps.db, caller, plainView('desk'), now),
      house: housePace(deps.db, now, houseDays),
    };
    return page(c, <PacePage {...view} />);
  });
  return app;
}

const ownPage = /^\/(review|cameras\/\d+)([/?][\w/?=&%-]*)?$/;

/** The part of the queue that a form came from, by its address; a strange one leads to the plain queue. */
function viewAt(address: string | undefined, queue: ReviewQueue): QueueView {
  const [path, query = ''] = (address ?? queuePaths[queue]).split('?');
  const named = (['desk', 'lens', 'unsure'] as const).find((name) => queuePaths[name] === path) ?? queue;
  return readView(named, Object.fromEntries(new URLSearchParams(query)));
}

type Answer = { readonly notice?: string | undefined; readonly ahead?: number | undefined };

function showDesk(c: Context<Env>, deps: Deps, view: QueueView, { notice, ahead }: Answer = {}) {
  const caller = signedInCaller(c);
  const words = c.get('words');
  const taken = takeFlag(deps, caller, view);
  if (taken !== undefined && taken.flag.id === ahead && notice === undefined && wantsFragment(c)) {
    c.header('desk-shown', String(ahead));
    const around = aroundData(deps, caller, view, taken, c.get('lang'));
    return page(c, <DeskAfter {...around} words={words} flagId={ahead} />);
  }
  const frame = Number(c.req.query('frame'));
  const desk: DeskView = {
    ...deskData(deps, caller, view, taken, c.get('lang')),
    words,
    here: addressOf(view),
    viewer: c.get('viewer'),
    frameAt: Number.isInteger(frame) && frame > 0 ? frame : undefined,
    notice,
  };
  return page(c, wantsFragment(c) ? <Desk {...desk} /> : <DeskPage {...desk} />);
}

/** A verdict that came too late is no fault of the reviewer: the next flag comes with a word about it. */
function afterwards(c: Context<Env>, deps: Deps, view: QueueView, act: () => unknown, ahead?: number) {
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
  if (wantsFragment(c) || notice !== undefined) return showDesk(c, deps, view, { notice, ahead });
  return c.redirect(addressOf(view), 303);
}
