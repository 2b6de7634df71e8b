// Complaints for programs: a hotline's system files them, a regulator's lists them, a shop reads those it was let see.
import { type Context, Hono } from 'hono';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import { isRegulator, seesSite } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { readBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { routingNow } from '../routing/routing-store.ts';
import { readClerkForm } from './clerk-form.ts';
import { complaintStates } from './complaint.ts';
import { newComplaintSchema } from './complaint-schemas.ts';
import { type Complaint, complaintByPublicId, listComplaints, publishedComplaints } from './complaint-store.ts';
import { fileComplaint } from './file-complaint.ts';
import { spokenCode } from './follow-code.ts';
import { isOverdue } from './mediation-view.ts';

const listQuery = z.object({
  state: z.enum(complaintStates).optional(),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

// A hotline sends what people said; more than this in an hour from one account is a program gone wrong.
const perAccount = { points: 120, duration: 3_600 };

export function complaintApiRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  const limit = new RateLimiterMemory(perAccount);
  app.get('/api/complaints', (c) => list(c, deps));
  app.post('/api/complaints', (c) => file(c, deps, limit));
  return app;
}

function list(c: Context<Env>, { db, clock }: Deps): Response {
  const asked = listQuery.safeParse(c.req.query());
  if (!asked.success) throw new Problem('invalid_input', { detail: 'state, before and limit are as documented.' });
  const { state, before = Number.MAX_SAFE_INTEGER, limit } = asked.data;
  const caller = signedInCaller(c);
  const found = isRegulator(caller)
    ? listComplaints(db, caller, { state, before, limit })
    : publishedComplaints(db, caller.sites, limit).filter(
        (each) => each.id < before && (state ?? each.state) === each.state,
      );
  return c.json({ complaints: found.map((each) => answerOf(each, clock())) });
}

/** No contact, no photo and no code: those are on pages, for one person. */
function answerOf(complaint: Complaint, now: number) {
  const { id, publicId, code, siteId, kind, words, state, at, channel, desk, deskEn, urgency, matched, repeats } =
    complaint;
  const { stage, dueAt } = complaint;
  return {
    ...{ id, publicId, lot: code === '' ? null : code, site: siteId, kind, words, state, channel },
    ...{ desk, deskEn, urgency, matched, repeats, at: new Date(at).toISOString() },
    settling: stage === null ? null : { stage, dueAt: iso(dueAt), overdue: isOverdue({ stage, dueAt }, now) },
  };
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

async function file(c: Context<Env>, deps: Deps, limit: RateLimiterMemory): Promise<Response> {
  const caller = signedInCaller(c);
  const { db, clock, config } = deps;
  const input = await readBody(c, newComplaintSchema);
  await limit.consume(String(caller.id)).catch(() => {
    throw new Problem('too_many_requests', { headers: { 'retry-after': '3600' } });
  });
  const values = Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)]));
  const ticket = `api ${caller.id} ${input.reference}`;
  const known = db.sqlite.prepare('SELECT 1 FROM complaint WHERE ticket = ?').get(ticket) !== undefined;
  const read = readClerkForm(db, values, { now: clock(), ticket });
  if (!read.ok) throw new Problem('invalid_input', { faults: read.faults });
  const { siteId } = read.read.complaint;
  if (isRegulator(caller) && siteId !== null && !seesSite(caller, siteId)) throw new Problem('forbidden');
  const publicId = await fileComplaint(deps, read.read.lot, read.read.complaint);
  const kept = complaintByPublicId(db, publicId);
  if (kept === undefined) throw new Problem('not_found');
  const follow = { code: spokenCode(kept.followCode ?? ''), href: `${config.publicUrl}/reports/${publicId}` };
  return c.json({ ...answerOf(kept, clock()), follow, routing: routingNow(db).id }, known ? 200 : 201);
}
