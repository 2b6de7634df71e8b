// npm run bench:learn — from verdicts to candidate packs: the sample district's clips are judged by their own truth, exported, trained on for a few steps, and the packs loaded.
// Options: --out DIR, --frames N a clip, --steps N. Needs Debian's python3-torch, python3-opencv and python3-onnx.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findFfmpeg } from '../../inference/ffmpeg.ts';
import { openPacks } from '../../inference/pack.ts';
import { openPool } from '../../inference/pool.ts';
import type { Box } from '../../inference/types.ts';
import type { Caller } from '../../server/accounts/caller.ts';
import { readConfig } from '../../server/config.ts';
import type { Deps } from '../../server/deps.ts';
import { plainRules } from '../../server/kitchen/camera/camera.ts';
import { type Camera, camerasOf } from '../../server/kitchen/camera/camera-store.ts';
import { writeDataset } from '../../server/kitchen/dataset/write-dataset.ts';
import { intoFolder } from '../../server/kitchen/dataset/write-files.ts';
import { judgeFlag } from '../../server/kitchen/desk/judge-flag.ts';
import { flagById } from '../../server/kitchen/flag/flag-store.ts';
import { restaurantSummaries } from '../../server/kitchen/restaurant/restaurant-store.ts';
import { changeCameraRules } from '../../server/kitchen/rule/change-camera-rules.ts';
import { recordSample } from '../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../server/kitchen/setting/change-setting.ts';
import { openDeps } from '../../server/open-deps.ts';
import { openSamples } from '../../server/samples.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: mkdtempSync(path.join(tmpdir(), 'bk-learn-')) },
    frames: { type: 'string', default: '24' },
    steps: { type: 'string', default: '40' },
  },
});
const framesPerClip = Number(values.frames);
// The model is asked at half its threshold, so that there is something to clear as well as to confirm.
const lowered = { no_mask: 0.45, no_hat: 0.45, smoking: 0.4 };
const dayMs = 24 * 3600_000;

type Look = { class: string; box: Box; mask?: string; hat?: string };
type Clip = { frames: number[]; fps: number; looks: Look[][] };

let now = Date.UTC(2026, 10, 1, 4);
const config = readConfig({ DATA_DIR: path.join(values.out, 'data') });
const eye = await openPool({ modelsDir: config.modelsDir, workers: 1 });
const deps: Deps = { ...openDeps(config, eye), clock: () => now };
await openSamples(deps);
const people = new Map(
  (
    deps.db.sqlite.prepare('SELECT id, login, role FROM account').all() as {
      id: number;
      login: string;
      role: 'admin' | 'reviewer';
    }[]
  ).map(({ id, login, role }): [string, Caller] => [login, { id, name: login, role, sites: [], via: 'session' }]),
);
const [admin, reviewer] = [people.get('admin'), people.get('reviewer')];
if (admin === undefined || reviewer === undefined) throw new Error('The sample district lacks its people.');
changeSettings(deps, admin, { frames: { hits: 1, of: 1 }, auditShare: 0.5, secondShare: 0 });
const cameras = restaurantSummaries(deps.db, admin, now).flatMap(({ id }) => camerasOf(deps.db, id));
const counts = { frames: 0, confirmed: 0, cleared: 0 };
for (const camera of cameras) await playAndJudge(camera, admin, reviewer);
console.log(
  `${counts.frames} frames of ${cameras.length} cameras: ${counts.confirmed} confirmed, ${counts.cleared} cleared`,
);

const judged = path.join(values.out, 'judged');
const { sums, digest } = await writeDataset(deps, { faces: 'as-seen' }, intoFolder(judged));
console.log(
  `data set ${digest.slice(0, 12)}: ${JSON.stringify(sums.pictures)} of ${JSON.stringify(sums.kitchens)} kitchens`,
);
const packs = path.join(values.out, 'packs');
const run = path.join(root, 'models/train/run.sh');
const started = Date.now();
const trained = spawnSync('sh', [run, '--judged', judged, packs, '--steps', values.steps], { stdio: 'inherit' });
if (trained.status !== 0) throw new Error('The training ended badly.');
console.log(`trained in ${((Date.now() - started) / 1000).toFixed(0)} s`);
const loaded = await openPacks(packs);
for (const { manifest, model } of loaded) {
  console.log(`${manifest.name} ${manifest.version}: loads, ${manifest.measured.length} lines measured`);
  await model.release();
}
await eye.close();
deps.db.sqlite.close();
console.log(values.out);

/** Frames of one camera's clip, an hour or more apart, each flag judged by what the renderer knows of that frame. */
async function playAndJudge(camera: Camera, admin: Caller, reviewer: Caller): Promise<void> {
  changeCameraRules(deps, admin, camera.id, { ...plainRules, thresholds: lowered });
  const clip = JSON.parse(readFileSync(path.join(root, (camera.path ?? '').replace('.mp4', '.json')), 'utf8')) as Clip;
  const every = Math.max(1, Math.floor(clip.frames.length / framesPerClip));
  now = Date.UTC(2026, 10, 1, 4) + camera.id * 1000;
  for (const [index, picture] of clipFrames(path.join(root, camera.path ?? ''), every).entries()) {
    now += dayMs / 6;
    const { signature, looked, ...reading } = await deps.eye.classify(picture);
    const size = { pictureWidth: reading.width, pictureHeight: reading.height };
    const sample = {
      ok: true,
      cameraId: String(camera.id),
      at: now,
      reading,
      signature,
      looked,
      picture,
      ...size,
    } as const;
    counts.frames++;
    for (const flagId of recordSample(deps, sample).flags) {
      const decision = truthOf(flagId, clip.looks[clip.frames[index * every] ?? 0] ?? []) ? 'confirmed' : 'cleared';
      counts[decision]++;
      judgeFlag(deps, reviewer, { flagId, decision, visibleMs: 1200 });
    }
  }
}

function truthOf(flagId: number, look: readonly Look[]): boolean {
  const flag = flagById(deps.db, flagId);
  if (flag === undefined) return false;
  const shows = (thing: Look): boolean => {
    if (flag.violation === 'no_mask')
      return thing.class === 'head' && (thing.mask === 'no' || thing.mask === 'incorrect');
    if (flag.violation === 'no_hat') return thing.class === 'head' && thing.hat === 'no';
    return thing.class === (flag.violation === 'smoking' ? 'cigarette' : flag.violation);
  };
  // An audit asks about the picture, a flag about its box.
  return look.some((thing) => shows(thing) && (flag.audit === 1 || touches(flag.box, thing.box)));
}

function touches(a: Box, b: Box): boolean {
  const w = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const h = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  return w > 0 && h > 0 && (w * h) / Math.min(a[2] * a[3], b[2] * b[3]) > 0.3;
}

/** Every `every`th frame as JPEG. */
function clipFrames(file: string, every: number): Buffer[] {
  const folder = path.join(values.out, 'frames', path.basename(file, '.mp4'));
  mkdirSync(folder, { recursive: true });
  const wanted = ['-vf', `select=not(mod(n\\,${every}))`, '-vsync', '0', '-q:v', '3', path.join(folder, '%04d.jpg')];
  const made = spawnSync(findFfmpeg() ?? 'ffmpeg', ['-v', 'error', '-nostdin', '-i', file, ...wanted]);
  if (made.status !== 0) throw new Error(`No frames from ${file}: ${made.stderr}`);
  const names = readdirSync(folder).sort().slice(0, framesPerClip);
  return names.map((name) => readFileSync(path.join(folder, name)));
}
