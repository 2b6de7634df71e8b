// Publishing a recall in steps that need no script: the scope, the reason, one question, then minutes to take it back.
import { type Context, Hono } from 'hono';
import { formatDate } from '../../../views/parts/time.ts';
import { say } from '../../../views/text/say.ts';
import { type Lang, type Texts, textsFor } from '../../../views/text/texts.ts';
import { amountWithMark, localFaults } from '../../../views/trace/parts.tsx';
import { ConfirmRecallPage, PlannedRecallPage } from '../../../views/trace/publish/publish-page.tsx';
import { NewRecallPage, type RecallPreview } from '../../../views/trace/recall/new-recall-page.tsx';
import { isRecallReason, recallReasons } from '../../../views/trace/recall/recall-reasons.ts';
import type { Caller } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, formValues } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { here, page, seeOther } from '../../http/respond.tsx';
import { choicesOf, searchAll } from '../bench/lot-question-store.ts';
import { seesLot } from '../chain/lot-visibility-store.ts';
import { type LabTest, labTestById } from '../lot/lab-test-store.ts';
import { lotById } from '../lot/lot-store.ts';
import { suggestLots } from '../lot/lot-suggestion-store.ts';
import { recallNumber } from '../recall/recall-number.ts';
import { planByPublicId, waitingPlanOfLot } from '../recall/recall-plan-store.ts';
import { newRecallSchema } from '../recall/recall-schemas.ts';
import { openRecallsOfLot } from '../recall/recall-store.ts';
import { batchOf, mostHolders, previewLines } from '../recall/recall-view-store.ts';
import { recallableLot } from '../recall/visible-recall.ts';
import { scopeSummary } from '../scope/issue-aside.ts';
import { type ScopeSummary, summaryOf } from '../scope/scope-summary.ts';
import { lotStateOf } from '../state/lot-state-store.ts';
import { goingOut, issueNow } from './issue-recalls.ts';
import { publishRecall, takeBackMinutes } from './publish-recall.ts';
import { takeBackRecall } from './take-back-recall.ts';

const hourMs = 3_600_000;
// 食品召回管理办法: within 24, 48 and 72 hours, by grade.
const dayHours = 24;

export function publishRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/recalls/new', (c) => newRecall(c, deps, askedRecall(c, deps), []));
  app.post('/recalls/new', (c) => publish(c, deps));
  app.get('/recalls/planned/:id', (c) => planned(c, deps));
  app.post('/recalls/planned/:id/taken-back', (c) => {
    const plan = takeBackRecall(deps, visiblePlan(c, deps).publicId, signedInCaller(c));
    return seeOther(c, `/recalls/planned/${plan.publicId}`);
  });
  app.post('/recalls/planned/:id/issued', (c) => {
    const { publicId } = visiblePlan(c, deps);
    return seeOther(c, issueNow(deps, publicId) === 'soon' ? `/recalls/planned/${publicId}` : `/recalls/${publicId}`);
  });
  return app;
}

/** With the test that proposed it, the reason is written in both languages. */
function askedRecall(c: Context<Env>, { db }: Deps): Record<string, string> {
  const number = c.req.query('test') ?? '';
  const test = /^[1-9]\d{0,14}$/.test(number) ? labTestById(db, Number(number)) : undefined;
  const said = test === undefined ? {} : { reason: reasonOf(test, 'zh-CN'), reasonEn: reasonOf(test, 'en') };
  return {
    ...presetOf(c.req.query('preset') ?? ''),
    ...said,
    code: c.req.query('code')?.slice(0, 2_048) ?? '',
    ...(c.req.query('reason') === undefined ? {} : { reason: c.req.query('reason')?.slice(0, 2_000) ?? '' }),
  };
}

