// The recall pages of the regulator: the list, one recall with its answers.
import { type Context, Hono } from 'hono';
import type { Texts } from '../../../views/text/texts.ts';
import type { Chain } from '../../../views/trace/chain/chain.ts';
import { amountWithMark, localFaults, type Scope } from '../../../views/trace/parts.tsx';
import { RecallPage, type RecallView } from '../../../views/trace/recall/recall-page.tsx';
import { RecallsPage, recallColumns } from '../../../views/trace/recall/recalls-page.tsx';
import type { SumPart } from '../../../views/trace/recall/sum-bar.tsx';
import { type Caller, seesAllSites, seesSite } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { formValues } from '../../http/input.ts';
import { listFile } from '../../http/list-file.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { here, page, seeOther } from '../../http/respond.tsx';
import { signLink } from '../../http/signed-link.ts';
import { seesLot } from '../chain/lot-visibility-store.ts';
import { proposedRecalls, recallHrefOf } from '../lot/lab-test-store.ts';
import { lotById } from '../lot/lot-store.ts';
import { closeRecall } from './close-recall.ts';
import { openMattersOf } from './open-matters-store.ts';
import { waitingPlans } from './recall-plan-store.ts';
import { listRecalls, type Recall } from './recall-store.ts';
import { sumOfRecall } from './recall-sum-store.ts';
import { batchOf, holderLines, mostHolders, recallLine } from './recall-view-store.ts';
import { remindHolders } from './remind-recall.ts';
import { concerns, visibleRecall } from './visible-recall.ts';
import { widenAside } from './widen-recall.ts';

const listed = 500;

/** The walk of a recall's goods as it is drawn; given from the room of the bench, which lies above. */
export type RecallDrawn = (recall: Recall) => Promise<Chain>;

export function recallRoutes(deps: Deps, drawn: RecallDrawn): Hono<Env> {
  const { db, clock } = deps;
  const app = new Hono<Env>();
  app.get('/recalls', (c) => {
    const words = c.get('words');
    const caller = signedInCaller(c);
    return page(
      c,
      <RecallsPage
        words={words}
        here={here(c)}
        viewer={c.get('viewer')}
        recalls={linesFor(c, deps)}
        cut={listRecalls(db, listed).length === listed ? 'cut' : 'whole'}
        waiting={waitingPlans(db)
          .filter((plan) => seesLot(db, caller, plan.lotId))
          .map((plan) => ({
            href: `/recalls/planned/${plan.publicId}`,
            productName: plan.product,
            productNameEn: plan.productEn,
            batch: batchOf(lotById(db, plan.lotId), plan.code),
            tellsAt: plan.tellsAt,
          }))}
        proposals={proposalLines(db, caller)}
        now={clock()}
        mayStart={mayAct(c) ? 'start' : 'look'}
      />,
    );
  });
  app.get('/recalls.csv', (c) =>
    listFile(c, 'recalls', recallColumns(c.get('words')), linesFor(c, deps), { most: listed - 1 }),
  );
  app.get('/recalls/:id', (c) => showRecall(c, deps, drawn, { faults: [], reason: '' }));
  app.post('/recalls/:id/reminders', (c) => {
    const recall = visibleRecall(c, deps);
    return seeOther(c, `/recalls/${recall.publicId}?reminded=${remindHolders(deps, recall.id, signedInCaller(c))}`);
  });
  app.post('/recalls/:id/issues', async (c) => {
    const recall = visibleRecall(c, deps);
    const widened = await widenAside(deps, recall.id);
    return seeOther(c, `/recalls/${recall.publicId}?widened=${widened?.added ?? 0}`);
  });
  app.post('/recalls/:id/closed', (c) => endRecall(c, deps, drawn));
  return app;
}

function linesFor(c: Context<Env>, deps: Deps) {
  const mine = listRecalls(deps.db, listed).filter((recall) => concerns(deps, recall, signedInCaller(c)));
  return mine.map((recall) => recallLine(deps.db, recall, c.get('lang')));
}

function proposalLines(db: Deps['db'], caller: Caller) {
  const seen = proposedRecalls(db).filter(({ lotId }) => seesLot(db, caller, lotId));
  return seen.map((proposed) => {
    const lot = lotById(db, proposed.lotId);
    return {
      href: recallHrefOf(proposed),
      productName: lot?.name ?? null,
      productNameEn: lot?.nameEn ?? null,
      batch: batchOf(lot, proposed.code),
      subject: proposed.subject,
      testedAt: proposed.testedAt,
    };
  });
}

export function mayAct(c: Context<Env>): boolean {
  const { role } = signedInCaller(c);
  return role === 'inspector' || role === 'admin';
}

