// Gathers what pages show of cameras and of the flags they raised.
import { sampleFaultCodes } from '../../../inference/types.ts';
import type { CameraCard } from '../../../views/kitchen/camera/camera-list.tsx';
import type { FlagLine } from '../../../views/kitchen/flag/flag-table.tsx';
import type { Deps, Lang } from '../../deps.ts';
import { flagPicture } from '../flag/desk-data.ts';
import type { PlacedFlag } from '../flag/flag-store.ts';
import { violationWords } from '../flag/violation-kinds.ts';
import { standingOrderOf } from '../order/order-store.ts';
import { pictureLinks } from '../picture/picture-link.ts';
import { dayMs, dayParts } from './camera-day.ts';
import { type ToldFault, toldFault } from './camera-fault.ts';
import { type Camera, cameraTimeline, sampledToday } from './camera-store.ts';

export function cameraCard(deps: Deps, camera: Camera): CameraCard {
  const { db, clock } = deps;
  const now = clock();
  const links = pictureLinks(deps);
  return {
    id: camera.id,
    place: { name: camera.place, nameEn: camera.placeEn },
    state: camera.state,
    stateSince: camera.stateSince,
    lastFrameAt: camera.lastFrameAt,
    picture: camera.lastFrameHash === null ? undefined : { href: links.blurred(camera.lastFrameHash) },
    sampledToday: sampledToday(db, camera.id, now),
    told: told(camera.lastFault),
    day: dayParts(cameraTimeline(db, camera.id, now - dayMs), camera.state, camera.createdAt, now),
  };
}

/** What may be told of a kept fault code. */
export function told(code: string | null): ToldFault | undefined {
  const known = sampleFaultCodes.find((candidate) => candidate === code);
  return known === undefined ? undefined : toldFault(known);
}

export function flagLine(deps: Deps, flag: PlacedFlag, lang: Lang): FlagLine {
  return {
    id: flag.id,
    violation: violationWords(flag.violation, lang, deps.eye.packs),
    at: flag.at,
    place: { name: flag.place, nameEn: flag.placeEn },
    status: flag.status,
    picture: flagPicture(flag, pictureLinks(deps).blurred),
    orderId: standingOrderOf(deps.db, flag.id)?.id,
  };
}
