// Steps of a settlement over HTTP: by the shop, by whoever complained, by a mediator; and finding a complaint by its code.
import { type Context, Hono } from 'hono';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import { FollowPage } from '../../../views/oversight/follow-page.tsx';
import { seesAllSites, seesSite } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { idParam, readBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { here, page, seeOther } from '../../http/respond.tsx';
import { mediationActs, type Party } from '../mediation/mediation.ts';
import { takeMediationStep } from '../mediation/take-mediation-step.ts';
import { askShop } from './ask-shop.ts';
import { type Complaint, complaintByFollowCode, complaintById, complaintByPublicId } from './complaint-store.ts';
import { readFollowCode } from './follow-code.ts';

const stepSchema = z.object({
  act: z.enum([...mediationActs, 'paid:insurer']),
  words: z.string().trim().max(2_000).default(''),
  amount: z.string().trim().max(20).default(''),
});

const triesPerTenMinutes = 20;

export function mediationRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  const tries = new RateLimiterMemory({ points: triesPerTenMinutes, duration: 600 });
  app.get('/reports/follow', (c) => follow(c, deps, tries));
  app.post('/reports/:publicId/mediation', async (c) => {
    const complaint = complaintByPublicId(deps.db, c.req.param('publicId'));
    await count(c, tries);
    return step(c, deps, complaint, { party: 'complainant', back: `/reports/${complaint?.publicId}` });
  });
  app.post('/my/complaints/:id/mediation', (c) => {
    const found = complaintById(deps.db, idParam(c, 'id'));
    const { sites } = signedInCaller(c);
    const own = found?.publishedAt != null && found.siteId !== null && sites.includes(found.siteId);
    return step(c, deps, own ? found : undefined, { party: 'shop', back: '/my/complaints' });
  });
  app.post('/complaints/:id/mediation', (c) => {
    const found = complaintById(deps.db, idParam(c, 'id'));
    const caller = signedInCaller(c);
    const overseen = seesAllSites(caller) || (found?.siteId != null && seesSite(caller, found.siteId));
    return step(c, deps, overseen ? found : undefined, { party: 'mediator', back: `/complaints/${found?.id}` });
  });
  return app;
}

type Doer = { readonly party: Party; readonly back: string };

/** A refusal leads back to the page, which says it in the reader's language; a program is told the fault. */
async function step(
  c: Context<Env>,
  deps: Deps,
  complaint: Complaint | undefined,
  { party, back }: Doer,
): Promise<Response> {
  if (complaint === undefined) throw new Problem('not_found');
  const { act, words, amount } = await readBody(c, stepSchema);
  const accountId = party === 'complainant' ? null : signedInCaller(c).id;
  if (act === 'asked') {
    if (party !== 'mediator') throw new Problem('conflict', { detail: 'Only an office asks the shop.' });
    askShop(deps, complaint, accountId);
    return seeOther(c, `${back}#mediation`);
  }
  const [said, doer] = act === 'paid:insurer' ? (['paid', 'insurer'] as const) : ([act, party] as const);
  if (doer === 'insurer' && party !== 'mediator') throw new Problem('not_found');
  const amountFen = amount === '' ? null : fenOf(amount);
  try {
    takeMediationStep(deps, { complaintId: complaint.id, party: doer, act: said, words, amountFen, accountId });
  } catch (error) {
    const fault = error instanceof Problem ? error.faults[0] : undefined;
    const isPage = (c.req.header('accept') ?? '').includes('text/html');
    if (fault === undefined || !isPage) throw error;
    return seeOther(c, `${back}?fault=${fault.code}&of=${complaint.id}#mediation`);
  }
  return seeOther(c, `${back}#mediation`);
}

/** Yuan as people write them; what is no amount is none that is allowed. */
function fenOf(amount: string): number {
  const plain = amount.normalize('NFKC').replace(/[,，\s元¥]/g, '');
  return /^\d{1,9}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : Number.NaN;
}

async function follow(c: Context<Env>, { db }: Deps, tries: RateLimiterMemory): Promise<Response> {
  const typed = (c.req.query('code') ?? '').slice(0, 60);
  const code = readFollowCode(typed);
  if (code !== '') await count(c, tries);
  const found = code === '' ? undefined : complaintByFollowCode(db, code);
  if (found !== undefined) return seeOther(c, `/reports/${found.publicId}`);
  const words = c.get('words');
  const faults = code === '' ? [] : [{ place: '/code', detail: words.mediation.faults['code'] ?? '' }];
  const view = { words, here: here(c), viewer: c.get('viewer'), typed, faults };
  return page(c, <FollowPage {...view} />, faults.length === 0 ? 200 : 404);
}

async function count(c: Context<Env>, tries: RateLimiterMemory): Promise<void> {
  try {
    await tries.consume(c.get('clientAddress'));
  } catch {
    throw new Problem('too_many_requests', { headers: { 'retry-after': '600' } });
  }
}
