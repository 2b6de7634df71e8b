// Proposed thresholds, for administrators: the list, a camera's page, and the decision.
import { type Context, Hono } from 'hono';
import { ProposalsPage } from '../../../views/kitchen/threshold/proposals-page.tsx';
import { ThresholdsPage } from '../../../views/kitchen/threshold/thresholds-page.tsx';
import type { ThresholdLine } from '../../../views/kitchen/threshold/thresholds-view.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env, Lang } from '../../deps.ts';
import { idParam, readBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { type Camera, cameraById, visibleCamera } from '../camera/camera-store.ts';
import { restaurantById } from '../restaurant/restaurant-store.ts';
import { watchedIds } from '../violation/violation.ts';
import { violationWords } from '../violation/violation-kinds.ts';
import { dismissThreshold } from './dismiss-threshold.ts';
import { takeThreshold } from './take-threshold.ts';
import { type ThresholdQuestion, thresholdQuestion } from './threshold-data.ts';
import { thresholdDecisionSchema } from './threshold-form.ts';
import { needed } from './threshold-proposal.ts';
import { camerasWithVerdicts } from './threshold-store.ts';
import { undoThreshold } from './undo-threshold.ts';

export function thresholdRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/thresholds', (c) => showProposals(c, deps));
  app.get('/cameras/:id/thresholds', (c) => showThresholds(c, deps));
  app.post('/cameras/:id/thresholds/:violation', async (c) => {
    await decide(c, deps);
    return seeOther(c, `/cameras/${idParam(c, 'id')}/thresholds#${c.req.param('violation')}`);
  });
  app.get('/api/cameras/:id/thresholds', (c) => {
    const { camera } = found(c, deps);
    return c.json({ thresholds: questionsOf(deps, camera).map(questionJson) });
  });
  app.post('/api/cameras/:id/thresholds/:violation', async (c) => {
    await decide(c, deps);
    const { camera } = found(c, deps);
    const question = thresholdQuestion(deps, camera, c.req.param('violation'));
    if (question === undefined) throw new Problem('not_found');
    return c.json(questionJson(question));
  });
  return app;
}

async function decide(c: Context<Env>, deps: Deps): Promise<void> {
  const { decision, proposed = 0 } = await readBody(c, thresholdDecisionSchema);
  const answer = { cameraId: idParam(c, 'id'), violation: c.req.param('violation') ?? '', proposed };
  const caller = signedInCaller(c);
  if (decision === 'undone') undoThreshold(deps, caller, answer);
  else if (decision === 'taken') takeThreshold(deps, caller, answer);
  else dismissThreshold(deps, caller, answer);
}

function found(c: Context<Env>, { db }: Deps) {
  const both = visibleCamera(db, signedInCaller(c), idParam(c, 'id'));
  if (both === undefined) throw new Problem('not_found');
  return both;
}

function questionsOf(deps: Deps, camera: Camera): ThresholdQuestion[] {
  return watchedIds(deps.eye.packs, camera.rules).flatMap(
    (violation) => thresholdQuestion(deps, camera, violation) ?? [],
  );
}

function questionJson({ violation, here, house, proposal, dismissed }: ThresholdQuestion) {
  return { violation, here, house, dismissed, ...proposal };
}

// What can be decided comes first, what cannot be said yet last.
const order = ['proposed', 'dismissed', 'stays', 'refused'];

function showThresholds(c: Context<Env>, deps: Deps) {
  const { camera, restaurant } = found(c, deps);
  const view = {
    words: c.get('words'),
    here: c.req.path,
    viewer: c.get('viewer'),
    camera: { id: camera.id, place: { name: camera.place, nameEn: camera.placeEn } },
    restaurant,
    lines: questionsOf(deps, camera)
      .map((question) => lineOf(deps, question, c.get('lang')))
      .sort((a, b) => order.indexOf(a.answer.kind) - order.indexOf(b.answer.kind)),
  };
  return page(c, <ThresholdsPage {...view} />);
}

function lineOf({ eye }: Deps, question: ThresholdQuestion, lang: Lang): ThresholdLine {
  const { violation, here, house, proposal, last, dismissed } = question;
  const decided = last === undefined || last.decision === 'undone' ? undefined : { ...last, decision: last.decision };
  return {
    violation,
    name: violationWords(violation, lang, eye.packs).name,
    here,
    house,
    answer:
      proposal.kind === 'refused'
        ? proposal
        : { ...proposal, kind: proposal.kind === 'proposed' && dismissed ? 'dismissed' : proposal.kind },
    last: decided,
  };
}

function showProposals(c: Context<Env>, deps: Deps) {
  const { db, clock, eye } = deps;
  const lang = c.get('lang');
  const cameras = camerasWithVerdicts(db, clock(), needed.own).flatMap((id) => {
    const camera = cameraById(db, id);
    const restaurant = camera && restaurantById(db, camera.restaurantId);
    if (camera === undefined || restaurant === undefined) return [];
    const proposals = questionsOf(deps, camera).flatMap(({ violation, here, proposal, dismissed }) => {
      if (proposal.kind !== 'proposed' || dismissed) return [];
      const { now, after } = proposal.figures;
      const flags = [now.flagsPerDay, after.flagsPerDay] as const;
      return [
        { violation, name: violationWords(violation, lang, eye.packs).name, from: here, to: proposal.proposed, flags },
      ];
    });
    const place = { name: camera.place, nameEn: camera.placeEn };
    return proposals.length === 0 ? [] : [{ id, place, restaurant, proposals }];
  });
  return page(
    c,
    <ProposalsPage words={c.get('words')} here="/thresholds" viewer={c.get('viewer')} cameras={cameras} />,
  );
}
