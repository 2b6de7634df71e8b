// The purchase ledger (进货台账) of one's own places: to read, to print, and as CSV.

import { type Context, Hono } from 'hono';
import { formatDate } from '../../../views/parts/time.ts';
import { localFaults } from '../../../views/trace/parts.tsx';
import { PurchasesPage } from '../../../views/trace/receipt/purchases-page.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import { dayMs } from '../../clock.ts';
import type { Deps, Env } from '../../deps.ts';
import { reversedSpan } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { csv, here, page } from '../../http/respond.tsx';
import { originIn } from '../place/origin-store.ts';
import { ownPlaces } from '../place/own-place-store.ts';
import { purchaseTable } from './purchase-csv.ts';
import { purchasesOf } from './purchase-store.ts';

const shownDays = 30;
const mostShown = 2_000;
const mostInFile = 20_000;

export function purchaseRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/my/purchases', (c) => purchases(c, deps));
  app.get('/my/purchases.csv', (c) => purchasesCsv(c, deps));
  return app;
}

type Period = { readonly from: string; readonly until: string; readonly fromAt: number; readonly untilAt: number };

/** Days of Beijing, the last thirty when nothing is asked. */
function periodOf(c: Context<Env>, now: number): Period {
  const day = (name: string, fallback: number) => {
    const asked = c.req.query(name) ?? '';
    return /^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked)) ? asked : formatDate(fallback);
  };
  const until = day('until', now);
  const from = day('from', Math.min(now, Date.parse(`${until}T00:00:00+08:00`)) - shownDays * dayMs);
  if (from > until)
    throw new Problem('invalid_input', { faults: localFaults(c.get('words'), [reversedSpan('/until')]) });
  return {
    from,
    until,
    fromAt: Date.parse(`${from}T00:00:00+08:00`),
    untilAt: Date.parse(`${until}T00:00:00+08:00`) + dayMs - 1,
  };
}

function purchases(c: Context<Env>, { db, clock, secrets }: Deps): Promise<Response> {
  const caller = signedInCaller(c);
  const { from, until, fromAt, untilAt } = periodOf(c, clock());
  const found = purchasesOf(db, caller.sites, { fromAt, untilAt, most: mostShown }, secrets.linkKey, clock());
  const view = {
    words: c.get('words'),
    here: here(c),
    viewer: c.get('viewer'),
    sites: ownPlaces(db, caller),
    from,
    until,
    now: clock(),
  };
  const csvHref = `/my/purchases.csv?${new URLSearchParams({ from, until })}`;
  return page(
    c,
    <PurchasesPage
      {...view}
      purchases={found
        .slice(0, mostShown)
        .map((line) => ({ ...line, origin: originIn(db, view.words.lang, line.origin) }))}
      cut={found.length > mostShown ? 'cut' : 'whole'}
      csvHref={csvHref}
    />,
  );
}

function purchasesCsv(c: Context<Env>, { db, clock, secrets }: Deps): Response {
  const { from, until, fromAt, untilAt } = periodOf(c, clock());
  const words = c.get('words');
  const found = purchasesOf(
    db,
    signedInCaller(c).sites,
    { fromAt, untilAt, most: mostInFile },
    secrets.linkKey,
    clock(),
  );
  if (found.length > mostInFile) {
    const detail = `These days hold more than ${mostInFile} deliveries; export them in shorter spans.`;
    throw new Problem('invalid_input', {
      faults: localFaults(words, [{ place: '/from', code: 'span_too_long', detail }]),
    });
  }
  const lines = found.map((line) => ({ ...line, origin: originIn(db, words.lang, line.origin) }));
  return csv(c, `purchases-${from}-${until}`, purchaseTable(words, lines));
}
