// The page on which the packs learn from a kitchen's verdicts: one press to begin, how far it is, what came of it.
import { type Context, Hono } from 'hono';
import { LearningPage } from '../../../views/kitchen/pack/learning-page.tsx';
import { say } from '../../../views/text/say.ts';
import { localName } from '../../../views/text/texts.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { idParam, readBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { violationWords } from '../violation/violation-kinds.ts';
import { askLearning, cancelLearning } from './ask-learning.ts';
import { heldOutKitchens } from './held-out-store.ts';
import { learningLimits, newLearningSchema } from './learning.ts';
import { lastLearnings, learnableKitchens, type NamedLearning } from './learning-store.ts';

export function learningRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/packs/learning', (c) => show(c, deps));
  app.post('/packs/learning', async (c) => {
    const { kitchen } = await readBody(c, newLearningSchema);
    return orShowAgain(c, deps, () => askLearning(deps, signedInCaller(c), kitchen));
  });
  app.post('/packs/learning/:id/end', (c) =>
    orShowAgain(c, deps, () => cancelLearning(deps, signedInCaller(c), idParam(c, 'id'))),
  );
  return app;
}

/** A refusal is said on the page itself. */
function orShowAgain(c: Context<Env>, deps: Deps, work: () => unknown): Response | Promise<Response> {
  try {
    work();
    return seeOther(c, '/packs/learning');
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 409) throw error;
    return show(c, deps, say(c.get('words'), error.message));
  }
}

function show(c: Context<Env>, { db }: Deps, refusal?: string): Promise<Response> {
  const lang = c.get('lang');
  const { leastLearnt, leastLater, leastOfEach } = learningLimits;
  const runs = lastLearnings(db);
  const heldOut = heldOutKitchens(db);
  const view = {
    words: c.get('words'),
    here: '/packs/learning',
    viewer: c.get('viewer'),
    refusal,
    busy: runs.some(({ state }) => state === 'waiting' || state === 'running'),
    least: { verdicts: leastLearnt + leastLater, each: leastOfEach },
    kitchens: learnableKitchens(db).map(({ siteId, name, nameEn, confirmed, cleared }) => ({
      siteId,
      name: localName(lang, { name, nameEn }),
      confirmed,
      cleared,
      heldOut: heldOut.has(siteId),
      enough: confirmed + cleared >= leastLearnt + leastLater && Math.min(confirmed, cleared) >= leastOfEach,
    })),
    runs: runs.map((run) => runView(run, lang)),
  };
  return page(c, <LearningPage {...view} />, refusal === undefined ? 200 : 409);
}

function runView(run: NamedLearning, lang: 'zh-CN' | 'en') {
  const { id, askedAt, askedByName, state, stage, done, total, fault, setId, result } = run;
  const kitchen = localName(lang, { name: run.kitchen, nameEn: run.kitchenEn });
  const lines = (result?.packs ?? []).flatMap((pack) =>
    pack.lines.map((line) => {
      return { ...line, name: violationWords(line.violation, lang).name, pack: pack.name, boxes: pack.boxes };
    }),
  );
  return { id, askedAt, askedByName, kitchen, state, stage, done, total, fault, setId, lines };
}
