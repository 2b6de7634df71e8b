// Plays deliveries, tests and the recall of the sample history, and what diners complained of.
import type { Complaint } from '../../samples/district/complaints.ts';
import { epcisDocument, lotCode, type Lot as SampleLot } from '../../samples/district/event-writer.ts';
import { places } from '../../samples/district/places.ts';
import { pastRecall, type SupplyStep } from '../../samples/district/supply.ts';
import { dayMs } from '../clock.ts';
import { keepComplaint } from '../oversight/complaint/file-complaint.ts';
import { takeComplaintStep } from '../oversight/complaint/take-complaint-step.ts';
import { readForCapture } from '../trace/capture/capture-document.ts';
import { captureDocument } from '../trace/capture/capture-events.ts';
import { checkChain } from '../trace/finding/check-chain.ts';
import { watchLots } from '../trace/finding/watch-lots.ts';
import { type Lot, lotByCode } from '../trace/lot/lot-store.ts';
import { recordLabTest } from '../trace/lot/record-lab-test.ts';
import { answerRecall } from '../trace/recall/answer-recall.ts';
import { closeRecall } from '../trace/recall/close-recall.ts';
import { recallNotices } from '../trace/recall/recall-store.ts';
import { startRecall } from '../trace/recall/start-recall.ts';
import type { HistoryHouse } from './history-house.ts';

export function playSupply(house: HistoryHouse, step: SupplyStep): void {
  if (step.kind === 'delivery') deliver(house, step);
  else playLot(house, step, lotOf(house, step.lot));
}

function playLot(
  { deps, people, recalls }: HistoryHouse,
  step: Exclude<SupplyStep, { kind: 'delivery' }>,
  lot: Lot,
): void {
  if (step.kind === 'test') {
    const { subject, result, at: testedAt } = step;
    recordLabTest(deps, { lotId: lot.id, subject, result, testedAt, laboratory: '市食品检验院' }, people.inspector);
  } else if (step.kind === 'recall') {
    const { reason, reasonEn, advice, adviceEn } = pastRecall;
    const { recallId } = startRecall(deps, { lotId: lot.id, reason, reasonEn, advice, adviceEn }, people.inspector);
    recalls.set(lot.code, recallId);
  } else if (step.kind === 'recall-answers') {
    for (const notice of recallNotices(deps.db, recalls.get(lot.code) ?? 0))
      answerRecall(
        deps,
        { noticeId: notice.id, lines: [{ action: 'destroyed', quantity: 2, unit: 'KGM' }] },
        people.admin,
      );
  } else {
    const closing = { note: pastRecall.closing, whenOpen: 'accept' as const };
    closeRecall(deps, recalls.get(lot.code) ?? 0, closing, people.inspector);
  }
}

function deliver({ deps, people }: HistoryHouse, { at, events }: Extract<SupplyStep, { kind: 'delivery' }>): void {
  const document = Buffer.from(JSON.stringify(epcisDocument(at, [...events].sort(byTime))));
  const answer = captureDocument(deps, readForCapture(document, 'application/ld+json'), people.admin, {
    onError: 'rollback',
  });
  const refused = answer.events.find(({ faults }) => faults.length > 0);
  if (answer.status !== 'accepted') throw new Error(`The sample history was refused: ${JSON.stringify(refused)}`);
  checkChain(deps);
  watchLots(deps);
}

function byTime(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): number {
  return Date.parse(String(a['eventTime'])) - Date.parse(String(b['eventTime']));
}

export function playComplaint(house: HistoryHouse, complaint: Complaint): void {
  const { deps, people } = house;
  const { key, kitchen, about, words, at, step } = complaint;
  if (step !== undefined) {
    takeComplaintStep(deps, house.complaints.get(key) ?? 0, { ...step, siteId: '' }, people.inspector);
    return;
  }
  const siteId = places[kitchen].gln;
  const said = {
    ticket: `sample/${key}`,
    siteId,
    kind: about,
    words,
    place: null,
    happenedAt: at - dayMs,
    contact: null,
  };
  const publicId = keepComplaint(deps, lotOf(house, complaint.lot), said, null);
  const id = deps.db.sqlite.prepare('SELECT id FROM complaint WHERE public_id = ?').pluck().get(publicId) as number;
  house.complaints.set(key, id);
}

function lotOf({ deps }: HistoryHouse, lot: SampleLot): Lot {
  const found = lotByCode(deps.db, lotCode(lot));
  if (found === undefined) throw new Error(`The sample history lacks lot ${lot.batch}.`);
  return found;
}
