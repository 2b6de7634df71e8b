// An inspector's own conflicts of interest as a page.
import { type Context, Hono } from 'hono';
import { ConflictsPage } from '../../../views/oversight/draw/conflicts-page.tsx';
import { say } from '../../../views/text/say.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { formValues, idParam } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { placesToChoose } from '../join/place-choice-store.ts';
import { siteNames } from '../visit/site-name-store.ts';
import { conflictsOf } from './conflict-store.ts';
import { endConflict, recordConflict } from './record-conflict.ts';

export function conflictRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/my/conflicts', (c) => show(c, deps, { values: {}, faults: [] }));
  app.post('/my/conflicts', async (c) => {
    const values = await formValues(c);
    const reason = (values['reason'] ?? '').trim();
    try {
      if (reason.length < 2 || reason.length > 200) refuseReason();
      recordConflict(deps, signedInCaller(c), { siteId: values['site'] ?? '', reason });
      return seeOther(c, '/my/conflicts');
    } catch (error) {
      if (!(error instanceof Problem) || error.faults.length === 0) throw error;
      return show(c, deps, { values, faults: error.faults });
    }
  });
  app.post('/my/conflicts/:id/ended', (c) => {
    endConflict(deps, signedInCaller(c), idParam(c, 'id'));
    return seeOther(c, '/my/conflicts');
  });
  return app;
}

type Typed = { readonly values: Readonly<Record<string, string>>; readonly faults: readonly Fault[] };

function show(c: Context<Env>, { db }: Deps, { values, faults }: Typed): Promise<Response> {
  const words = c.get('words');
  const conflicts = conflictsOf(db, signedInCaller(c).id);
  const names = siteNames(
    db,
    conflicts.map(({ siteId }) => siteId),
  );
  return page(
    c,
    <ConflictsPage
      words={words}
      here="/my/conflicts"
      viewer={c.get('viewer')}
      conflicts={conflicts.map(({ siteId, ...rest }) => ({
        ...rest,
        name: names.get(siteId)?.name ?? siteId,
        nameEn: names.get(siteId)?.nameEn ?? null,
      }))}
      places={placesToChoose(db)}
      values={values}
      faults={faults.map(({ place, code, detail }) => ({
        place,
        detail: words.draw.faults[code] ?? say(words, detail),
      }))}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

function refuseReason(): never {
  throw new Problem('invalid_input', { faults: [{ place: '/reason', code: 'reason', detail: 'Say why.' }] });
}
