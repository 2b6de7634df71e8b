// At start: takes in the packs that came with the program, and opens the set that is to look, or the shipped one if it is damaged.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '../../../inference/manifest.ts';
import { describeManifest, PacksRefused } from '../../../inference/pack-folder.ts';
import type { ModelPack, Pool } from '../../../inference/types.ts';
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

/** What the eye is going to look with. */
export type PacksToOpen = {
  /** Told by the manifests; empty where nothing can be told before it is opened. */
  readonly packs: readonly ModelPack[];
  /** Throws what the shipped packs are refused for: without them there is nothing to fall back to. */
  readonly open: (openEye: OpenEye) => Promise<Pool>;
};

export function openActivePacks(deps: OpenDeps, openEye: OpenEye): Promise<Pool> {
  return findActivePacks(deps).open(openEye);
}

/** Takes in what came with the program, and says which packs are to look, before any of them is loaded. */
export function findActivePacks(deps: OpenDeps): PacksToOpen {
  forgetLaidOut(deps);
  const shipped = takeInShipped(deps);
  const active = activePackSet(deps.db);
  const told = active ?? shipped;
  return {
    packs: told === undefined ? [] : packsToldBy(deps, told),
    open: (openEye) => openOrFallBack(deps, { active, shipped }, openEye),
  };
}

type Known = { readonly active: PackSet | undefined; readonly shipped: PackSet | undefined };

async function openOrFallBack(deps: OpenDeps, { active, shipped }: Known, openEye: OpenEye): Promise<Pool> {
  const { config, log } = deps;
  if (active === undefined) return openEye(config.modelsDir);
  if (active.id === shipped?.id) return openShipped(deps, active, openEye);
  try {
    return await openSet(deps, active, openEye);
  } catch (cause) {
    if (!cannotOpen(cause) || shipped === undefined) throw cause;
    const eye = await openEye(config.modelsDir);
    fallBackTo(deps, shipped, cause.message);
    log.error({ set: active.id, reason: cause.message }, 'the active packs cannot be opened; the shipped ones look');
    return eye;
  }
}

/** From the program's folder, or from what was taken in of it before the folder was damaged. */
async function openShipped(deps: OpenDeps, shipped: PackSet, openEye: OpenEye): Promise<Pool> {
  try {
    return await openEye(deps.config.modelsDir);
  } catch (cause) {
    if (!cannotOpen(cause)) throw cause;
    const kept = await openSet(deps, shipped, openEye).catch(() => undefined);
    if (kept === undefined) throw cause;
    deps.log.error({ reason: cause.message }, 'the packs of the program are damaged; those kept of it look');
    return kept;
  }
}

function cannotOpen(cause: unknown): cause is PacksDamaged | PacksRefused {
  return cause instanceof PacksDamaged || cause instanceof PacksRefused;
}

/** As the manifests among the blobs say; none when one of them is gone or cannot be read. */
function packsToldBy({ blobs }: OpenDeps, set: PackSet): ModelPack[] {
  const told = set.packs.map(({ name, manifestSha256 }) => {
    const text = blobs.get(manifestSha256);
    const checked = text && readManifest(`${name}.json`, text.toString('utf8'));
    return checked && 'manifest' in checked ? describeManifest(checked.manifest, manifestSha256) : undefined;
  });
  return told.every((pack) => pack !== undefined) ? told : [];
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
  const manifests = readManifests(deps.config.modelsDir);
  if (manifests === undefined) return undefined;
  const digest = setDigest(manifests.map(({ text }) => sha256Hex(text)));
  const active = activePackSet(deps.db);
  const known = packSetByDigest(deps.db, digest);
  // The usual start reads no model here: whoever opens it compares its hash.
  if (known !== undefined && known.id === active?.id) return known;
  const packs = withModels(deps.config.modelsDir, manifests);
  if (packs === undefined) return undefined;
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

type LooseManifest = Omit<LoosePack, 'model'>;

function readManifests(folder: string): LooseManifest[] | undefined {
  return unlessAway(() => {
    const found = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((file) => {
        const text = readFileSync(join(folder, file));
        return { text, checked: readManifest(file, text.toString('utf8')) };
      });
    const manifests = found.flatMap(({ text, checked }) => ('manifest' in checked ? [{ ...checked, text }] : []));
    return found.length > 0 && manifests.length === found.length ? manifests : undefined;
  });
}

function withModels(folder: string, manifests: readonly LooseManifest[]): LoosePack[] | undefined {
  return unlessAway(() => {
    const packs = manifests.map((pack) => ({ ...pack, model: readFileSync(join(folder, pack.manifest.file)) }));
    return packs.every(({ manifest, model }) => sha256Hex(model) === manifest.sha256) ? packs : undefined;
  });
}

/** Undefined where a file cannot be read. */
function unlessAway<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return undefined;
    throw cause;
  }
}
