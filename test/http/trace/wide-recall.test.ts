// A recall that reaches thousands of holdings: worked out beside the server, as if it had been done at once.
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { beforeAll, expect, it } from 'vitest';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { checkChain } from '../../../server/trace/finding/check-chain.ts';
import { lotByCode, lotById } from '../../../server/trace/lot/lot-store.ts';
import { issueDueRecalls } from '../../../server/trace/publish/issue-recalls.ts';
import { closeRecall } from '../../../server/trace/recall/close-recall.ts';
import { widenTouched } from '../../../server/trace/recall/widen-recall.ts';
import { graphMark, stillStands } from '../../../server/trace/scope/graph-mark-store.ts';
import { endScopes, scopeProgress, scopeSummary } from '../../../server/trace/scope/issue-aside.ts';
import { issueDigest, scopeDigest } from '../../../server/trace/scope/issue-scope.ts';
import type { ScopeRow } from '../../../server/trace/scope/recall-scope.ts';
import { recallScopeOf } from '../../../server/trace/scope/recall-scope-store.ts';
import { summaryOf } from '../../../server/trace/scope/scope-summary.ts';
import {
  documentOf,
  events,
  hour,
  inspector as inspectorPerson,
  lotUri,
  places,
  products,
} from '../../support/cast.ts';
import { openTestServer } from '../../support/server.ts';

const server = openTestServer({ database: 'file' });
const { db, deps } = server;
const wide = 5_200;
const html = { accept: 'text/html' };
const inspector = { as: 'inspector', headers: html } as const;

function capture(list: Parameters<typeof documentOf>[0]): void {
  captureDocument(deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
}

/** One carcass, cut into as many packs as make it wide. */
function cut(name: string): string {
  const carcass = lotUri(products.carcass, name);
  const packs = Array.from({ length: wide }, (_, at) => [packOf(name, at), 1, 'KGM'] as const);
  capture([
    events.commission(hour(0), places.slaughterhouse, [[carcass, wide, 'KGM']]),
    events.transform(hour(1), places.slaughterhouse, [[carcass, wide, 'KGM']], packs),
  ]);
  return carcass;
}

const packOf = (name: string, at: number) => lotUri(products.mince, `${name}-${at}`);
const codeOf = (id: number) => lotById(db, id)?.code ?? '';
const idOf = (code: string) => lotByCode(db, code)?.id ?? 0;
const rowsOf = (recall: string, issue: number) =>
  db.sqlite
    .prepare(
      `SELECT s.holding_id AS holdingId, s.lot_id AS lotId, s.site_key AS siteKey, s.scope, s.depth, s.reached_at AS reachedAt,
         s.received, s.on_hand AS onHand, s.share, s.unit
       FROM recall_scope s JOIN recall r ON r.id = s.recall_id WHERE r.public_id = ? AND s.issue = ? ORDER BY s.holding_id`,
    )
    .all(recall, issue) as ScopeRow[];
const bodyOf = (recall: string, issue: number) =>
  db.sqlite
    .prepare(
      `SELECT body FROM ledger_entry WHERE kind = 'recall' AND json_extract(body, '$.recall') = ? AND json_extract(body, '$.issue') = ?`,
    )
    .pluck()
    .get(recall, issue) as string | undefined;

async function untilIt(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}

beforeAll(() => {
  for (const name of ['W1', 'W2', 'W3']) cut(name);
  checkChain(deps);
});

it('is told to pages as it would be at once, whichever holdings they show', async () => {
  const lotId = idOf(lotUri(products.carcass, 'W3'));
  const scope = recallScopeOf(db, lotId);
  const { holdingId, siteKey } = scope.rows[4_000] ?? { holdingId: 0, siteKey: 0 };
  for (const asked of [{ first: 3 }, { holdings: [holdingId, 999_999] }, { siteKeys: [siteKey] }]) {
    const wanted = summaryOf(scope, asked);
    expect(wanted.rows.length).toBeGreaterThan(0);
    expect(await Promise.all([1, 2].map(() => scopeSummary(db, lotId, asked)))).toEqual([wanted, wanted]);
  }
  const ofOne = { holdings: [holdingId] };
  const before = await scopeSummary(db, lotId, ofOne);
  capture([events.sell(hour(1.5), places.slaughterhouse, [[codeOf(scope.rows[4_000]?.lotId ?? 0), 0.25, 'KGM']])]);
  const after = await scopeSummary(db, lotId, ofOne);
  expect([before.rows[0]?.onHand, after.rows[0]?.onHand]).toEqual([1, 0.75]);
  expect(after).toEqual(summaryOf(recallScopeOf(db, lotId), ofOne));
  expect(scopeProgress(db, lotId)).toBeUndefined();
  const page = await (await server.call(`/trace?code=${encodeURIComponent(packOf('W3', 1))}`, inspector)).text();
  expect(page).toContain('W3-1');
}, 60_000);

it('is frozen with the rows, the digests and the notices it would have had at once', async () => {
  const before = recallScopeOf(db, idOf(lotUri(products.carcass, 'W1')));
  const started = server.call('/api/recalls', {
    as: 'inspector',
    json: { code: lotUri(products.carcass, 'W1'), reason: 'clenbuterol' },
  });
  await untilIt(() => (scopeProgress(db, idOf(lotUri(products.carcass, 'W1')))?.holdings ?? 0) > wide);
  // While it is worked out the server answers others, and what comes in about other goods changes nothing of it.
  capture([events.commission(hour(2), places.wholesaler, [[lotUri(products.belly, 'A1'), 5, 'KGM']])]);
  const answer = await started;
  expect(answer.status).toBe(201);
  const recall = (await answer.json()) as { id: string; holdings: number; notices: number; totals: object };
  expect([recall.holdings, recall.notices]).toEqual([before.rows.length, 1]);
  expect(recall.totals).toMatchObject({ proportional: { holdings: wide, onHand: { KGM: wide } } });
  const kept = rowsOf(recall.id, 1);
  const wanted = before.rows.map(({ reason: _, ...row }) => row).sort((a, b) => a.holdingId - b.holdingId);
  expect(kept).toEqual(wanted);
  expect(JSON.parse(bodyOf(recall.id, 1) ?? '')).toMatchObject({
    holdings: before.rows.length,
    scope: scopeDigest(before.rows),
    issued: issueDigest(before.rows),
  });
  expect(lotByCode(db, lotUri(products.carcass, 'W1'))?.status).toBe('recalled');
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('bright-kitchen-scope-'))).toEqual([]);
});

