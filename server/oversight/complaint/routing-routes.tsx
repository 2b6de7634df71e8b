// The rules of routing: a text to try, a sheet read before it holds, and their change by an administrator.
import { type Context, Hono } from 'hono';
import { RoutingPage, type RoutingView } from '../../../views/oversight/routing-page.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { uploadedFile } from '../../http/upload-form.ts';
import { changeRouting } from '../routing/change-routing.ts';
import { type RoutingRule, routeComplaint } from '../routing/routing.ts';
import { routingChanges, routingNow } from '../routing/routing-store.ts';
import { readRules, rulesText } from '../routing/routing-text.ts';
import { rulesTextOfSheet } from '../routing/rules-sheet.ts';
import { complaintTexts } from './complaint-store.ts';
import { saidFaults, typedFields } from './typed-fields.ts';

export function routingRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/complaints/routing', (c) => show(c, deps, { faults: [] }));
  app.post('/complaints/routing', (c) => change(c, deps));
  app.post('/complaints/routing/preview', (c) => preview(c, deps));
  return app;
}

type Typed = {
  readonly faults: readonly Fault[];
  readonly text?: string;
  readonly reason?: string;
  readonly preview?: RoutingView['preview'];
};

function show(c: Context<Env>, { db }: Deps, { faults, text, reason = '', preview: read }: Typed): Promise<Response> {
  const words = (c.req.query('words') ?? '').slice(0, 2_000);
  const { rules } = routingNow(db);
  const routed = words === '' ? undefined : routeComplaint(rules, { kind: c.req.query('kind') ?? '', words });
  const { desk = '', deskEn = '', first = 'inspector', urgency = 'day' } = routed?.rule ?? {};
  const tried = routed && { words, desk, deskEn, number: routed.number, word: routed.word, first, urgency };
  return page(
    c,
    <RoutingPage
      words={c.get('words')}
      here="/complaints/routing"
      viewer={c.get('viewer')}
      tried={tried ?? null}
      rules={text ?? rulesText(rules)}
      mayChange={signedInCaller(c).role === 'admin'}
      versions={routingChanges(db)}
      faults={saidFaults(c, faults)}
      reason={reason}
      preview={read}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

async function change(c: Context<Env>, deps: Deps): Promise<Response> {
  const { rules: text = '', reason = '' } = await typedFields(c);
  try {
    changeRouting(deps, { text, reason }, signedInCaller(c));
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return show(c, deps, { faults: error.faults, text, reason });
  }
  return seeOther(c, '/complaints/routing');
}

/** Nothing is changed: the sheet becomes the lines of the form, with what they would do. */
async function preview(c: Context<Env>, deps: Deps): Promise<Response> {
  const file = await uploadedFile(c);
  if (file === undefined) {
    const detail = 'Choose a file first.';
    return show(c, deps, { faults: [{ place: '/file', code: 'file_missing', detail }] });
  }
  try {
    const text = rulesTextOfSheet(file);
    const { rules, faults } = readRules(text);
    return show(c, deps, { text, faults, preview: faults.length > 0 ? undefined : previewOf(deps, rules) });
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return show(c, deps, { faults: error.faults });
  }
}

function previewOf({ db, clock }: Deps, rules: readonly RoutingRule[]): RoutingView['preview'] {
  const now = routingNow(db).rules;
  const texts = complaintTexts(db, clock());
  const moved = texts.filter((each) => routeComplaint(now, each)?.rule.desk !== routeComplaint(rules, each)?.rule.desk);
  const desks = new Set(rules.map(({ desk }) => desk)).size;
  return { rules: rules.length, desks, moved: moved.length, all: texts.length };
}
