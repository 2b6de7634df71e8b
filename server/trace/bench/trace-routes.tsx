// The trace over HTTP: the API, and the look-up of whatever was typed or scanned.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import {
  BadCodePage,
  LookUpPage,
  UnknownLotPage,
  UnsureCodePage,
} from '../../../views/trace/diner/diner-other-pages.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page } from '../../http/respond.tsx';
import { chainJson } from '../chain/chain-json.ts';
import { type Chain, traceLot } from '../chain/chain-store.ts';
import { seesLot, visibleChain } from '../chain/lot-visibility-store.ts';
import { asGtin } from '../code/gs1.ts';
import { lotCodeFromGtinAndBatch } from '../code/lot-code-kinds.ts';
import { findLot, refusalFault, searchAsked } from '../lot/asked-lot-store.ts';
import { lotPath } from '../lot/lot-address.ts';
import type { LotReading } from '../lot/lot-store.ts';
import { readingChoices } from '../lot/reading-choice.ts';
import { placeAsked, placeScanned } from '../place/asked-place-store.ts';

const traceQuery = z.object({
  code: z.string().min(1).max(2_048),
  direction: z.enum(['backward', 'forward']).default('backward'),
  maxHoldings: z.coerce.number().int().min(1).max(50_000).optional(),
  maxDepth: z.coerce.number().int().min(1).max(1_000).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});

export function traceRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/api/trace', (c) => c.json(chainJson(askedChain(c, deps))));
  app.get('/look-up', (c) => lookUp(c, deps));
  return app;
}

function askedChain(c: Context<Env>, deps: Deps): Chain {
  const { db } = deps;
  const { code, direction, maxHoldings, maxDepth, from, until } = check(traceQuery, c.req.query());
  const caller = signedInCaller(c);
  const lot = findLot(deps, code);
  // A stranger's lot and an unknown one look the same.
  if (!seesLot(db, caller, lot.id)) throw new Problem('not_found', { detail: 'No lot is registered under this code.' });
  const chain = traceLot(db, {
    lotId: lot.id,
    direction,
    ...(maxHoldings === undefined ? {} : { maxHoldings }),
    ...(maxDepth === undefined ? {} : { maxDepth }),
    ...(from === undefined ? {} : { fromAt: Date.parse(from) }),
    ...(until === undefined ? {} : { untilAt: Date.parse(until) }),
  });
  return visibleChain(db, caller, chain, lot.id);
}

/** Anything typed, pasted or scanned → the public page of the lot, or a refusal that helps. */
function lookUp(c: Context<Env>, deps: Deps): Response | Promise<Response> {
  const { db, secrets } = deps;
  const words = c.get('words');
  const view = { words, here: '/look-up', viewer: c.get('viewer') };
  if (c.req.query('code') === undefined && c.req.query('gtin') === undefined) return page(c, <LookUpPage {...view} />);
  const gtin = asGtin(c.req.query('gtin') ?? '');
  const batch = c.req.query('batch')?.trim().slice(0, 40) ?? '';
  const code =
    gtin !== undefined && batch !== ''
      ? lotCodeFromGtinAndBatch(gtin, batch)
      : (c.req.query('code') ?? '').trim().slice(0, 2_048);
  const search = searchAsked(deps, code);
  if (search.found === 'one') return c.redirect(lotPath(search.lot, secrets.linkKey), 303);
  const scanned = search.found === 'none' ? placeScanned(db, code) : undefined;
  if (scanned !== undefined) return c.redirect(`/414/${scanned}`, 303);
  if (search.found === 'none') return page(c, <UnknownLotPage {...view} code={shownCode(search.key, code)} />, 404);
  if (search.found === 'several')
    return page(
      c,
      <BadCodePage
        {...view}
        code={code}
        faults={[{ found: code, said: words.trace.codeFaults['no_product'] ?? '' }]}
      />,
      400,
    );
  if (search.found === 'unsure')
    return page(
      c,
      <UnsureCodePage
        {...view}
        code={code}
        readings={readingChoices(db, search.readings, deps.clock(), (reading) => lookUpHref(reading, secrets.linkKey))}
      />,
      300,
    );
  const { refusal } = search;
  const place = placeAsked(db, code);
  if (place !== undefined) return c.redirect(`/414/${place}`, 303);
  if (refusal.fault === 'no_lot' && refusal.gtin !== undefined) return c.redirect(`/01/${refusal.gtin}`, 303);
  const said = words.trace.codeFaults[refusal.fault] ?? refusalFault(refusal, 'code').detail;
  return page(c, <BadCodePage {...view} code={code} faults={[{ found: refusal.found, said }]} />, 400);
}

function lookUpHref({ lot, given }: LotReading, key: Buffer): string {
  return lot === undefined ? `/look-up?code=${encodeURIComponent(given)}` : lotPath(lot, key);
}

function shownCode(key: string, typed: string): string {
  return typed === '' ? key : typed.slice(0, 200);
}