/** A reason that recalls often have, in both languages, with its grade, what diners are told and the time to answer. */
function presetOf(name: string): Record<string, string> {
  const [zh, en] = [textsFor('zh-CN').trace.recallReason, textsFor('en').trace.recallReason];
  if (!isRecallReason(name)) return {};
  const grade = recallReasons[name];
  return {
    ...{ reason: zh.reasons[name], reasonEn: en.reasons[name], advice: zh.advice[name], adviceEn: en.advice[name] },
    ...{ grade: String(grade), hours: String(grade * dayHours) },
  };
}

function reasonOf({ subject, detail, laboratory, testedAt }: LabTest, lang: Lang): string {
  const parts = [detail, laboratory, formatDate(testedAt)].filter((part) => part !== null);
  return textsFor(lang).trace.labTest.reason(subject, parts);
}

async function newRecall(
  c: Context<Env>,
  deps: Deps,
  values: Record<string, string>,
  faults: readonly Fault[],
): Promise<Response> {
  const words = c.get('words');
  const code = (values['code'] ?? '').trim();
  const found =
    code === '' ? { preview: null, faults } : await previewOf(deps, words, { code, caller: signedInCaller(c) }, faults);
  const said = localFaults(words, found.faults).map((fault) => ({
    ...fault,
    detail: words.trace.codeFaults[fault.code] ?? say(words, fault.detail),
  }));
  return page(
    c,
    <NewRecallPage
      words={words}
      here={here(c)}
      viewer={c.get('viewer')}
      values={values}
      faults={said}
      preview={found.preview}
      choices={found.preview === null && code !== '' ? otherLots(deps, words, { code, caller: signedInCaller(c) }) : []}
      now={deps.clock()}
    />,
    found.faults.length > 0 ? 400 : 200,
  );
}

/** Lots the code fits, or that look like what was meant, each with the way to its recall. */
function otherLots(deps: Deps, words: Texts, { code, caller }: { readonly code: string; readonly caller: Caller }) {
  const search = searchAll(deps, code);
  const found = search.found === 'several' ? search.lots : [];
  const meant = search.found === 'unsure' ? search.readings.flatMap(({ lot }) => lot ?? []) : found;
  const lots = meant.length > 0 ? meant : suggestLots(deps.db, code);
  const seen = lots.filter(({ id }) => seesLot(deps.db, caller, id));
  return choicesOf(deps, words, seen).map((choice) => ({
    ...choice,
    href: `/recalls/new?code=${encodeURIComponent(choice.lot)}`,
  }));
}

type Previewed = { readonly preview: RecallPreview | null; readonly faults: readonly Fault[] };

async function previewOf(
  deps: Deps,
  words: Texts,
  { code, caller }: { code: string; caller: Caller },
  faults: readonly Fault[],
): Promise<Previewed> {
  try {
    return { preview: await previewOfLot(deps, words, recallableLot(deps, code, caller).id), faults };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const unknown = { place: '/code', code: 'unknown_lot', detail: error.message };
    return { preview: null, faults: error.faults.length > 0 ? error.faults : [unknown] };
  }
}

async function previewOfLot(deps: Deps, words: Texts, lotId: number): Promise<RecallPreview> {
  return previewOfScope(deps, words, lotId, await scopeSummary(deps.db, lotId, { first: mostHolders }));
}

function previewOfScope({ db, clock }: Deps, words: Texts, lotId: number, scope: ScopeSummary): RecallPreview {
  const lot = lotById(db, lotId);
  if (lot === undefined) throw new Problem('not_found', { detail: 'No such lot.' });
  const holders = previewLines(db, scope.rows);
  const onHand = Object.entries(scope.totals.definite.onHand).map(([unit, amount]) =>
    amountWithMark(words, amount, unit === 'C62' ? null : unit),
  );
  return {
    code: lot.code,
    batch: batchOf(lot, lot.code),
    productName: lot.name,
    productNameEn: lot.nameEn,
    state: lotStateOf(db, lot, clock()),
    holders,
    holderCount: scope.sites,
    onHand: onHand.length === 0 ? words.common.unknown : onHand.join(' + '),
    cut: scope.truncated || scope.holdings > mostHolders ? 'cut' : 'whole',
    openRecall: runningOf(db, words, lot.id),
  };
}

