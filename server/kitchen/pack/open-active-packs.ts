// At start: takes in the packs that came with the program, and opens the set that is to look, or the shipped one if it is damaged.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '../../../inference/manifest.ts';
import { PacksRefused } from '../../../inference/pack.ts';
import type { Pool } from '../../../inference/types.ts';
import type { Deps } from '../../deps.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { writeTransaction } from '../../store/db.ts';
import { keepPackSet, type LoosePack } from './add-pack-set.ts';
import { forgetLaidOut, layOutPacks, PacksDamaged } from './lay-out-packs.ts';
import { setDigest } from './pack-set.ts';
import { activatedBy, activePackSet, type PackSet, packSetByDigest, packSetById } from './pack-store.ts';
import { activate, fallBackTo } from './promote-pack-set.ts';

type OpenDeps = Pick<Deps, 'db' | 'blobs' | 'clock' | 'config' | 'log'>;
type OpenEye = (folder: string) => Promise<Pool>;

/** Throws what the shipped packs are refused for: without them there is nothing to fall back to. */
export async function openActivePacks(deps: OpenDeps, open: OpenEye): Promise<Pool> {
  const { db, config } = deps;
  forgetLaidOut(deps);
  const shipped = takeInShipped(deps);
  const active = activePackSet(db);
  if (active === undefined || active.id === shipped?.id) return open(config.modelsDir);
  try {
    return await openSet(deps, active, open);
  } catch (cause) {
    if (!(cause instanceof PacksDamaged || cause instanceof PacksRefused) || shipped === undefined) throw cause;
    const eye = await open(config.modelsDir);
    fallBackTo(deps, shipped, cause.message);
    deps.log.error(
      { set: active.id, reason: cause.message },
      'the active packs cannot be opened; the shipped ones look',
    );
    return eye;
  }
}

async function openSet(deps: OpenDeps, set: PackSet, open: OpenEye): Promise<Pool> {
  const eye = await open(layOutPacks(deps, set));
  if (isOpen(eye, set)) return eye;
  await eye.close();
  throw new PacksDamaged('The packs that were opened are not those of the set.');
}

/** Whether these are the packs the eye looks with. */
export function isOpen(eye: Pick<Pool, 'packs'>, set: Pick<PackSet, 'digest'>): boolean {
  return setDigest(eye.packs.map(({ manifestSha256 = '' }) => manifestSha256)) === set.digest;
}

/**
 * The set in the program's folder, known from now on. What came with the program follows the program; what a person
 * chose stays. Undefined when the folder cannot be read: opening it will say why.
 */
function takeInShipped(deps: OpenDeps): PackSet | undefined {
  const packs = readShipped(deps.config.modelsDir);
  if (packs === undefined) return undefined;
  const digest = setDigest(packs.map(({ text }) => sha256Hex(text)));
  const active = activePackSet(deps.db);
  const known = packSetByDigest(deps.db, digest);
  if (known !== undefined && known.id === active?.id) return known;
  const follows = active === undefined || (active.source === 'shipped' && cameByItself(deps, active));
  const first = { source: 'shipped', note: '', by: null } as const;
  const id = known?.id ?? keepPackSet(deps, packs, { ...first, state: active === undefined ? 'active' : 'candidate' });
  const set = packSetById(deps.db, id);
  if (set !== undefined && follows && set.state !== 'active') {
    writeTransaction(deps.db, () => activate(deps, { set, by: null, kind: 'promoted', reason: cameWithProgram }));
  }
  return packSetById(deps.db, id);
}

const cameWithProgram = 'It came with the program.';

/** Whether no person put this set in use: it was the first, it came with the program, or another could not be opened. */
function cameByItself({ db }: OpenDeps, active: PackSet): boolean {
  const step = activatedBy(db, active.id);
  return step === undefined || step.kind === 'fell_back' || step.reason === cameWithProgram;
}

function readShipped(folder: string): LoosePack[] | undefined {
  const packs: LoosePack[] = [];
  try {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
      const text = readFileSync(join(folder, file));
      const checked = readManifest(file, text.toString('utf8'));
      if (!('manifest' in checked)) return undefined;
      const model = readFileSync(join(folder, checked.manifest.file));
      if (sha256Hex(model) !== checked.manifest.sha256) return undefined;
      packs.push({ manifest: checked.manifest, text, model });
    }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return undefined;
    throw cause;
  }
  return packs.length === 0 ? undefined : packs;
}
