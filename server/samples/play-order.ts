// Plays what people did about flags in the sample history: verdicts, answers with a photo, acceptance.
import type { Happening } from '../../samples/district/history.ts';
import type { PlaceName } from '../../samples/district/places.ts';
import { sampleStills } from '../../samples/district/sightings.ts';
import { judgeFlag } from '../kitchen/desk/judge-flag.ts';
import { flagById } from '../kitchen/flag/flag-store.ts';
import { closeOrder } from '../kitchen/order/close-order.ts';
import { visibleOrder } from '../kitchen/order/order-store.ts';
import { takeStep } from '../kitchen/order/take-step.ts';
import { keepPicture } from '../kitchen/picture/keep-picture.ts';
import { keepStoredPicture } from '../sight/keep-stored-picture.ts';
import type { HistoryHouse } from './history-house.ts';
import { historyPack } from './history-pack.ts';
import { stillBytes } from './play-sighting.ts';

type Of<Kind extends Happening['kind']> = Extract<Happening, { kind: Kind }>;

const answerStill = 'dingxiang-hot';

/** Where a second pair of eyes was drawn, it says the same. */
export function playVerdict(house: HistoryHouse, { key, decision, visibleMs }: Of<'verdict'>): void {
  const { deps, people } = house;
  const flagId = house.flags.get(key);
  if (flagId === undefined) throw new Error(`The sample history judges ${key}, which raised no flag.`);
  const { orderId } = judgeFlag(deps, people.reviewers[0], { flagId, decision, visibleMs });
  if (orderId !== undefined) house.orders.set(key, orderId);
  if (flagById(deps.db, flagId)?.second === 'wanted')
    judgeFlag(deps, people.reviewers[1], { flagId, decision, visibleMs: visibleMs + 700 });
}

/** As answer-order does, with a still that was looked at when it was made. */
export function playAnswer(house: HistoryHouse, { at, key }: Of<'answer' | 'acceptance'>): void {
  const { deps, people } = house;
  const { db, blobs } = deps;
  const order = visibleOrder(db, people.admin, house.orders.get(key) ?? 0);
  if (order === undefined) throw new Error(`The sample history answers ${key}, which has no order.`);
  const owner = house.ownerOf(key.slice(0, key.indexOf('/')) as PlaceName);
  const hash = blobs.put(stillBytes(answerStill));
  const packs = [{ name: historyPack.name, version: historyPack.version, sha256: historyPack.sha256 }];
  keepPicture(db, { hash, siteId: order.siteId, kind: 'answer', at, width: 800, height: 452 });
  keepStoredPicture(db, hash, { look: 'close', heads: sampleStills[answerStill].heads, packs }, at);
  const step = { kind: 'answered' as const, at, by: owner.id, text: '已整改，并对当班人员做了提醒', photoHash: hash };
  takeStep(db, order, step, { answeredAt: at });
}

export function playAcceptance(house: HistoryHouse, { key }: Of<'answer' | 'acceptance'>): void {
  closeOrder(house.deps, house.people.reviewers[1], { orderId: house.orders.get(key) ?? 0, decision: 'accepted' });
}
