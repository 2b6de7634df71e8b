// What hangs on the goods of one side of two districts: a shipment, a laboratory's report, a merge; and what each account has for itself.
import type { Caller, Role } from '../../server/accounts/caller.ts';
import { readForCapture } from '../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../server/trace/capture/capture-events.ts';
import { lotByCode } from '../../server/trace/lot/lot-store.ts';
import { recordLabTest } from '../../server/trace/lot/record-lab-test.ts';
import { mergeLots } from '../../server/trace/merge/merge-lots.ts';
import { answerRecall } from '../../server/trace/recall/answer-recall.ts';
import { recallNotices } from '../../server/trace/recall/recall-store.ts';
import { documentOf, events, type Json, lotUri, places, products } from './cast.ts';
import type { TestServer } from './server.ts';

/** `merged`: the lot whose page the merge is undone from. */
export type Papers = { shipment: number; labTest: number; merged: number; merge: number };

export function openPapers(server: TestServer, side: string, site: string, lot: { id: number; code: string }): Papers {
  const { deps, db, clock } = server;
  const at = clock.now() - 3_000_000;
  tell(server, events.ship(at, site, places.wholesaler, [[lot.code, 1, 'KGM']]), null);
  const shipment = db.sqlite.prepare('SELECT max(id) FROM event').pluck().get() as number;
  const fileHash = deps.blobs.put(Buffer.from(`%PDF-1.7 report of ${side}`));
  const test = { lotId: lot.id, subject: '兽药残留', result: 'passed', testedAt: at, fileHash } as const;
  const { id: labTest } = recordLabTest(deps, test, null);
  const [from, into] = [`${side}M`, `${side}N`].map((batch) => {
    const code = lotUri(products.belly, batch);
    tell(server, events.commission(at, site, [[code, 2, 'KGM']]), null);
    return lotByCode(db, code)?.id ?? 0;
  });
  const { mergeId } = mergeLots(deps, { fromId: from ?? 0, intoId: into ?? 0, reason: `one of ${side}` }, null);
  return { shipment, labTest, merged: into ?? 0, merge: mergeId };
}

/** A capture, and for those of the place an answer to its recall. */
export function openOwnPapers(
  server: TestServer,
  { id, role, site }: { readonly id: number; readonly role: Role; readonly site: string },
  recall: string,
): { readonly capture: string; readonly answer: string | undefined } {
  const { deps, db, clock } = server;
  const isPlaced = role === 'owner' || role === 'partner';
  const caller: Caller = { id, name: role, role, sites: isPlaced ? [site] : [], via: 'token' };
  const code = lotUri(products.carcass, `of${id}`);
  tell(server, events.commission(clock.now() - 60_000, site, [[code, 1, 'KGM']]), caller);
  const captures = db.sqlite.prepare('SELECT capture_id FROM event_document WHERE account_id = ? ORDER BY id DESC');
  const capture = captures.pluck().get(id) as string;
  if (!isPlaced) return { capture, answer: undefined };
  const recallId = db.sqlite.prepare('SELECT id FROM recall WHERE public_id = ?').pluck().get(recall) as number;
  const notice = recallNotices(db, recallId).find(({ siteId }) => siteId === site);
  answerRecall(deps, { noticeId: notice?.id ?? 0, lines: [{ action: 'none' }] }, caller);
  return { capture, answer: String(db.sqlite.prepare('SELECT max(id) FROM recall_answer').pluck().get()) };
}

function tell({ deps }: TestServer, event: Json, caller: Caller | null): void {
  captureDocument(deps, readForCapture(documentOf([event]), 'application/ld+json'), caller, { onError: 'rollback' });
}
