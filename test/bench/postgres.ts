// A throw-away PostgreSQL cluster of this machine, for benches that ask it the same; undefined where it is not installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export type Cluster = {
  readonly folder: string;
  readonly sql: (text: string) => string;
  readonly copy: (file: string, table: string) => void;
  /** Ends the cluster and removes its files. */
  readonly stop: () => void;
  readonly version: string;
};

function binaries(): string | undefined {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return undefined;
  return readdirSync(root)
    .map((version) => join(root, version, 'bin'))
    .find((path) => existsSync(join(path, 'initdb')));
}

/**
 * PostgreSQL refuses to run as root: then it runs as the user Debian made for it.
 * `synced`: a commit is on the disk when it is answered, as it is in the product.
 */
export function startCluster({ synced }: { synced: boolean }): Cluster | undefined {
  const bin = binaries();
  if (bin === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'bk-postgres-'));
  const asRoot = userInfo().uid === 0;
  const data = join(folder, 'data');
  mkdirSync(data);
  if (asRoot) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })));
    for (const path of [folder, data]) chownSync(path, uid ?? 0, gid ?? 0);
  }
  const run = (program: string, args: readonly string[], input?: string) => {
    const command = asRoot ? 'runuser' : join(bin, program);
    const all = asRoot ? ['-u', 'postgres', '--', join(bin, program), ...args] : [...args];
    const done = spawnSync(command, all, { input: input ?? '', encoding: 'utf8', maxBuffer: 1e8, cwd: folder });
    if (done.status !== 0) throw new Error(`${program} failed: ${done.stderr}`);
    return done.stdout;
  };
  run('initdb', ['-D', data, '-A', 'trust', '-U', 'bench', '--no-sync']);
  const durability = synced ? '-c fsync=on -c synchronous_commit=on' : '-c fsync=off';
  const settings = "-c listen_addresses='' -c shared_buffers=1GB -c work_mem=256MB -c max_wal_size=8GB -c jit=off";
  run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', `${settings} ${durability} -k ${folder}`, 'start']);
  const psql = (text: string) =>
    run('psql', ['-h', folder, '-U', 'bench', '-d', 'postgres', '-qAt', '-v', 'ON_ERROR_STOP=1'], text);
  return {
    folder,
    sql: psql,
    copy: (file, table) => psql(`\\copy ${table} FROM '${file}' WITH (FORMAT csv)\n`),
    stop: () => {
      run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
    version: psql('SHOW server_version').trim(),
  };
}
