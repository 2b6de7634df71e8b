// The rules of risk as a page for everybody, and the form with which an administrator changes them.
import { type Context, Hono } from 'hono';
import { RiskRulesPage } from '../../../views/oversight/risk/risk-rules-page.tsx';
import { say } from '../../../views/text/say.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { formValues } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { changeRiskRule } from './change-risk-rule.ts';
import { type RiskRule, riskParts } from './risk.ts';
import { ruleChanges, ruleInForce } from './risk-rule-store.ts';
import { keptBackTest } from './risk-store.ts';

export function riskRuleRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/risk/rules', (c) => show(c, deps, { faults: [] }));
  app.post('/risk/rules', (c) => change(c, deps));
  return app;
}

type Typed = { readonly faults: readonly Fault[]; readonly values?: Readonly<Record<string, string>> };

function show(c: Context<Env>, { db }: Deps, { faults, values }: Typed): Promise<Response> {
  const words = c.get('words');
  const { rule } = ruleInForce(db);
  const said = faults.map(({ place, code, detail }) => ({
    place,
    detail: words.risk.faults[code] ?? say(words, detail),
  }));
  const form = c.get('caller')?.role === 'admin' ? { form: { values: values ?? typedOf(rule), faults: said } } : {};
  return page(
    c,
    <RiskRulesPage
      words={words}
      here="/risk/rules"
      viewer={c.get('viewer')}
      rule={rule}
      test={keptBackTest(db)}
      changes={ruleChanges(db)}
      {...form}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

async function change(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await formValues(c);
  try {
    changeRiskRule(deps, { rule: readRule(values), reason: values['reason'] ?? '' }, signedInCaller(c));
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return show(c, deps, { faults: error.faults, values });
  }
  return seeOther(c, '/risk/rules');
}

function readRule(values: Readonly<Record<string, string>>): RiskRule {
  const number = (name: string) => (values[name]?.trim() ? Number(values[name]) : Number.NaN);
  const weights = Object.fromEntries(riskParts.map((part) => [part, number(part)])) as Record<
    (typeof riskParts)[number],
    number
  >;
  return {
    weights,
    halfLifeDays: number('halfLifeDays'),
    bFrom: number('bFrom'),
    cFrom: number('cFrom'),
    recoverDays: number('recoverDays'),
    visitDays: { A: number('visitA'), B: number('visitB'), C: number('visitC') },
  };
}

function typedOf({ weights, visitDays, halfLifeDays, bFrom, cFrom, recoverDays }: RiskRule): Record<string, string> {
  const all = {
    ...weights,
    halfLifeDays,
    bFrom,
    cFrom,
    recoverDays,
    visitA: visitDays.A,
    visitB: visitDays.B,
    visitC: visitDays.C,
  };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, String(value)]));
}
