// The cast of the kitchen tests: one restaurant, its cameras, two reviewers, and an eye that sees what it is told.
import sharp from 'sharp';
import { headBoxes } from '../../inference/head-boxes.ts';
import type {
  Box,
  CameraKind,
  Detection,
  FrameReading,
  FrameSignature,
  HeadLook,
  HeadReading,
  ModelPack,
  Pool,
  Sample,
  SampledFrame,
} from '../../inference/types.ts';
import type { Caller, Role } from '../../server/accounts/caller.ts';
import { insertAccount } from '../../server/accounts/create-account.ts';
import type { Deps } from '../../server/deps.ts';
import { addCamera } from '../../server/kitchen/camera/add-camera.ts';
import type { Camera } from '../../server/kitchen/camera/camera-store.ts';
import type { Restaurant } from '../../server/kitchen/restaurant/restaurant-store.ts';
import { changeSettings } from '../../server/kitchen/setting/change-setting.ts';
import { registerRestaurant } from '../../server/kitchen/shop/register-restaurant.ts';
import { writeTransaction } from '../../server/store/db.ts';
import { blindEye } from './server.ts';

export const dingxiang = '鼎香 kitchen 2';
export const headBox: Box = [0.4, 0.3, 0.1, 0.15];

export const eyePack: ModelPack = {
  name: 'kitchen-eye',
  version: '1',
  sha256: 'a'.repeat(64),
  task: 'detect',
  licence: 'Apache-2.0',
  labels: ['no_mask', 'mask', 'bare_head', 'cigarette', 'person', 'rat'],
  violations: [
    { id: 'no_mask', labels: ['no_mask'], threshold: 0.6, on: true, experimental: false },
    { id: 'smoking', labels: ['cigarette'], threshold: 0.5, on: true, experimental: false },
    { id: 'pest', labels: ['rat'], threshold: 0.5, on: false, experimental: true },
  ],
  thresholdPolicy: null,
  measured: [],
  provenance: null,
};

export function seen(label: string, score: number, box: Box = headBox): Detection {
  return { label, score, box, source: eyePack.name };
}

const noTimes = { decode: 0, check: 0, tensor: 0, model: 0, decodeBoxes: 0, total: 0 };
const signature: FrameSignature = { version: 1, grey: '', view: '', print: '', stillFrames: 0, movedFrames: 0 };
const readings = { brightness: 120, contrast: 50, sharpness: 20, clippedShare: 0, darkShare: 0, coveredShare: 0 };

export function readingOf(
  detections: readonly Detection[],
  faults: FrameReading['check']['faults'] = [],
): FrameReading {
  const packs = [{ name: eyePack.name, version: eyePack.version, sha256: eyePack.sha256 }];
  return {
    width: 960,
    height: 540,
    check: { ok: faults.length === 0, faults, readings },
    detections,
    ms: noTimes,
    packs,
    heads: headsOf(detections),
  };
}

/** What the scripted eye says of heads: those among what it says it sees. */
export function headsOf(detections: readonly Detection[], look: HeadLook = 'frame'): HeadReading {
  const packs = [{ name: eyePack.name, version: eyePack.version, sha256: eyePack.sha256 }];
  return { look, heads: headBoxes(detections, look), packs };
}

/** An eye that says the same of every picture and sample it is asked about. */
export function scriptedEye(says: { sample?: (id: string) => Sample; detections?: readonly Detection[] } = {}): Pool {
  return {
    ...blindEye,
    packs: [eyePack],
    classify: () => Promise.resolve({ ...readingOf(says.detections ?? []), signature, looked: true }),
    heads: (_image, look) => Promise.resolve(headsOf(says.detections ?? [], look)),
    sample: (camera) => (says.sample === undefined ? blindEye.sample(camera) : Promise.resolve(says.sample(camera.id))),
  };
}

/** A small JPEG; another `shade` is another picture. */
export function jpeg(shade = 100): Promise<Buffer> {
  return sharp({ create: { width: 96, height: 54, channels: 3, background: { r: shade % 256, g: 120, b: 90 } } })
    .jpeg()
    .toBuffer();
}

export type FrameScript = {
  readonly at: number;
  readonly detections?: readonly Detection[];
  readonly faults?: FrameReading['check']['faults'];
  readonly looked?: boolean;
};

export async function frameOf(camera: Pick<Camera, 'id'>, script: FrameScript): Promise<SampledFrame> {
  const { at, detections = [], faults = [], looked = true } = script;
  const picture = await jpeg(Math.floor(at / 1000));
  const reading = readingOf(detections, faults);
  return {
    ok: true,
    cameraId: String(camera.id),
    at,
    reading,
    signature,
    looked,
    picture,
    pictureWidth: 96,
    pictureHeight: 54,
  };
}

export type Cast = {
  readonly restaurant: Restaurant;
  readonly camera: Camera;
  readonly owner: Caller;
  readonly reviewer: Caller;
  readonly secondReviewer: Caller;
  readonly admin: Caller;
};

/** Dingxiang with one camera; no audits and no second looks unless a test asks for them. */
export function openCast(deps: Deps): Cast {
  const admin = person(deps, 'admin', 'admin-he');
  const owner = person(deps, 'owner', 'owner-zhou');
  changeSettings(deps, admin, { auditShare: 0 });
  changeSettings(deps, admin, { secondShare: 0 });
  const restaurant = registerRestaurant(deps, owner, {
    name: dingxiang,
    nameEn: 'Dingxiang kitchen 2',
    licence: 'JY23309020041826',
    address: '荷塘路 18 号',
    opensAt: '00:00',
    closesAt: '00:00',
  });
  return {
    restaurant,
    camera: newCamera(deps, admin, restaurant, 'rtsp'),
    owner: { ...owner, sites: [restaurant.siteId] },
    reviewer: person(deps, 'reviewer', 'reviewer-lin'),
    secondReviewer: person(deps, 'reviewer', 'reviewer-shen'),
    admin,
  };
}

function newCamera(deps: Deps, by: Caller, restaurant: Restaurant, kind: CameraKind): Camera {
  const url = kind === 'rtsp' ? { url: 'rtsp://192.0.2.14/stream1' } : {};
  const input = {
    siteId: restaurant.siteId,
    place: '切配区',
    placeEn: 'Prep area',
    kind,
    ...url,
    sampleEverySeconds: 30,
  };
  return addCamera(deps, by, { ...input, user: 'viewer', password: 'oolong-secret' });
}

export function person(deps: Deps, role: Role, login: string, sites: readonly string[] = []): Caller {
  const id = writeTransaction(deps.db, () =>
    insertAccount(deps.db, { login, name: login, role, sites, passwordHash: null }, 'test', deps.clock()),
  );
  return { id, name: login, role, sites, via: 'token' };
}
