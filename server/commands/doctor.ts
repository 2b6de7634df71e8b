// Looks at this machine and the data and says what is wrong and how to mend it.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openDetector } from '../../inference/detector.ts';
import { findFfmpeg } from '../../inference/ffmpeg.ts';
import { queuePrefix } from '../../inference/worker-messages.ts';
import type { Config } from '../config.ts';
import { examineRedis, unfitness } from '../jobs/examine-redis.ts';
import { activatedBy, activePackSet, type PackSet } from '../kitchen/pack/pack-store.ts';
import { databasePath } from '../open-deps.ts';
import { openBlobs, sha256Hex } from '../store/blobs.ts';
import { openReadOnly } from '../store/db.ts';
import { openSecrets, workerKeyOf } from '../store/secrets.ts';

export type Finding = { readonly name: string; readonly ok: boolean; readonly detail: string };

const leastFreeBytes = 1024 ** 3;

/** Never throws for what it finds: a broken part is a finding. */
export async function examine(config: Config): Promise<Finding[]> {
  const findings: Finding[] = [];
  const look = async (name: string, check: () => string | Promise<string>) => {
    try {
      findings.push({ name, ok: true, detail: await check() });
    } catch (error) {
      findings.push({ name, ok: false, detail: error instanceof Error ? error.message : String(error) });
    }
  };
  await look('Node.js', () => process.versions.node);
  await look('ffmpeg', () => ffmpegVersion(config));
  await look('model packs', () => packNames(config));
  await look('data directory', () => folderState(config));
  await look('secrets', () => secretsState(config));
  await look('database', () => databaseState(config));
  await look('packs in use', () => packsInUse(config));
  await look('other machines', () => machinesState(config));
  return findings;
}

function ffmpegVersion(config: Config): string {
  const path = findFfmpeg(config.ffmpegPath);
  if (path === undefined) throw new Error('none found. Type: sudo apt-get install ffmpeg, or set FFMPEG_PATH.');
  const [line = ''] = execFileSync(path, ['-version'], { encoding: 'utf8', timeout: 10_000 }).split('\n', 1);
  return `${path}, ${line}`;
}

async function packNames(config: Config): Promise<string> {
  const detector = await openDetector({ modelsDir: config.modelsDir, provider: config.provider });
  const names = detector.packs.map(({ name, version }) => `${name} ${version}`);
  await detector.close();
  if (names.length === 0) throw new Error(`none in ${config.modelsDir}: no frame can be judged.`);
  return names.join(', ');
}

function folderState({ dataDir }: Config): string {
  if (!existsSync(dataDir)) return `${dataDir} does not exist yet; npm start makes it.`;
  accessSync(dataDir, constants.R_OK | constants.W_OK);
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < leastFreeBytes) throw new Error(`${dataDir} has less than 1 GB free: make room.`);
  return `${dataDir}, ${Math.round((bavail * bsize) / 1024 ** 3)} GB free`;
}

function secretsState({ dataDir }: Config): string {
  const path = join(dataDir, 'secrets.json');
  if (!existsSync(path)) return 'made at the first start.';
  const mode = statSync(path).mode & 0o777;
  if ((mode & 0o077) !== 0) throw new Error(`${path} can be read by others (${mode.toString(8)}): chmod 600 it.`);
  return 'readable by this user alone';
}

function databaseState(config: Config): string {
  if (!existsSync(databasePath(config))) return 'made at the first start.';
  const db = openReadOnly(databasePath(config));
  try {
    const integrity = String(db.sqlite.pragma('quick_check', { simple: true }));
    if (integrity !== 'ok') throw new Error(`${integrity}. Restore the newest backup.`);
    const strays = db.sqlite.pragma('foreign_key_check') as unknown[];
    if (strays.length > 0) throw new Error(`${strays.length} rows point at nothing. Restore the newest backup.`);
    return `sound, ${Math.round(statSync(databasePath(config)).size / 1024 / 1024)} MB`;
  } finally {
    db.sqlite.close();
  }
}

function packsInUse(config: Config): string {
  if (!existsSync(databasePath(config))) return 'chosen at the first start.';
  const db = openReadOnly(databasePath(config));
  try {
    const known = db.sqlite.prepare(`SELECT count(*) FROM sqlite_master WHERE name = 'pack_set'`).pluck().get();
    if (known === 0) return 'chosen at the next start.';
    const set = activePackSet(db);
    if (set === undefined) return 'chosen at the first start.';
    const damage = damagedFiles(config, set);
    if (damage.length > 0)
      throw new Error(
        `set ${set.id} is damaged (${damage.join(', ')}): go back with pack rollback, or restore a backup.`,
      );
    const step = activatedBy(db, set.id);
    if (step?.kind === 'fell_back')
      throw new Error(`set ${set.id} looks because set ${step.insteadOf} could not be opened: ${step.reason}`);
    return `set ${set.id}: ${set.packs.map(({ name, version }) => `${name} ${version}`).join(', ')}`;
  } finally {
    db.sqlite.close();
  }
}

function damagedFiles({ dataDir }: Config, { packs }: PackSet): string[] {
  const blobs = openBlobs(join(dataDir, 'blobs'));
  return packs.flatMap(({ name, sha256, manifestSha256 }) =>
    [sha256, manifestSha256].every((hash) => sha256Hex(blobs.get(hash) ?? '') === hash) ? [] : [name],
  );
}

async function machinesState(config: Config): Promise<string> {
  if (config.redisUrl === undefined) return 'none: REDIS_URL is not set, cameras are looked at by the server itself.';
  if (!existsSync(databasePath(config))) return 'known after the first start.';
  const key = workerKeyOf(openSecrets(config.dataDir));
  const { version, keeps, evicts, workers } = await examineRedis(config.redisUrl, queuePrefix(key));
  const unfit = unfitness({ keeps, evicts });
  if (unfit !== undefined) throw new Error(unfit);
  return `Redis ${version}, ${workers} worker${workers === 1 ? '' : 's'}.`;
}
