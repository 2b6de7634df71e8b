// A house with tiny packs of its own: a data directory, the packs it was shipped with, and an eye that really looks.
import { rm } from 'node:fs/promises';
import { type Apart, openApart } from '../../inference/apart.ts';
import { openPool } from '../../inference/pool.ts';
import type { SeenFrame } from '../../inference/sample.ts';
import type { Deps } from '../../server/deps.ts';
import { openActivePacks } from '../../server/kitchen/pack/open-active-packs.ts';
import type { GivenFile } from '../../server/kitchen/pack/unpack-packs.ts';
import { openTestServer } from './server.ts';
import { colourPack, type TinyPack, writePacks, yoloxPack } from './tiny-packs.ts';

export type PackHouse = {
  readonly server: ReturnType<typeof openTestServer>;
  readonly deps: Deps;
  readonly close: () => Promise<void>;
};

export type HouseOptions = {
  readonly modelsDir?: string;
  readonly apart?: Apart;
  readonly onSeen?: (seen: SeenFrame) => void;
};

/** A server that has just started, with the packs that came with it. */
export async function openPackHouse(options: HouseOptions = {}): Promise<PackHouse> {
  const modelsDir = options.modelsDir ?? (await writePacks(yoloxPack(), colourPack()));
  const { apart = openApart(), onSeen } = options;
  const blind = openTestServer({ apart, environment: { MODELS_DIR: modelsDir } });
  const open = (folder: string) =>
    openPool({ modelsDir: folder, workers: 1, ...(onSeen === undefined ? {} : { onSeen }) });
  const eye = await openActivePacks(blind.deps, open);
  const server = openTestServer({ eye, apart, from: blind });
  return {
    server,
    deps: server.deps,
    async close() {
      await Promise.all([eye.close(), apart.close()]);
      if (options.modelsDir === undefined) await rm(modelsDir, { recursive: true });
    },
  };
}

/** Red squares count from another score, or under another version. */
export function reds(change: { threshold?: number; version?: string; name?: string } = {}): TinyPack {
  const { manifest, model } = yoloxPack();
  const { threshold = 0.6, version = '2.0.0', name = manifest.name } = change;
  return {
    model,
    manifest: { ...manifest, name, version, violations: manifest.violations.map((line) => ({ ...line, threshold })) },
  };
}

/** The files of packs as somebody would send them. */
export function filesOf(...packs: readonly TinyPack[]): GivenFile[] {
  return packs.flatMap(({ manifest, model }) => [
    { name: `${manifest.name}.json`, bytes: Buffer.from(JSON.stringify(manifest, null, 2)) },
    { name: manifest.file, bytes: model },
  ]);
}
