// Turns rows of the kitchen half into what the API says of them.
import type { z } from 'zod';
import { type ModelPack, sampleFaultCodes } from '../../../inference/types.ts';
import type { Caller } from '../../accounts/caller.ts';
import { toldFault } from '../camera/camera-fault.ts';
import type { Camera } from '../camera/camera-store.ts';
import type { PlacedFlag } from '../flag/flag-store.ts';
import type { PlacedOrder } from '../order/order-store.ts';
import { orderNumber } from '../order/rectification.ts';
import type { PictureLinks } from '../picture/picture-link.ts';
import type { Restaurant } from '../restaurant/restaurant-store.ts';
import { isExperimental, violationKind } from '../violation/violation-kinds.ts';
import type * as shapes from './kitchen-api-schemas.ts';

export function flagJson(
  flag: PlacedFlag,
  caller: Caller,
  links: PictureLinks,
  packs: readonly ModelPack[],
): z.infer<typeof shapes.flagAnswer> {
  const { zh, en } = violationKind(flag.violation);
  const judges = caller.role === 'reviewer' && !caller.sites.includes(flag.siteId);
  const decided = flag.status === 'confirmed' || flag.status === 'cleared';
  return {
    id: flag.id,
    violation: flag.violation,
    names: { zh, en },
    experimental: isExperimental(flag.violation, packs),
    status: flag.status,
    at: flag.at,
    restaurant: {
      id: flag.restaurantId,
      siteId: flag.siteId,
      name: flag.restaurantName,
      nameEn: flag.restaurantNameEn,
    },
    camera: { id: flag.cameraId, place: flag.place, placeEn: flag.placeEn },
    box: flag.box,
    zone: flag.zone,
    ...(decided && flag.second !== 'wanted' ? { score: flag.score } : {}),
    picture: judges ? links.judging(flag.id, caller.id) : links.shown(flag.pictureHash),
  };
}

export function cameraJson(camera: Camera, siteId: string): z.infer<typeof shapes.cameraAnswer> {
  const fault = sampleFaultCodes.find((code) => code === camera.lastFault);
  return {
    id: camera.id,
    siteId,
    place: camera.place,
    placeEn: camera.placeEn,
    kind: camera.kind,
    sampleEverySeconds: camera.sampleEveryMs / 1000,
    state: camera.state,
    lastFrameAt: camera.lastFrameAt,
    lastFault: fault === undefined ? null : toldFault(fault),
  };
}

export function orderJson(order: PlacedOrder, now: number): z.infer<typeof shapes.orderAnswer> {
  return {
    id: order.id,
    number: orderNumber(order.id),
    state: order.state,
    violation: order.violation,
    restaurant: { siteId: order.siteId, name: order.restaurantName, nameEn: order.restaurantNameEn },
    flagId: order.flagId,
    issuedAt: order.issuedAt,
    dueAt: order.dueAt,
    overdue: order.state === 'issued' && order.dueAt < now,
    closedAt: order.closedAt,
  };
}

export function restaurantJson({
  id,
  siteId,
  name,
  nameEn,
  score,
}: Pick<Restaurant, 'id' | 'siteId' | 'name' | 'nameEn' | 'score'>): z.infer<typeof shapes.restaurantAnswer> {
  return { id, siteId, name, nameEn, score };
}
