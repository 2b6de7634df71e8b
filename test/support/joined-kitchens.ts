// A lot that came to one kitchen, was made into something there and went on to a second, with cameras in both.

import { addCamera } from '../../server/kitchen/camera/add-camera.ts';
import type { Camera } from '../../server/kitchen/camera/camera-store.ts';
import type { Restaurant } from '../../server/kitchen/restaurant/restaurant-store.ts';
import { recordSample } from '../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../server/kitchen/setting/change-setting.ts';
import { registerRestaurant } from '../../server/kitchen/shop/register-restaurant.ts';
import { readForCapture } from '../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../server/trace/capture/capture-events.ts';
import { lotByCode } from '../../server/trace/lot/lot-store.ts';
import { registerPlace, registerProduct } from '../../server/trace/place/register-place.ts';
import { documentOf, events, hour, lotUri, places, products } from './cast.ts';
import { frameOf, person, scriptedEye } from './kitchen-cast.ts';
import { openTestServer, type TestServer } from './server.ts';

export const belly = lotUri(products.belly, 'A07');
export const mince = lotUri(products.mince, 'M1');
export { hour, places } from './cast.ts';

// Pictures of the cast differ by the second.
const delayMs = { dingxiang: 0, haiwei: 5_000 };

export type JoinedKitchens = {
  readonly server: TestServer;
  readonly dingxiang: Restaurant;
  readonly haiwei: Restaurant;
  /** Takes a frame at each of these hours of day one. */
  readonly frames: (kitchen: 'dingxiang' | 'haiwei', hours: readonly number[]) => Promise<void>;
  readonly lotId: (code: string) => number;
};

/** Day one, 8 o'clock and on: belly reaches Dingxiang at hour 2, is minced at 4, and the mince is at Haiwei from hour 6. */
export function openJoinedKitchens(): JoinedKitchens {
  const server = openTestServer({ eye: scriptedEye() });
  const { deps } = server;
  const admin = person(deps, 'admin', 'admin-he');
  changeSettings(deps, admin, { auditShare: 0, secondShare: 0 });
  for (const [siteId, name] of [
    [places.wholesaler, '王记鲜肉'],
    [places.dingxiang, '鼎香小馆'],
    [places.haiwei, '海味轩'],
  ] as const)
    registerPlace(deps, { siteId, name, kind: 'restaurant' });
  registerProduct(deps, { gtin: products.belly, name: '冷鲜五花肉', nameEn: 'Chilled belly', unit: 'KGM' });
  const kitchen = (gln: string, name: string, nameEn: string, licence: string) =>
    registerRestaurant(deps, admin, {
      name,
      nameEn,
      licence,
      address: '荷塘路 18 号',
      opensAt: '00:00',
      closesAt: '00:00',
      gln,
    });
  const kitchens = {
    dingxiang: kitchen(places.dingxiang, '鼎香小馆', 'Dingxiang', 'JY23309020041826'),
    haiwei: kitchen(places.haiwei, '海味轩', 'Haiwei', 'JY23309020041827'),
  };
  const cameras = { dingxiang: cameraOf(kitchens.dingxiang), haiwei: cameraOf(kitchens.haiwei) };
  function cameraOf({ siteId }: Restaurant): Camera {
    const url = 'rtsp://192.0.2.14/stream1';
    return addCamera(deps, admin, {
      siteId,
      place: '切配区',
      placeEn: 'Prep area',
      kind: 'rtsp',
      url,
      sampleEverySeconds: 30,
    });
  }
  const list = [
    events.commission(hour(0), places.wholesaler, [[belly, 10, 'KGM']]),
    events.ship(hour(1), places.wholesaler, places.dingxiang, [[belly, 6, 'KGM']]),
    events.receive(hour(2), places.dingxiang, places.wholesaler, [[belly, 6, 'KGM']]),
    events.transform(hour(4), places.dingxiang, [[belly, 6, 'KGM']], [[mince, 6, 'KGM']]),
    events.ship(hour(5), places.dingxiang, places.haiwei, [[mince, 2, 'KGM']]),
    events.receive(hour(6), places.haiwei, places.dingxiang, [[mince, 2, 'KGM']]),
  ];
  captureDocument(deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
  return {
    server,
    ...kitchens,
    frames: async (name, hours) => {
      for (const each of hours) recordSample(deps, await frameOf(cameras[name], { at: hour(each) + delayMs[name] }));
    },
    lotId: (code) => lotByCode(server.db, code)?.id ?? 0,
  };
}
