// Gathers what the review desk shows: the leased flag, its frames, what comes next, the reviewer's pace.

import { randomUUID } from 'node:crypto';
import type { ModelPack } from '../../../inference/types.ts';
import type { DeskFlag, DeskView, NextFlag } from '../../../views/kitchen/desk/desk-view.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps, Lang } from '../../deps.ts';
import type { Db } from '../../store/db.ts';
import { auditDrawOf } from '../flag/audit-store.ts';
import { causesOf } from '../flag/cause-store.ts';
import { flagPicture } from '../flag/flag-picture.ts';
import { flagById, flagsById, framesOf, historyOf, type PlacedFlag } from '../flag/flag-store.ts';
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
  const { db, clock, eye } = deps;
  const now = clock();
  const judging = judgingLink(deps, caller);
  return {
    ...viewOf(db, caller, view, lang),
    flag: taken && deskFlag(deps, taken.flag, judging, lang, now),
    next: taken?.next.map((flag) => nextFlag(flag, judging, lang, eye.packs)) ?? [],
    kinds: kindsFor(db, taken?.flag).map((id) => violationWords(id, lang)),
    missable: violationIds.map((id) => violationWords(id, lang)),
    last: lastVerdict(db, caller.id),
    pace: paceOf(db, caller.id, now),
    ...waitingIn(db, caller, view, now),
    alike: alikeFlags(db, caller, taken, now).map((flag) => nextFlag(flag, judging, lang, eye.packs)),
    leaseUntil: taken?.flag.leaseUntil ?? undefined,
    key: randomUUID(),
  };
}

/** What waits in this part of the queue, and behind each link of the bar as it stands after the verdict. */
function waitingIn(db: Db, caller: Caller, view: QueueView, now: number) {
  const counts = waitingCounts(db, caller, now);
  const bar = Object.fromEntries(reviewQueues.map((queue) => [queuePaths[queue], counts[queue]]));
  return { waiting: queryOf(view) === '' ? counts[view.queue] : countWaiting(db, caller, view, now), bar };
}

/** Where this desk is, and what its filters offer. */
function viewOf(db: Db, caller: Caller, view: QueueView, lang: Lang) {
  const query = queryOf(view);
  return {
    queue: view.queue,
    path: queuePaths[view.queue],
    address: addressOf(view),
    options: filterOptions(db, caller, view.filter, lang),
    chosen: Object.fromEntries(new URLSearchParams(query)),
    filtered: query !== '',
    offline: view.queue === 'lens' ? offlineCameras(db, caller) : [],
  };
}

function alikeFlags(db: Db, caller: Caller, taken: TakenFlag | undefined, now: number): PlacedFlag[] {
  if (taken?.flag.status !== 'open') return [];
  return flagsById(db, alikeFlagIds(db, caller, taken.flag, now));
}

type JudgingLink = (flagId: number) => string;

function judgingLink(deps: Deps, caller: Caller): JudgingLink {
  const { judging } = pictureLinks(deps);
  return (flagId) => judging(flagId, caller.id);
}

function deskFlag(deps: Deps, flag: PlacedFlag, judging: JudgingLink, lang: Lang, now: number): DeskFlag {
  const { db, eye } = deps;
  const { shown } = pictureLinks(deps);
  const own = judging(flag.id);
  return {
    ...nextFlag(flag, judging, lang, eye.packs),
    cameraId: flag.cameraId,
    asks: auditDrawOf(db, flag.id) === undefined ? 'one' : 'all',
    zone: flag.zone,
    aroundTheClock: violationKind(flag.violation).hours === 'always',
    // Those around it are blurred: the frame that is judged is the one that has to be seen.
    frames: framesOf(db, flag.id).map(({ at, hash }) => ({
      at,
      href: at === flag.at ? own : shown(hash),
      own: at === flag.at,
    })),
    causes: causesOf(db, flag.id).map(({ kind, label, labelEn, href }) => ({ kind, label, labelEn, href })),
    history: historyOf(db, flag, now - historyMs),
  };
}

function nextFlag(flag: PlacedFlag, judging: JudgingLink, lang: Lang, packs: readonly ModelPack[]): NextFlag {
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
function kindsFor(db: Db, flag: PlacedFlag | undefined): string[] {
  const ids: string[] = violationIds.slice(0, mostKinds);
  const asked = flag && auditDrawOf(db, flag.id)?.asked;
  if (asked !== undefined) return asked.map(({ violation }) => violation);
  const violation = flag?.violation;
  if (violation === undefined || ids.includes(violation)) return ids;
  return [...ids.slice(0, mostKinds - 1), violation];
}

function lastVerdict(db: Db, reviewerId: number): DeskView['last'] {
  const verdict = lastVerdictBy(db, reviewerId);
  const flag = verdict && flagById(db, verdict.flagId);
  if (verdict === undefined || flag === undefined || verdict.decision === 'undone') return undefined;
  const restaurant = { name: flag.restaurantName, nameEn: flag.restaurantNameEn };
  return { decision: verdict.decision, restaurant, place: { name: flag.place, nameEn: flag.placeEn } };
}
