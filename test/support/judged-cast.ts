// Judged frames of several kitchens, for tests of what is learnt from verdicts.
import sharp from 'sharp';
import type { Detection } from '../../inference/types.ts';
import type { Caller } from '../../server/accounts/caller.ts';
import { addCamera } from '../../server/kitchen/camera/add-camera.ts';
import type { Camera } from '../../server/kitchen/camera/camera-store.ts';
import { judgeFlag } from '../../server/kitchen/desk/judge-flag.ts';
import { recordSample } from '../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../server/kitchen/setting/change-setting.ts';
import { registerRestaurant } from '../../server/kitchen/shop/register-restaurant.ts';
import { type Cast, frameOf, openCast, person, seen } from './kitchen-cast.ts';
import type { TestServer } from './server.ts';

export type JudgedCast = Cast & { readonly kitchens: readonly Kitchen[] };
export type Kitchen = { readonly siteId: string; readonly camera: Camera };

/** 鼎香 and two more kitchens, one camera each; every frame is a flag at once. */
export function openJudgedCast(server: TestServer): JudgedCast {
  const cast = openCast(server.deps);
  changeSettings(server.deps, cast.admin, { frames: { hits: 1, of: 1 } });
  const owner = person(server.deps, 'owner', 'owner-mei');
  const others = ['海味 kitchen', '老街坊 kitchen'].map((name, index) =>
    kitchen(server, cast.admin, owner, name, index),
  );
  return { ...cast, kitchens: [{ siteId: cast.restaurant.siteId, camera: cast.camera }, ...others] };
}

function kitchen({ deps }: TestServer, admin: Caller, owner: Caller, name: string, index: number): Kitchen {
  const restaurant = registerRestaurant(deps, owner, {
    name,
    nameEn: name,
    licence: `JY2330902004182${index}`,
    address: '荷塘路 20 号',
    opensAt: '00:00',
    closesAt: '00:00',
  });
  const camera = addCamera(deps, admin, {
    siteId: restaurant.siteId,
    place: '热灶间',
    kind: 'rtsp',
    url: 'rtsp://192.0.2.15/stream1',
    sampleEverySeconds: 30,
  });
  return { siteId: restaurant.siteId, camera };
}

export type JudgedScript = {
  readonly camera: Camera;
  readonly decision: 'confirmed' | 'cleared' | 'unsure' | 'open';
  readonly detections?: readonly Detection[];
  readonly violation?: string;
  /** Noise of its own when left out. */
  readonly picture?: Buffer;
};

/** One frame two hours after the last, flagged and judged; the picture is its own. Returns the flag's id. */
export async function judgedFrame(server: TestServer, cast: JudgedCast, script: JudgedScript): Promise<number> {
  server.clock.pass(2 * 3600_000);
  const at = server.clock.now();
  const detections = script.detections ?? [seen('no_mask', 0.87), seen('person', 0.9)];
  const sample = {
    ...(await frameOf(script.camera, { at, detections })),
    picture: script.picture ?? (await ownPicture(at)),
  };
  const [id] = recordSample(server.deps, sample).flags;
  if (id === undefined) throw new Error('The frame raised no flag.');
  const { decision, violation } = script;
  if (decision !== 'open') judgeFlag(server.deps, cast.reviewer, { flagId: id, decision, violation });
  return id;
}

/** Noise, so that no two pictures are the same and blurring a part shows. */
function ownPicture(at: number): Promise<Buffer> {
  const pixels = Buffer.alloc(96 * 54 * 3);
  let state = Math.floor(at / 1000) >>> 0;
  for (let i = 0; i < pixels.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    pixels[i] = state >>> 24;
  }
  return sharp(pixels, { raw: { width: 96, height: 54, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}
