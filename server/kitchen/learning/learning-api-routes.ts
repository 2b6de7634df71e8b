// The API of learning from verdicts: start a run, follow it, end it.
import { Hono } from 'hono';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { idParam, readBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { askLearning, cancelLearning } from './ask-learning.ts';
import { newLearningSchema } from './learning.ts';
import { lastLearnings, learningById, type PackLearning } from './learning-store.ts';

export function learningApiRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/api/packs/learning', (c) => c.json({ runs: lastLearnings(deps.db).map(runJson) }));
  app.post('/api/packs/learning', async (c) => {
    const { kitchen } = await readBody(c, newLearningSchema);
    const id = askLearning(deps, signedInCaller(c), kitchen);
    return c.json(runJson(known(deps, id)), 202);
  });
  app.get('/api/packs/learning/:id', (c) => c.json(runJson(known(deps, idParam(c, 'id')))));
  app.post('/api/packs/learning/:id/end', (c) => {
    const id = idParam(c, 'id');
    cancelLearning(deps, signedInCaller(c), id);
    return c.json(runJson(known(deps, id)));
  });
  return app;
}

function known({ db }: Deps, id: number): PackLearning {
  const run = learningById(db, id);
  if (run === undefined) throw new Problem('not_found');
  return run;
}

function runJson({ id, siteId, askedAt, endedAt, state, stage, done, total, fault, setId, result }: PackLearning) {
  return { id, kitchen: siteId, askedAt, endedAt, state, stage, done, total, fault, setId, packs: result?.packs ?? [] };
}