async function endRecall(c: Context<Env>, deps: Deps, drawn: RecallDrawn): Promise<Response> {
  const recall = visibleRecall(c, deps);
  const form = await formValues(c);
  const reason = form['reason']?.trim().slice(0, 2_000) ?? '';
  if (reason === '')
    return showRecall(c, deps, drawn, {
      faults: [{ place: '/reason', code: 'required', detail: 'Give a reason.' }],
      reason,
    });
  try {
    const whenOpen = form['accept'] === 'open' ? 'accept' : 'refuse';
    closeRecall(deps, recall.id, { note: reason, whenOpen }, signedInCaller(c));
  } catch (error) {
    if (error instanceof Problem && error.faults.length > 0)
      return showRecall(c, deps, drawn, { faults: error.faults, reason });
    throw error;
  }
  return seeOther(c, `/recalls/${recall.publicId}`);
}

const scopes: readonly Scope[] = ['definite', 'proportional', 'potential'];

type Closing = { readonly faults: readonly Fault[]; readonly reason: string };

export async function showRecall(
  c: Context<Env>,
  deps: Deps,
  drawn: RecallDrawn,
  { faults, reason }: Closing,
): Promise<Response> {
  const { db, clock } = deps;
  const words = c.get('words');
  const recall = visibleRecall(c, deps);
  const caller = signedInCaller(c);
  const line = recallLine(db, recall, words.lang);
  const holders = holderLines(db, recall, (hash) =>
    signLink(deps.secrets.linkKey, `/recalls/${recall.publicId}/photos/${hash}`, clock()),
  ).filter(({ place }) => seesSite(caller, place.id));
  const asked = scopes.find((scope) => scope === c.req.query('scope'));
  const first = scopes.find((scope) => holders.some((holder) => holder.scope === scope)) ?? 'definite';
  const sum = sumOfRecall(db, recall);
  const url = new URL(c.req.url);
  const view: RecallView = {
    words,
    here: url.pathname + url.search,
    viewer: c.get('viewer'),
    chain: seesAllSites(caller) ? await drawn(recall) : null,
    scope: asked ?? first,
    now: clock(),
    mayAct: mayAct(c) && seesAllSites(caller) ? 'act' : 'look',
    notice: noticeOf(words, url.searchParams),
    faults: localFaults(words, faults),
    reason,
    open: stillOpen(words, db, recall),
    recall: {
      ...detailOf(recall, line, db),
      holders,
      answered: line.answered,
      told: line.holders,
      total: sum.total,
      unit: sum.unit,
      sum: (Object.entries(sum.parts) as [SumPart, number][]).map(([part, quantity]) => ({
        part,
        quantity,
        label: partLabel(words, part),
      })),
      cut: holders.length >= mostHolders || recall.truncated === 1 ? 'cut' : 'whole',
    },
  };
  return page(c, <RecallPage {...view} />, faults.length > 0 ? 400 : 200);
}

/** What ending it now would leave open, in words. */
function stillOpen(words: Texts, db: Deps['db'], recall: Recall): readonly string[] {
  if (recall.state === 'closed') return [];
  const { report } = words.trace;
  const { silent, unaccounted } = openMattersOf(db, recall);
  return [
    ...(silent.length === 0 ? [] : [report.silentOnes(silent.length)]),
    ...unaccounted.map(({ unit, amount }) => report.missing(amountWithMark(words, amount, unit))),
  ];
}

function detailOf(recall: Recall, line: ReturnType<typeof recallLine>, db: Deps['db']) {
  const lot = lotById(db, recall.lotId);
  return {
    id: recall.publicId,
    number: line.number,
    code: recall.code,
    batch: batchOf(lot, recall.code),
    productName: recall.product,
    lotId: recall.lotId,
    productNameEn: recall.productEn,
    reason: line.reason,
    grade: recall.grade,
    state: recall.state,
    startedAt: recall.startedAt,
    dueAt: recall.dueAt,
    closedAt: recall.closedAt,
    closingNote: recall.closingNote,
    issues: recall.issues,
  };
}

function partLabel(words: Texts, part: SumPart): string {
  const { answers, sumMixed } = words.trace.recall;
  return {
    sealed: answers.quarantined,
    shelved: answers.off_shelf,
    destroyed: answers.destroyed,
    sold: answers.served,
    mixed: sumMixed,
    silent: answers.silent,
  }[part];
}

function noticeOf(words: Texts, query: URLSearchParams): string | null {
  const count = (name: string) => (/^\d{1,6}$/.test(query.get(name) ?? '') ? Number(query.get(name)) : undefined);
  const [reminded, widened] = [count('reminded'), count('widened')];
  if (reminded !== undefined) return words.trace.recall.reminded(reminded);
  return widened === undefined ? null : words.trace.recall.widened(widened);
}
