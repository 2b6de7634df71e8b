// Complaints over HTTP: the diner's form and receipt.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, Hono } from 'hono';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { ComplaintFormPage } from '../../../views/oversight/complaint-form-page.tsx';
import { ComplaintReceiptPage } from '../../../views/oversight/complaint-receipt-page.tsx';
import { say } from '../../../views/text/say.ts';
import type { Texts } from '../../../views/text/texts.ts';
import type { Deps, Env } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { clerkRoutes } from './clerk-routes.tsx';
import { complaintLimits } from './complaint.ts';
import { complaintApiRoutes } from './complaint-api-routes.ts';
import { checkComplaint, type ReadComplaint, readComplaintForm } from './complaint-form.ts';
import { inspectorComplaintRoutes } from './complaint-inspector-routes.tsx';
import { complaintByPublicId, stepsOf } from './complaint-store.ts';
import { aboutComplaint, placeTold, type Reported, reportedThing } from './complaint-subject.ts';
import { newTicket, readTicket } from './complaint-ticket.ts';
import { fileComplaint } from './file-complaint.ts';
import { spokenCode } from './follow-code.ts';
import { mediationRoutes } from './mediation-routes.tsx';
import { mediationFor } from './mediation-view.ts';

// A family at a table reports a few things; a program, hundreds. All together, no more than people can read.
const perAddress = { points: 5, duration: 600 };
const together = { points: 300, duration: 3_600 };

export function complaintRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  const limits = { each: new RateLimiterMemory(perAddress), all: new RateLimiterMemory(together) };
  app.route('/', mediationRoutes(deps));
  app.route('/', clerkRoutes(deps));
  app.route('/', complaintApiRoutes(deps));
  app.get('/reports/new', (c) => {
    const reported = reportedThing(deps, c.req.query('code') ?? '');
    return form(c, deps, reported, { at: c.req.query('at')?.slice(0, 80) ?? '', values: {}, faults: [] });
  });
  app.post('/reports', (c) => send(c, deps, limits));
  app.get('/reports/:publicId', (c) => receipt(c, deps));
  app.route('/', inspectorComplaintRoutes(deps));
  return app;
}

type Limits = { readonly each: RateLimiterMemory; readonly all: RateLimiterMemory };
type Typed = Pick<ReadComplaint, 'at' | 'values'> & { readonly faults: readonly Fault[] };

function form(c: Context<Env>, deps: Deps, { shown }: Reported, { at, values, faults }: Typed): Promise<Response> {
  const { clock, secrets } = deps;
  const words = c.get('words');
  const url = new URL(c.req.url);
  return page(
    c,
    <ComplaintFormPage
      words={words}
      here={c.req.method === 'GET' ? url.pathname + url.search : `/reports/new?code=${encodeURIComponent(shown.href)}`}
      viewer={c.get('viewer')}
      lot={shown}
      ticket={newTicket(secrets.linkKey, shown.href, clock())}
      at={at}
      today={dayOf(clock())}
      values={values}
      faults={saidFaults(words, faults)}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

async function send(c: Context<Env>, deps: Deps, limits: Limits): Promise<Response> {
  await count(c, limits);
  const { db, clock, secrets } = deps;
  const { code, at, values, photo } = await readComplaintForm(c);
  const reported = reportedThing(deps, code);
  const told = readTicket(secrets.linkKey, reported.shown.href, values['ticket'] ?? '', clock());
  // A browser fills fields in faster than a program can be told from it: it waits, and is not refused.
  if (told === 'too_fast') await (deps.wait ?? sleep)(complaintLimits.fastestMs);
  const state = told === 'too_fast' ? 'good' : told;
  const checked = checkComplaint(values, clock());
  const faults = [
    ...(checked.ok ? [] : checked.faults),
    ...(state === 'good' ? [] : [{ place: '/ticket', code: state, detail: 'The form is not valid any more.' }]),
  ];
  if (!checked.ok || faults.length > 0) return form(c, deps, reported, { at, values, faults });
  const siteId = placeTold(db, reported, at);
  try {
    const settle = values['settle'] === 'shop_first' ? 'shop_first' : 'office';
    const publicId = await fileComplaint(deps, reported.lot, { ...checked.complaint, siteId, photo, settle });
    return seeOther(c, `/reports/${publicId}`);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'unreadable_picture') throw error;
    return form(c, deps, reported, { at, values, faults: error.faults });
  }
}

async function count(c: Context<Env>, { each, all }: Limits): Promise<void> {
  try {
    await each.consume(c.get('clientAddress'));
    await all.consume('all');
  } catch {
    throw new Problem('too_many_requests', { headers: { 'retry-after': '600' } });
  }
}

function receipt(c: Context<Env>, deps: Deps): Promise<Response> {
  const { db, clock } = deps;
  const complaint = complaintByPublicId(db, c.req.param('publicId') ?? '');
  if (complaint === undefined) throw new Problem('not_found');
  const { publicId } = complaint;
  const reader = { as: 'complainant', action: `/reports/${publicId}/mediation`, fault: c.req.query('fault') } as const;
  const answers = stepsOf(db, complaint.id).flatMap(({ kind, words, at }) =>
    (kind === 'answered' || kind === 'closed') && words !== null ? [{ words, at }] : [],
  );
  c.header('x-robots-tag', 'noindex');
  return page(
    c,
    <ComplaintReceiptPage
      words={c.get('words')}
      here={c.req.path}
      viewer={c.get('viewer')}
      lot={aboutComplaint(deps, complaint)}
      code={complaint.followCode === null ? null : spokenCode(complaint.followCode)}
      settling={mediationFor(db, complaint.id, reader, clock())}
      kind={complaint.kind}
      state={complaint.state}
      at={complaint.at}
      answers={answers}
    />,
  );
}

function saidFaults(words: Texts, faults: readonly Fault[]) {
  const { complaints, trace } = words;
  return faults.map(({ place, code, detail }) => ({
    place,
    detail: complaints.faults[code] ?? trace.faults[code] ?? say(words, detail),
  }));
}

/** A day in Beijing, as a date field has it. */
function dayOf(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
}
