// A clerk's form, the rules of routing with a text to try, and their change by an administrator.
import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { ClerkPage } from '../../../views/oversight/clerk-page.tsx';
import { RoutingPage } from '../../../views/oversight/routing-page.tsx';
import { say } from '../../../views/text/say.ts';
import { seesSite } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import { hourMs } from '../../clock.ts';
import type { Deps, Env } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { here, page, seeOther } from '../../http/respond.tsx';
import { placesToChoose } from '../join/place-choice-store.ts';
import { changeRouting } from '../routing/change-routing.ts';
import { routeComplaint } from '../routing/routing.ts';
import { routingChanges, routingNow } from '../routing/routing-store.ts';
import { rulesText } from '../routing/routing-text.ts';
import { readClerkForm } from './clerk-form.ts';
import { complaintByPublicId } from './complaint-store.ts';
import { fileComplaint } from './file-complaint.ts';

const sitesOffered = 500;

export function clerkRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/complaints/new', (c) => form(c, deps, { values: {}, faults: [] }));
  app.post('/complaints', (c) => send(c, deps));
  app.get('/complaints/routing', (c) => routing(c, deps, { faults: [], text: undefined, reason: '' }));
  app.post('/complaints/routing', (c) => changeRules(c, deps));
  return app;
}

type Typed = { readonly values: Readonly<Record<string, string>>; readonly faults: readonly Fault[] };

function form(c: Context<Env>, { db, clock }: Deps, { values, faults }: Typed): Promise<Response> {
  const words = c.get('words');
  const caller = signedInCaller(c);
  const sites = placesToChoose(db)
    .filter(({ id, name }) => name !== null && seesSite(caller, id))
    .slice(0, sitesOffered)
    .map(({ id, name }) => ({ id, name: name ?? id }));
  const today = new Date(clock() + 8 * hourMs).toISOString().slice(0, 10);
  const view = { words, here: '/complaints/new', viewer: c.get('viewer'), today, sites, values };
  return page(c, <ClerkPage {...view} faults={saidFaults(c, faults)} />, faults.length > 0 ? 400 : 200);
}

function saidFaults(c: Context<Env>, faults: readonly Fault[]) {
  const words = c.get('words');
  const { mediation, complaints, trace } = words;
  return faults.map(({ place, code, detail }) => {
    const line = /^\/rules\/(\d+)$/.exec(place)?.[1];
    const said = mediation.faults[code] ?? complaints.faults[code] ?? trace.faults[code] ?? say(words, detail);
    return line === undefined ? { place, detail: said } : { place: '/rules', detail: mediation.lineFault(line, said) };
  });
}

async function send(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await typedFields(c);
  const channel = values['channel'] ?? '';
  const reference = (values['reference'] ?? '').trim().slice(0, 80);
  const ticket = reference === '' ? randomUUID() : `${channel} ${reference}`;
  const read = readClerkForm(deps.db, values, { now: deps.clock(), ticket });
  if (!read.ok) return form(c, deps, { values, faults: read.faults });
  const publicId = await fileComplaint(deps, read.read.lot, read.read.complaint);
  return seeOther(c, `/complaints/${complaintByPublicId(deps.db, publicId)?.id}`);
}

async function typedFields(c: Context<Env>): Promise<Record<string, string>> {
  const body = await c.req.parseBody().catch(() => {
    throw new Problem('invalid_input');
  });
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.slice(0, 20_000)]] : [],
    ),
  );
}

type TypedRules = { readonly faults: readonly Fault[]; readonly text: string | undefined; readonly reason: string };

function routing(c: Context<Env>, { db }: Deps, { faults, text, reason }: TypedRules): Promise<Response> {
  const words = (c.req.query('words') ?? '').slice(0, 2_000);
  const { rules } = routingNow(db);
  const routed = words === '' ? undefined : routeComplaint(rules, { kind: c.req.query('kind') ?? '', words });
  const { desk = '', deskEn = '', first = 'inspector', urgency = 'day' } = routed?.rule ?? {};
  const tried = routed && { words, desk, deskEn, number: routed.number, word: routed.word, first, urgency };
  const view = { words: c.get('words'), here: here(c), viewer: c.get('viewer'), tried: tried ?? null };
  return page(
    c,
    <RoutingPage
      {...view}
      rules={text ?? rulesText(rules)}
      mayChange={signedInCaller(c).role === 'admin'}
      versions={routingChanges(db)}
      faults={saidFaults(c, faults)}
      reason={reason}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

async function changeRules(c: Context<Env>, deps: Deps): Promise<Response> {
  const { rules: text = '', reason = '' } = await typedFields(c);
  try {
    changeRouting(deps, { text, reason }, signedInCaller(c));
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return routing(c, deps, { faults: error.faults, text, reason });
  }
  return seeOther(c, '/complaints/routing');
}
