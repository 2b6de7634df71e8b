// The API of model packs: list, add, shadow, compare, put in use, go back.

import { Hono } from 'hono';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { idParam, readBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { isMultipart } from '../../http/upload-form.ts';
import { addPackSet } from '../pack/add-pack-set.ts';
import { followOrRefuse } from '../pack/follow-pack-set.ts';
import { packSetJson } from '../pack/pack-answers.ts';
import { promotionSchema, rollBackSchema, shadowSchema, thresholdsSchema } from '../pack/pack-operations.ts';
import { allPackSets, type PackSet, packSetById, stepsOfPackSet } from '../pack/pack-store.ts';
import { promotePackSet, rollBackPackSet } from '../pack/promote-pack-set.ts';
import { endShadow, startShadow } from '../pack/start-shadow.ts';
import { tryThresholds } from '../pack/try-thresholds.ts';
import { type ComparisonData, compareSets, setsToCompare } from './comparison-data.ts';
import { readPackForm } from './pack-form.ts';

const mostDisagreements = 500;

export function packApiRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  setApi(app, deps);
  useApi(app, deps);
  return app;
}

function setApi(app: Hono<Env>, deps: Deps): void {
  const { db } = deps;
  app.get('/api/packs', (c) => {
    const steps = stepsOfPackSet(db).map(({ setId, at, by, kind, reason, insteadOf }) => ({
      setId,
      at,
      by,
      kind,
      reason,
      insteadOf,
    }));
    return c.json({ sets: allPackSets(db).map(packSetJson), steps });
  });
  app.post('/api/packs', async (c) => {
    if (!isMultipart(c)) throw new Problem('wrong_media_type', { detail: 'Send multipart/form-data with the files.' });
    return c.json(packSetJson(await addPackSet(deps, signedInCaller(c), await readPackForm(c))), 201);
  });
  app.post('/api/packs/thresholds', async (c) => {
    const set = await tryThresholds(deps, signedInCaller(c), await readBody(c, thresholdsSchema));
    return c.json(packSetJson(set), 201);
  });
  app.get('/api/packs/:id', (c) => c.json(packSetJson(kept(deps, idParam(c, 'id')))));
  app.get('/api/packs/:id/comparison', async (c) => {
    const sets = setsToCompare(db, idParam(c, 'id'));
    if (sets === undefined) throw new Problem('not_found');
    const { fresh, old } = sets;
    if (old === undefined) throw new Problem('conflict', { detail: 'There is no other set to compare with.' });
    return c.json({ old: old.id, new: fresh.id, ...comparisonJson(await compareSets(deps, { old, new: fresh })) });
  });
}

function useApi(app: Hono<Env>, deps: Deps): void {
  app.post('/api/packs/:id/shadow', async (c) => {
    const id = idParam(c, 'id');
    startShadow(deps, signedInCaller(c), id, (await readBody(c, shadowSchema)).share);
    return c.json(packSetJson(kept(deps, id)));
  });
  app.on('DELETE', '/api/packs/:id/shadow', (c) => {
    const id = idParam(c, 'id');
    endShadow(deps, signedInCaller(c), id);
    return c.json(packSetJson(kept(deps, id)));
  });
  app.post('/api/packs/:id/promotion', async (c) => {
    const id = idParam(c, 'id');
    promotePackSet(deps, signedInCaller(c), id, (await readBody(c, promotionSchema)).reason);
    await followOrRefuse(deps);
    return c.json(packSetJson(kept(deps, id)));
  });
  app.post('/api/packs/rollback', async (c) => {
    const { id } = rollBackPackSet(deps, signedInCaller(c), (await readBody(c, rollBackSchema)).reason);
    await followOrRefuse(deps);
    return c.json(packSetJson(kept(deps, id)));
  });
}

function kept({ db }: Deps, id: number): PackSet {
  const set = packSetById(db, id);
  if (set === undefined) throw new Problem('not_found');
  return set;
}

/** The pictures by their hash alone; at most five hundred, and how many there are. */
function comparisonJson({ disagreements, ...data }: ComparisonData) {
  const shown = disagreements.slice(0, mostDisagreements);
  return { ...data, disagreements: shown, disagreementsInAll: disagreements.length };
}
