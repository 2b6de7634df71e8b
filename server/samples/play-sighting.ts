// Plays what cameras saw in the sample history: frames that raise a flag, audits, outages, and the counts of each day.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Detection, SampledFrame } from '../../inference/types.ts';
import { auditKey, type Happening } from '../../samples/district/history.ts';
import type { PlaceName } from '../../samples/district/places.ts';
import { type SampleStill, type StillName, sampleStills, stillOf } from '../../samples/district/sightings.ts';
import { hourMs } from '../clock.ts';
import { judgeFlag } from '../kitchen/desk/judge-flag.ts';
import { beijingDay } from '../kitchen/restaurant/hours.ts';
import { recordSample } from '../kitchen/sample/record-sample.ts';
import type { HistoryHouse } from './history-house.ts';
import { historyPack } from './history-pack.ts';

type Of<Kind extends Happening['kind']> = Extract<Happening, { kind: Kind }>;

const cleanStill = 'dingxiang-hot';
const frameEveryMs = 6_000;
const missesToBeAway = 3;

/** Two frames that agree raise a flag; what a person will not see there is raised over somebody who wears everything. */
export function playSighting(house: HistoryHouse, { at, key, kitchen, seen, truth }: Of<'sighting'>): void {
  const still = truth === 'shown' ? stillOf[seen] : cleanStill;
  const shown: SampleStill = sampleStills[still];
  const box = shown.shows[seen] ?? shown.heads[0] ?? [0.4, 0.2, 0.1, 0.2];
  const detections = [{ label: seen, score: truth === 'shown' ? 0.91 : 0.64, box, source: historyPack.name }];
  for (const frameAt of [at - frameEveryMs, at]) {
    const { flags } = recordSample(house.deps, frameOf(house, kitchen, { at: frameAt, still, detections }), {
      audit: false,
    });
    for (const flag of flags) house.flags.set(key, flag);
  }
}

/** Two people look at the whole frame; where they find what no model saw, they say so. */
export function playAudit(house: HistoryHouse, { at, kitchen, shows }: Of<'audit'>): void {
  const still = shows === undefined ? cleanStill : stillOf[shows];
  const { flags } = recordSample(house.deps, frameOf(house, kitchen, { at, still, detections: [] }), { audit: true });
  for (const flagId of flags)
    for (const reviewer of house.people.reviewers) {
      const decision = shows === undefined ? ('cleared' as const) : ('confirmed' as const);
      const kinds = shows === undefined ? {} : { kinds: [shows] };
      const { orderId } = judgeFlag(house.deps, reviewer, { flagId, decision, visibleMs: 6_400, ...kinds });
      if (orderId !== undefined) house.orders.set(auditKey(kitchen), orderId);
    }
}

export function playOutage(house: HistoryHouse, { at, kitchen }: Of<'outage' | 'return'>, way: 'gone' | 'back'): void {
  if (way === 'back') {
    recordSample(house.deps, frameOf(house, kitchen, { at, still: cleanStill, detections: [] }), { audit: false });
    return;
  }
  for (let miss = 0; miss < missesToBeAway; miss++)
    recordSample(house.deps, {
      ok: false,
      cameraId: String(cameraOf(house, kitchen)),
      at: at + miss * frameEveryMs,
      fault: { code: 'timeout', detail: 'No answer.' },
    });
}

/** Clips are asked more often while somebody looks at the sample; a city asks its cameras every five minutes. */
const usualEveryMs = 300_000;

/** The frames of a day that nobody needs one by one: how many there were, and how many did not come. */
export function countNight(house: HistoryHouse, { at, away }: Of<'night'>): void {
  const day = beijingDay(at - 12 * hourMs);
  const count = house.deps.db.sqlite.prepare(
    `INSERT INTO sample_day (camera_id, day, sampled, looked, missed, flagged, audited)
     SELECT id, @day, CAST(@share * 86400000 / every AS INTEGER), CAST(@share * 51840000 / every AS INTEGER),
       CAST((1 - @share) * 86400000 / every AS INTEGER), 0, 0
     FROM (SELECT id, max(sample_every_ms, ${usualEveryMs}) AS every FROM camera WHERE id = @camera) WHERE true
     ON CONFLICT (camera_id, day) DO UPDATE SET sampled = sampled + excluded.sampled, looked = looked + excluded.looked, missed = missed + excluded.missed`,
  );
  for (const [kitchen, camera] of house.cameras) count.run({ camera, day, share: 1 - (away[kitchen] ?? 0) / 24 });
}

type Frame = { readonly at: number; readonly still: StillName; readonly detections: readonly Detection[] };

const noTimes = { decode: 0, check: 0, tensor: 0, model: 0, decodeBoxes: 0, total: 0 };
const readings = { brightness: 120, contrast: 50, sharpness: 20, clippedShare: 0, darkShare: 0, coveredShare: 0 };
const packs = [{ name: historyPack.name, version: historyPack.version, sha256: historyPack.sha256 }];

function frameOf(house: HistoryHouse, kitchen: PlaceName, { at, still, detections }: Frame): SampledFrame {
  const { heads } = sampleStills[still];
  const [width, height] = [800, 452];
  return {
    ok: true,
    cameraId: String(cameraOf(house, kitchen)),
    at,
    looked: true,
    picture: stillBytes(still),
    pictureWidth: width,
    pictureHeight: height,
    signature: { version: 1, grey: '', view: '', print: '', stillFrames: 0, movedFrames: 0 },
    reading: {
      width,
      height,
      check: { ok: true, faults: [], readings },
      detections,
      ms: noTimes,
      packs,
      heads: { look: 'close', heads, packs },
    },
  };
}

function cameraOf({ cameras }: HistoryHouse, kitchen: PlaceName): number {
  const camera = cameras.get(kitchen);
  if (camera === undefined) throw new Error(`The sample history tells of ${kitchen}, which has no camera.`);
  return camera;
}

const folder = new URL('../../samples/history/', import.meta.url);

export function stillBytes(still: StillName): Buffer {
  return readFileSync(fileURLToPath(new URL(sampleStills[still].file, folder)));
}
