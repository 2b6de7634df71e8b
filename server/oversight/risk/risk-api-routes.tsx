// Risk for programs: the list in its order, and one place with its parts and the things that counted.
import { type Context, Hono } from 'hono';
import { seesSite } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { ruleInForce } from './risk-rule-store.ts';
import { riskQuery } from './risk-schemas.ts';
import { type RiskLine, riskList, riskOf } from './risk-store.ts';
import { hrefOf } from './risk-view.ts';

export function riskApiRoutes({ db }: Pick<Deps, 'db'>): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/api/risk', (c) => {
    const { offset, limit, ...filter } = check(riskQuery, c.req.query());
    const lines = riskList(db, signedInCaller(c), filter, { offset, limit });
    return c.json({ rule: ruleInForce(db).id, places: lines.map(answerOf) });
  });
  app.get('/api/risk/:siteId', (c: Context<Env>) => {
    const siteId = c.req.param('siteId') ?? '';
    const line = riskOf(db, siteId);
    if (line === undefined || !seesSite(signedInCaller(c), siteId)) throw new Problem('not_found');
    return c.json(answerOf(line));
  });
  return app;
}

function answerOf({ site, kind, name, nameEn, score, grade, tier, visitBy, scoredAt, parts }: RiskLine) {
  const time = (at: number) => new Date(at).toISOString();
  return {
    site,
    kind,
    name,
    nameEn,
    score,
    grade,
    tier,
    visitBy: time(visitBy),
    scoredAt: time(scoredAt),
    parts: parts.map(({ part, points, count, facts }) => ({
      part,
      points,
      count,
      events: facts.map((fact) => ({ what: fact.what, at: time(fact.at), href: hrefOf(fact) })),
    })),
  };
}
