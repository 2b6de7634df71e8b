// A city of cameras under the real schedule, queue and record, by a clock of its own: only the look itself is replaced, by its time.
import type { SampledFrame } from '../../inference/types.ts';
import { setCameraWeights } from '../../server/kitchen/camera/set-camera-weights.ts';
import { recordSample } from '../../server/kitchen/sample/record-sample.ts';
import { scheduleSamples } from '../../server/kitchen/sample/schedule-samples.ts';
import { writeTransaction } from '../../server/store/db.ts';
import { frameOf, openCast, scriptedEye } from '../support/kitchen-cast.ts';
import { openTestServer } from '../support/server.ts';

export type CityOptions = {
  readonly cameras: number;
  readonly everySeconds: number;
  /** Virtual seconds that are played. */
  readonly seconds: number;
  /** Looks a second that all machines together can take. */
  readonly capacity: number;
  readonly looksPerMinute?: number;
  /** As long as a real camera's memory of its last frame. */
  readonly signatureBytes: number;
};

export type CityFigures = {
  readonly looks: number;
  /** How long a due camera waited to be taken, seconds. */
  readonly lagP50: number;
  readonly lagP99: number;
  /** Looks of the riskier tenth against those of the others, for each camera. */
  readonly riskyRatio: number;
  /** Looks of the least and the most looked at plain camera. */
  readonly fewest: number;
  readonly most: number;
  /** Transactions and rows written for a look, and processor time of schedule and record. */
  readonly rowsPerLook: number;
  readonly msPerLook: number;
};

const camerasPerKitchen = 3;

export async function playCity(options: CityOptions): Promise<CityFigures> {
  const environment: Record<string, string> =
    options.looksPerMinute === undefined ? {} : { LOOKS_PER_MINUTE: String(options.looksPerMinute) };
  const server = openTestServer({ eye: scriptedEye(), environment });
  const cast = openCast(server.deps);
  const frame = await frameOf(cast.camera, { at: server.clock.now() });
  const filler = 'x'.repeat(Math.floor(options.signatureBytes / 3));
  const template: SampledFrame = {
    ...frame,
    looked: false,
    signature: { ...frame.signature, grey: filler, view: filler, print: filler },
  };
  fill(server, cast.camera.id, options);
  const { sqlite } = server.db;
  const last = new Map<number, { due: number; looks: number }>();
  const lags: number[] = [];
  let looks = 0;
  const rowsBefore = sqlite.prepare('SELECT total_changes()').pluck().get() as number;
  const cpu = process.cpuUsage();
  for (let second = 0; second < options.seconds; second++) {
    server.clock.pass(1_000);
    scheduleSamples(server.deps);
    const now = server.clock.now();
    for (const job of server.deps.queue.claim(['sample'], 60_000, options.capacity)) {
      const { cameraId } = job.payload as { cameraId: number };
      const queuedAt = sqlite.prepare('SELECT run_at FROM job WHERE id = ?').pluck().get(job.id) as number;
      lags.push((now - queuedAt) / 1000);
      recordSample(server.deps, { ...template, cameraId: String(cameraId), at: now });
      server.deps.queue.complete(job);
      const known = last.get(cameraId) ?? { due: 0, looks: 0 };
      known.looks++;
      last.set(cameraId, known);
      looks++;
    }
  }
  const { user, system } = process.cpuUsage(cpu);
  const rows = (sqlite.prepare('SELECT total_changes()').pluck().get() as number) - rowsBefore;
  lags.sort((a, b) => a - b);
  const counts = (risky: boolean) =>
    (
      sqlite
        .prepare(`SELECT id FROM camera WHERE weight ${risky ? '>' : '='} 1`)
        .pluck()
        .all() as number[]
    ).map((id) => last.get(id)?.looks ?? 0);
  const [plain, risky] = [counts(false), counts(true)];
  const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / Math.max(1, list.length);
  server.db.sqlite.close();
  return {
    looks,
    lagP50: lags[Math.floor(lags.length * 0.5)] ?? 0,
    lagP99: lags[Math.floor(lags.length * 0.99)] ?? 0,
    riskyRatio: mean(risky) / Math.max(1e-9, mean(plain)),
    fewest: plain.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    most: plain.reduce((a, b) => Math.max(a, b), 0),
    rowsPerLook: rows / Math.max(1, looks),
    msPerLook: (user + system) / 1000 / Math.max(1, looks),
  };
}

type Server = ReturnType<typeof openTestServer>;

/** Copies of the cast's camera, due one after another over their interval; a tenth of the kitchens are of a riskier grade. */
function fill({ db, clock }: Server, first: number, { cameras, everySeconds }: CityOptions): void {
  const now = clock.now();
  const everyMs = everySeconds * 1000;
  writeTransaction(db, () => {
    const kitchen = db.sqlite.prepare(
      `INSERT INTO restaurant (site_id, name, name_en, licence, address, opens_at_minute, closes_at_minute, score, created_at)
       VALUES (@site, @site, NULL, @site, '荷塘路', 0, 0, 100, @now)`,
    );
    const camera = db.sqlite.prepare(
      `INSERT INTO camera (restaurant_id, place, kind, url, sample_every_ms, rules, state, state_since, next_due_at, watch_by, created_at)
       SELECT @restaurant, place, kind, url, @everyMs, rules, 'new', @now, @due, @due + 3 * @everyMs, @now FROM camera WHERE id = @first`,
    );
    db.sqlite.prepare('UPDATE camera SET removed_at = ? WHERE id = ?').run(now, first);
    const weights = new Map<string, number>();
    for (let at = 0, restaurant = 0; at < cameras; at++) {
      if (at % camerasPerKitchen === 0) {
        const site = `urn:bench:${at}`;
        restaurant = Number(kitchen.run({ site, now }).lastInsertRowid);
        if ((at / camerasPerKitchen) % 10 === 0) weights.set(site, 2);
      }
      camera.run({
        restaurant,
        everyMs,
        now,
        first,
        due: now + Math.floor((((at * 7919) % cameras) / cameras) * everyMs),
      });
    }
    setCameraWeights(db, weights);
  });
}