/** A recall of the lot that is open, or waits to go out. */
function runningOf(db: Deps['db'], words: Texts, lotId: number): RecallPreview['openRecall'] {
  const open = openRecallsOfLot(db, lotId).find((recall) => recall.lotId === lotId);
  if (open !== undefined) return { href: `/recalls/${open.publicId}`, number: recallNumber(open.id, open.startedAt) };
  const plan = waitingPlanOfLot(db, lotId);
  return plan === undefined ? null : { href: `/recalls/planned/${plan.publicId}`, number: words.trace.publish.waiting };
}

/** The form asks once before anything happens; only its answer publishes. */
async function publish(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await formValues(c);
  try {
    const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
    const input = check(newRecallSchema, filled);
    if (values['step'] === 'back') return newRecall(c, deps, values, []);
    const lot = recallableLot(deps, input.code, signedInCaller(c));
    if (values['step'] !== 'publish') return confirm(c, deps, lot.id, values);
    const { code: _, hours, ...texts } = input;
    const recall = { lotId: lot.id, reason: texts.reason, answerWithinMs: hours * hourMs, ...kept(texts) };
    const { publicId } = publishRecall(deps, recall, signedInCaller(c));
    return seeOther(c, `/recalls/planned/${publicId}`);
  } catch (error) {
    if (error instanceof Problem && error.faults.length > 0) return newRecall(c, deps, values, error.faults);
    if (error instanceof Problem && error.code === 'conflict') return newRecall(c, deps, values, []);
    throw error;
  }
}

type OptionalTexts = Partial<Record<'reasonEn' | 'advice' | 'adviceEn', string | undefined>> & {
  readonly grade?: number | undefined;
};

function kept({ reasonEn, advice, adviceEn, grade }: OptionalTexts) {
  const texts = { ...(reasonEn ? { reasonEn } : {}), ...(advice ? { advice } : {}), ...(adviceEn ? { adviceEn } : {}) };
  return { ...texts, ...(grade === undefined ? {} : { grade }) };
}

async function confirm(c: Context<Env>, deps: Deps, lotId: number, values: Record<string, string>): Promise<Response> {
  const words = c.get('words');
  const preview = await previewOfLot(deps, words, lotId);
  if (preview.openRecall !== null) return newRecall(c, deps, values, []);
  return page(
    c,
    <ConfirmRecallPage
      words={words}
      here="/recalls/new"
      viewer={c.get('viewer')}
      preview={preview}
      values={values}
      minutes={takeBackMinutes}
    />,
  );
}

/** Throws Problem `not_found` for an unknown one, and for one whose lot the caller does not see. */
function visiblePlan(c: Context<Env>, { db }: Deps) {
  const plan = planByPublicId(db, c.req.param('id') ?? '');
  if (plan === undefined || !seesLot(db, signedInCaller(c), plan.lotId)) throw new Problem('not_found');
  return plan;
}

async function planned(c: Context<Env>, deps: Deps): Promise<Response> {
  const words = c.get('words');
  const plan = visiblePlan(c, deps);
  if (plan.state === 'issued') return seeOther(c, `/recalls/${plan.publicId}`);
  // What it reaches is being found: the page that says so does not wait for it.
  const going = goingOut(deps, plan);
  const preview = going
    ? previewOfScope(deps, words, plan.lotId, summaryOf({ rows: [], truncated: false }, { first: 0 }))
    : await previewOfLot(deps, words, plan.lotId);
  return page(
    c,
    <PlannedRecallPage
      words={words}
      here={here(c)}
      viewer={c.get('viewer')}
      plan={plan}
      preview={preview}
      going={going}
      now={deps.clock()}
    />,
  );
}
