// Gathers what the review desk shows: the leased flag, its frames, what comes next, the reviewer's pace.

import { randomUUID } from 'node:crypto';
import type { ModelPack } from '../../../inference/types.ts';
import type { AroundIt, DeskFlag, DeskView, NextFlag } from '../../../views/kitchen/desk/desk-view.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps, Lang } from '../../deps.ts';
import type { Db } from '../../store/db.ts';
import { isRecording } from '../camera/camera.ts';
import { auditDrawOf } from '../flag/audit-store.ts';
import { causesOf } from '../flag/cause-store.ts';
import { flagPicture } from '../flag/flag-picture.ts';
import {
  type FlagFrame,
  flagById,
  flagsById,
  framesOf,
  historyOf,
  lookoutPackName,
  type PlacedFlag,
} from '../flag/flag-store.ts';
import { type QueueView, reviewQueues } from '../flag/queue.ts';
import { alikeFlagIds, countWaiting, waitingCounts } from '../flag/queue-store.ts';
import { lastVerdictBy } from '../flag/verdict-store.ts';
import { pictureLinks } from '../picture/picture-link.ts';
import { violationIds, violationKind, violationWords } from '../violation/violation-kinds.ts';
import { addressOf, queryOf, queuePaths } from './desk-query.ts';
import { filterOptions, offlineCameras } from './filter-store.ts';
import { paceOf } from './pace-store.ts';
import type { TakenFlag } from './take-flag.ts';

const historyMs = 30 * 24 * 3600_000;
const mostKinds = 10;

export type DeskData = Omit<DeskView, 'words' | 'here' | 'viewer' | 'frameAt' | 'notice'>;

export function deskData(
  deps: Deps,
  caller: Caller,
  view: QueueView,
  taken: TakenFlag | undefined,
  lang: Lang,
): DeskData {
  const query = queryOf(view);
  return {
    ...aroundData(deps, caller, view, taken, lang),
    flag: taken && deskFlag(handOf(deps, caller, lang), taken.flag),
    path: queuePaths[view.queue],
    options: filterOptions(deps.db, caller, view.filter, lang),
    chosen: Object.fromEntries(new URLSearchParams(query)),
    filtered: query !== '',
  };
}

export type AroundData = Omit<AroundIt, 'words' | 'flagId'>;

/** What changes with each verdict around the flag that is before the reviewer. */
export function aroundData(
  deps: Deps,
  caller: Caller,
  view: QueueView,
  taken: TakenFlag | undefined,
  lang: Lang,
): AroundData {
  const { db } = deps;
  const now = deps.clock();
  const hand = handOf(deps, caller, lang);
  const [ready] = taken?.next ?? [];
  return {
    queue: view.queue,
    address: addressOf(view),
    offline: view.queue === 'lens' ? offlineCameras(db, caller) : [],
    ahead: ready && deskFlag(hand, ready),
    next: taken?.next.map((flag) => nextFlag(hand, flag)) ?? [],
    missable: violationIds.map((id) => violationWords(id, lang)),
    last: lastVerdict(db, caller.id),
    pace: paceOf(db, caller.id, now),
    ...waitingIn(db, caller, view, now),
    alike: alikeFlags(db, caller, taken, now).map((flag) => nextFlag(hand, flag)),
    leaseUntil: taken?.flag.leaseUntil ?? undefined,
  };
}

/** What waits in this part of the queue, and behind each link of the bar as it stands after the verdict. */
function waitingIn(db: Db, caller: Caller, view: QueueView, now: number) {
  const counts = waitingCounts(db, caller, now);
  const bar = Object.fromEntries(reviewQueues.map((queue) => [queuePaths[queue], counts[queue]]));
  return { waiting: queryOf(view) === '' ? counts[view.queue] : countWaiting(db, caller, view, now), bar };
}

function alikeFlags(db: Db, caller: Caller, taken: TakenFlag | undefined, now: number): PlacedFlag[] {
  if (taken?.flag.status !== 'open') return [];
  return flagsById(db, alikeFlagIds(db, caller, taken.flag, now));
}

/** What flags are shown with: their words, and links that open their frames to this one reviewer. */
type Hand = {
  readonly db: Db;
  readonly lang: Lang;
  readonly now: number;
  readonly packs: readonly ModelPack[];
  readonly judging: (flagId: number) => string;
  readonly shown: (hash: string) => string;
};

function handOf(deps: Deps, caller: Caller, lang: Lang): Hand {
  const { judging, shown } = pictureLinks(deps);
  const { db, eye, clock } = deps;
  return { db, lang, now: clock(), packs: eye.packs, judging: (flagId) => judging(flagId, caller.id), shown };
}

function deskFlag(hand: Hand, flag: PlacedFlag): DeskFlag {
  const { db, lang, now } = hand;
  const own = hand.judging(flag.id);
  const asked = auditDrawOf(db, flag.id)?.asked.map(({ violation }) => violation);
  return {
    ...nextFlag(hand, flag),
    cameraId: flag.cameraId,
    asks: asked === undefined ? 'one' : 'all',
    kinds: (asked ?? kindsFor(flag)).map((id) => violationWords(id, lang)),
    key: randomUUID(),
    zone: flag.zone,
    recorded: isRecording(flag.cameraKind),
    aroundTheClock: violationKind(flag.violation).hours === 'always',
    // Those around it are blurred: the frame that is judged is the one that has to be seen.
    frames: framesOf(db, flag.id).map((frame) => ({
      at: frame.at,
      href: frame.at === flag.at ? own : hand.shown(frame.hash),
      own: frame.at === flag.at,
      held: wasHeld(flag, frame),
    })),
    causes: causesOf(db, flag.id).map(({ kind, label, labelEn, href }) => ({ kind, label, labelEn, href })),
    history: historyOf(db, flag, now - historyMs),
  };
}

/** One of the stills that a lookout decided from; its own is the last. Of one frame alone nothing is said to have held. */
function wasHeld({ packName, at }: PlacedFlag, frame: FlagFrame): boolean {
  return packName === lookoutPackName && frame.shown === 1 && frame.at <= at;
}

function nextFlag({ lang, packs, judging }: Hand, flag: PlacedFlag): NextFlag {
  return {
    id: flag.id,
    violation: violationWords(flag.violation, lang, packs),
    at: flag.at,
    restaurant: { name: flag.restaurantName, nameEn: flag.restaurantNameEn },
    place: { name: flag.place, nameEn: flag.placeEn },
    picture: flagPicture(flag, judging(flag.id)),
  };
}

/** The keys 1–9 and 0: always in one order, so that fingers learn them; a class of a user's own pack takes the last. */
function kindsFor({ violation }: PlacedFlag): readonly string[] {
  const ids: readonly string[] = violationIds.slice(0, mostKinds);
  return ids.includes(violation) ? ids : [...ids.slice(0, mostKinds - 1), violation];
}

function lastVerdict(db: Db, reviewerId: number): DeskView['last'] {
  const verdict = lastVerdictBy(db, reviewerId);
  const flag = verdict && flagById(db, verdict.flagId);
  if (verdict === undefined || flag === undefined || verdict.decision === 'undone') return undefined;
  const restaurant = { name: flag.restaurantName, nameEn: flag.restaurantNameEn };
  return { decision: verdict.decision, restaurant, place: { name: flag.place, nameEn: flag.placeEn } };
}