it('is worked out again when the same goods moved meanwhile, and refused a second time', async () => {
  const code = lotUri(products.carcass, 'W2');
  const started = server.call('/api/recalls', { as: 'inspector', json: { code, reason: 'clenbuterol' } });
  await untilIt(() => scopeProgress(db, idOf(code))?.phase === 'rows');
  capture([
    events.ship(hour(3), places.slaughterhouse, places.dingxiang, [[packOf('W2', 7), 1, 'KGM']]),
    events.receive(hour(4), places.dingxiang, places.slaughterhouse, [[packOf('W2', 7), 1, 'KGM']]),
  ]);
  const recall = (await (await started).json()) as { id: string; notices: number };
  expect(recall.notices).toBe(2);
  expect(rowsOf(recall.id, 1).filter(({ lotId }) => lotId === idOf(packOf('W2', 7)))).toHaveLength(2);
  const again = await server.call('/api/recalls', { as: 'inspector', json: { code, reason: 'again' } });
  expect(again.status).toBe(409);
});

it('is widened by a job when its goods move on, once for all that came in', async () => {
  const recall = db.sqlite
    .prepare('SELECT r.id, r.public_id AS publicId FROM recall r JOIN lot l ON l.id = r.lot_id WHERE l.id = ?')
    .get(idOf(lotUri(products.carcass, 'W1'))) as { id: number; publicId: string };
  const pack = packOf('W1', 3);
  capture([events.ship(hour(5), places.slaughterhouse, places.dingxiang, [[pack, 1, 'KGM']])]);
  checkChain(deps);
  capture([events.receive(hour(6), places.dingxiang, places.slaughterhouse, [[pack, 1, 'KGM']])]);
  checkChain(deps);
  const runAt = db.sqlite
    .prepare("SELECT run_at FROM job WHERE name = 'widen-recall' AND payload = ?")
    .pluck()
    .all(JSON.stringify({ recallId: recall.id })) as number[];
  expect(runAt.map((at) => at > server.clock.now())).toEqual([true]);
  await widenTouched(deps, { recallId: recall.id });
  const more = rowsOf(recall.publicId, 2);
  expect(more.map(({ lotId }) => lotId)).toEqual([idOf(pack), idOf(pack), idOf(pack)].slice(0, more.length));
  expect(more.some(({ onHand }) => onHand === 1)).toBe(true);
  expect(JSON.parse(bodyOf(recall.publicId, 2) ?? '{}')).toMatchObject({ issued: issueDigest(more) });
  // Nothing new: no issue more, however often the job runs.
  await widenTouched(deps, { recallId: recall.id });
  expect(bodyOf(recall.publicId, 3)).toBeUndefined();
  capture([events.ship(hour(6.5), places.slaughterhouse, places.haiwei, [[packOf('W1', 4), 1, 'KGM']])]);
  closeRecall(deps, recall.id, { note: 'all found', whenOpen: 'accept' }, inspectorPerson);
  await widenTouched(deps, { recallId: recall.id });
  expect(bodyOf(recall.publicId, 3)).toBeUndefined();
});

