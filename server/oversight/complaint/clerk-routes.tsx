// A clerk's form: a complaint taken down while somebody is on the phone.
import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { ClerkPage } from '../../../views/oversight/clerk-page.tsx';
import { scopeOf } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import { hourMs } from '../../clock.ts';
import type { Deps, Env } from '../../deps.ts';
import type { Fault } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { placesToChoose } from '../join/place-choice-store.ts';
import { readClerkForm } from './clerk-form.ts';
import { complaintByPublicId } from './complaint-store.ts';
import { fileComplaint } from './file-complaint.ts';
import { routingRoutes } from './routing-routes.tsx';
import { saidFaults, typedFields } from './typed-fields.ts';

const sitesOffered = 500;

export function clerkRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/complaints/new', (c) => form(c, deps, { values: {}, faults: [] }));
  app.post('/complaints', (c) => send(c, deps));
  app.route('/', routingRoutes(deps));
  return app;
}

type Typed = { readonly values: Readonly<Record<string, string>>; readonly faults: readonly Fault[] };

function form(c: Context<Env>, { db, clock }: Deps, { values, faults }: Typed): Promise<Response> {
  const words = c.get('words');
  const caller = signedInCaller(c);
  const sites = placesToChoose(db, scopeOf(caller))
    .filter(({ name }) => name !== null)
    .slice(0, sitesOffered)
    .map(({ id, name }) => ({ id, name: name ?? id }));
  const today = new Date(clock() + 8 * hourMs).toISOString().slice(0, 10);
  const view = { words, here: '/complaints/new', viewer: c.get('viewer'), today, sites, values };
  return page(c, <ClerkPage {...view} faults={saidFaults(c, faults)} />, faults.length > 0 ? 400 : 200);
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
