// Risk over HTTP: the list, one place, the rules for everybody, and the same for programs.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { RiskPage } from '../../../views/oversight/risk/risk-page.tsx';
import { RiskPlacePage } from '../../../views/oversight/risk/risk-place-page.tsx';
import { formatDate } from '../../../views/parts/time.ts';
import { localName } from '../../../views/text/texts.ts';
import { seesSite } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import { allDistricts } from '../../accounts/person/district.ts';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { csv, here, page } from '../../http/respond.tsx';
import { grades, tiers } from './risk.ts';
import { riskApiRoutes } from './risk-api-routes.tsx';
import { riskRuleRoutes } from './risk-rule-routes.tsx';
import { ruleInForce } from './risk-rule-store.ts';
import { countRisk, gradesOf, riskList, riskOf } from './risk-store.ts';
import { rowOf, shownParts } from './risk-view.ts';

const perPage = 50;
const mostInCsv = 50_000;

const listQuery = z.object({
  kind: z.enum(['kitchen', 'supplier']).catch('kitchen'),
  tier: z.enum(tiers).optional().catch(undefined),
  grade: z.enum(grades).optional().catch(undefined),
  district: z.coerce.number().int().positive().optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

export function riskRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/risk', (c) => list(c, deps));
  app.get('/risk.csv', (c) => sheet(c, deps));
  app.get('/risk/sites/:siteId', (c) => place(c, deps));
  app.route('/', riskRuleRoutes(deps));
  app.route('/', riskApiRoutes(deps));
  return app;
}

function list(c: Context<Env>, { db }: Deps): Promise<Response> {
  const { page: at, ...filter } = listQuery.parse(c.req.query());
  const caller = signedInCaller(c);
  const lines = riskList(db, caller, filter, { offset: (at - 1) * perPage, limit: perPage });
  const { kind, tier, district } = filter;
  const hrefOf = (change: Readonly<Record<string, string | undefined>>) =>
    addressOf('/risk', { ...strings({ kind, tier, district }), ...change });
  return page(
    c,
    <RiskPage
      words={c.get('words')}
      here={here(c)}
      viewer={c.get('viewer')}
      rows={lines.map(rowOf)}
      kind={kind}
      tier={tier}
      counts={countRisk(db, caller, filter)}
      districts={caller.district === undefined ? allDistricts(db) : []}
      district={district}
      csvHref={addressOf('/risk.csv', strings({ kind, tier, district }))}
      at={at}
      more={lines.length < perPage ? 'end' : 'more'}
      hrefOf={hrefOf}
    />,
  );
}

function strings(values: Readonly<Record<string, string | number | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === undefined ? undefined : String(value)]),
  );
}

function addressOf(path: string, asked: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

function sheet(c: Context<Env>, { db }: Deps): Response {
  const { page: _, ...filter } = listQuery.parse(c.req.query());
  const words = c.get('words');
  const text = words.risk;
  const lines = riskList(db, signedInCaller(c), filter, { offset: 0, limit: mostInCsv });
  const heads = [
    text.place,
    text.district,
    text.grade,
    text.score,
    text.tier,
    text.visitBy,
    ...Object.values(text.parts),
  ];
  return csv(c, 'risk', [
    heads,
    ...lines.map((line) => [
      localName(words.lang, line),
      (words.lang === 'en' ? (line.districtEn ?? line.district) : line.district) ?? '',
      line.grade,
      line.score,
      text.tiers[line.tier],
      formatDate(line.visitBy),
      ...Object.keys(text.parts).map((part) => line.parts.find((share) => share.part === part)?.points ?? 0),
    ]),
  ]);
}

function place(c: Context<Env>, { db }: Deps): Promise<Response> {
  const words = c.get('words');
  const siteId = c.req.param('siteId') ?? '';
  const line = riskOf(db, siteId);
  if (line === undefined || !seesSite(signedInCaller(c), siteId)) throw new Problem('not_found');
  return page(
    c,
    <RiskPlacePage
      words={words}
      here={here(c)}
      viewer={c.get('viewer')}
      place={{ ...rowOf(line), gradeSince: line.gradeSince, scoredAt: line.scoredAt }}
      parts={shownParts(words, line, ruleInForce(db).rule)}
      grades={gradesOf(db, siteId)}
      recordHref={line.kind === 'kitchen' ? `/records/${encodeURIComponent(siteId)}` : null}
    />,
  );
}
