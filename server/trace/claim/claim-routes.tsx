// Claims about one's places: the list, and the word that makes one count or not, as pages and over the API.
import { type Context, Hono } from 'hono';
import { ClaimsPage } from '../../../views/trace/claim/claims-page.tsx';
import { isRegulator } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, idParam, readBody } from '../../http/input.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { statesOfClaims } from '../query/claimed-store.ts';
import { claimLines } from './claim-data.ts';
import { claimDecisionSchema, claimStatesSchema } from './claim-schemas.ts';
import { claimsMadeBy, openClaims } from './claim-store.ts';
import { decideClaim } from './decide-claim.ts';

const done = claimDecisionSchema.shape.verdict.nullable().catch(null);

export function claimRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/claims', (c) => show(c, deps));
  app.post('/claims/:id/decision', async (c) => {
    const { verdict } = await readBody(c, claimDecisionSchema);
    decideClaim(deps, idParam(c, 'id'), verdict, signedInCaller(c));
    return seeOther(c, `/claims?done=${verdict}`);
  });
  app.get('/api/claims', (c) => {
    const caller = signedInCaller(c);
    const json = (claims: ReturnType<typeof openClaims>) =>
      claimLines(deps.db, claims).map(({ place, at, recordedAt, decidedAt, ...claim }) => ({
        ...claim,
        site: place.id,
        at: new Date(at).toISOString(),
        recordedAt: new Date(recordedAt).toISOString(),
        decidedAt: decidedAt === null ? null : new Date(decidedAt).toISOString(),
      }));
    return c.json({ open: json(openClaims(deps.db, caller)), made: json(claimsMadeBy(deps.db, caller)) });
  });
  app.get('/api/claims/states', (c) => {
    const { events } = check(claimStatesSchema, c.req.query());
    return c.json({ states: statesOfClaims(deps.db, events) });
  });
  app.post('/api/claims/:id/decision', async (c) => {
    const { verdict } = await readBody(c, claimDecisionSchema);
    decideClaim(deps, idParam(c, 'id'), verdict, signedInCaller(c));
    return c.body(null, 204);
  });
  return app;
}

function show(c: Context<Env>, { db }: Deps): Promise<Response> {
  const caller = signedInCaller(c);
  return page(
    c,
    <ClaimsPage
      words={c.get('words')}
      here="/claims"
      viewer={c.get('viewer')}
      whose={isRegulator(caller) ? 'oversee' : 'own'}
      open={claimLines(db, openClaims(db, caller))}
      made={claimLines(db, claimsMadeBy(db, caller))}
      done={done.parse(c.req.query('done') ?? null)}
    />,
  );
}
