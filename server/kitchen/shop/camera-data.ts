// Gathers what pages show of cameras and of the flags they raised.
import { sampleFaultCodes } from '../../../inference/types.ts';
import type { FlagLine } from '../../../views/kitchen/flag/flag-table.tsx';
import type { CameraCard } from '../../../views/kitchen/shop/camera-list.tsx';
import type { Deps, Lang } from '../../deps.ts';
import { isRecording } from '../camera/camera.ts';
import { dayMs, dayParts } from '../camera/camera-day.ts';
import { type ToldFault, toldFault } from '../camera/camera-fault.ts';
import { type Camera, cameraTimeline, sampledToday } from '../camera/camera-store.ts';
import { clockIsWrong } from '../camera/stream-advice.ts';
import { mostLoginRefusals } from '../camera/watch.ts';
import { flagPicture } from '../flag/flag-picture.ts';
import type { PlacedFlag } from '../flag/flag-store.ts';
import { standingOrderOf } from '../order/order-store.ts';
import { pictureLinks } from '../picture/picture-link.ts';
import { violationWords } from '../violation/violation-kinds.ts';

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
    picture: camera.lastFrameHash === null ? undefined : { href: links.shown(camera.lastFrameHash) },
    sampledToday: sampledToday(db, camera.id, now),
    told: camera.loginRefusals >= mostLoginRefusals ? 'login_stopped' : told(camera.lastFault),
    recorded: isRecording(camera.kind),
    clockOffsetMs: camera.stream !== null && clockIsWrong(camera.stream) ? camera.stream.clockOffsetMs : undefined,
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
    picture: flagPicture(flag, pictureLinks(deps).shown(flag.pictureHash)),
    orderId: standingOrderOf(deps.db, flag.id)?.id,
  };
}