it('is widened beside the server when one of its packs turns out to have gone under a second code', async () => {
  const recall = db.sqlite
    .prepare(
      "SELECT r.id, r.public_id AS publicId FROM recall r JOIN lot l ON l.id = r.lot_id WHERE l.id = ? AND r.state = 'open'",
    )
    .get(idOf(lotUri(products.carcass, 'W2'))) as { id: number; publicId: string };
  const mistyped = packOf('W2', 77_777);
  capture([events.receive(hour(4), places.haiwei, places.slaughterhouse, [[mistyped, 1, 'KGM']])]);
  const before = rowsOf(recall.publicId, 2).length;
  const merged = await server.call(`/api/lots/${idOf(packOf('W2', 8))}/merges`, {
    as: 'inspector',
    json: { code: mistyped, reason: 'typed wrong' },
  });
  expect([merged.status, await merged.json()]).toMatchObject([201, { widenedRecalls: 0, wideningRecalls: 1 }]);
  expect([before, rowsOf(recall.publicId, 2).length]).toEqual([0, 0]);
  await widenTouched(deps, { recallId: recall.id });
  expect(rowsOf(recall.publicId, 2).some(({ lotId }) => lotId === idOf(packOf('W2', 8)))).toBe(true);
});

it('sent before its minutes are over goes out when all it reaches is found; until then it can be taken back', async () => {
  const code = lotUri(products.carcass, 'W3');
  const form = { code, reason: '抽检发现兽药残留', hours: '24' };
  const asked = await (await server.call('/recalls/new', { ...inspector, form })).text();
  expect(asked).toContain('1 个单位');
  const publish = async () => {
    const answer = await server.call('/recalls/new', { ...inspector, form: { ...form, step: 'publish' } });
    return answer.headers.get('location') ?? '';
  };
  const send = async (plan: string) => {
    const answer = await server.call(`${plan}/issued`, { ...inspector, form: {} });
    expect(answer.headers.get('location')).toBe(plan);
    expect(await (await server.call(plan, inspector)).text()).toContain('正在发出');
    return issueDueRecalls(deps, { now: plan.split('/').at(-1) });
  };

  const first = await publish();
  const sending = send(first);
  await untilIt(() => (scopeProgress(db, idOf(code))?.holdings ?? 0) > wide);
  expect(await (await server.call(first, inspector)).text()).toMatch(/5,?20\d 处持有/);
  expect((await server.call(`${first}/taken-back`, { ...inspector, form: {} })).status).toBe(303);
  expect(await sending).toBe(0);
  expect(lotByCode(db, code)?.status).toBe('ok');

  db.sqlite.prepare("DELETE FROM job WHERE name = 'issue-recalls'").run();
  const second = await publish();
  expect(await send(second)).toBe(1);
  const gone = await server.call(second, { ...inspector, headers: { ...html, 'hx-request': 'true' } });
  expect(gone.headers.get('hx-redirect')).toBe(second.replace('/planned', ''));
  expect(lotByCode(db, code)?.status).toBe('recalled');
});

it('stands while only other goods move, and not when amounts may have changed without an event', () => {
  const mark = graphMark(db);
  const mine = idOf(packOf('W3', 1));
  const isOf = (lotId: number) => lotId === mine;
  capture([events.commission(hour(7), places.wholesaler, [[lotUri(products.belly, 'A2'), 5, 'KGM']])]);
  expect(stillStands(db, mark, isOf)).toBe(true);
  const later = graphMark(db);
  capture([events.ship(hour(8), places.slaughterhouse, places.dingxiang, [[packOf('W3', 1), 1, 'KGM']])]);
  expect(stillStands(db, mark, isOf)).toBe(false);
  for (const kind of ['product', 'claim', 'lot-merge', 'lot-merge-undone']) {
    expect(stillStands(db, later, () => false)).toBe(true);
    expect(
      stillStands({ ...db }, { ...later, entry: entryOf(kind) - 1 }, () => false),
      kind,
    ).toBe(false);
    db.sqlite.exec('ROLLBACK');
  }
});

/** An entry of that kind, inside a transaction that the caller ends. */
function entryOf(kind: string): number {
  db.sqlite.exec('BEGIN');
  const seq = db.sqlite.prepare('SELECT max(seq) + 1 FROM ledger_entry').pluck().get() as number;
  db.sqlite.prepare("INSERT INTO ledger_entry VALUES (?, 0, ?, 'x', '{}', x'00')").run(seq, kind);
  return seq;
}

// The last: nothing is worked out for this database any more.
it('is given up when the server stops, and whoever asked is told to ask again', async () => {
  const asked = scopeSummary(db, idOf(lotUri(products.carcass, 'W2')), { first: 7 });
  await untilIt(() => scopeProgress(db, idOf(lotUri(products.carcass, 'W2'))) !== undefined);
  endScopes(db);
  await expect(asked).rejects.toMatchObject({ code: 'busy', status: 503 });
});
