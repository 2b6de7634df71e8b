// Adds a set of packs: what was given, with the active set's other packs; tried apart first, and refused with every reason.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { ApartBusy, ApartEnded } from '../../../inference/apart.ts';
import { type Manifest, type PackFault, readManifest } from '../../../inference/manifest.ts';
import { PacksRefused } from '../../../inference/pack-folder.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { writeTransaction } from '../../store/db.ts';
import { type SetSource, type SetState, setDigest, setLimits } from './pack-set.ts';
import { activePackSet, countPackSets, type PackSet, packSetByDigest, packSetById } from './pack-store.ts';
import { packSetMembers, packSetSteps, packSets, packVersions } from './pack-tables.ts';
import { type GivenFile, unpackPacks } from './unpack-packs.ts';

export type NewPackSet = {
  readonly files: readonly GivenFile[];
  readonly note: string;
  /** These packs and no other; otherwise the active set's other packs look with them. */
  readonly alone: boolean;
};

type AddDeps = Pick<Deps, 'db' | 'blobs' | 'clock' | 'apart'>;

/** One pack with its bytes, before anything of it is kept. */
export type LoosePack = { readonly manifest: Manifest; readonly text: Buffer; readonly model: Buffer };

/** `by` is null for the command line. Throws Problem: every fault of every pack, `duplicate`, `busy`; then nothing is kept. */
export async function addPackSet(deps: AddDeps, by: Caller | null, input: NewPackSet): Promise<PackSet> {
  const note = input.note.trim().slice(0, setLimits.longestNote);
  if (countPackSets(deps.db) >= setLimits.mostSets)
    throw new Problem('conflict', { detail: `${setLimits.mostSets} sets are kept already.` });
  const given = loosePacks(deps, unpackPacks(input.files));
  const packs = input.alone ? given : [...otherPacks(deps, given), ...given];
  const known = packSetByDigest(deps.db, setDigest(packs.map(({ text }) => sha256Hex(text))));
  if (known !== undefined) throw new Problem('duplicate', { detail: `This is set ${known.id} already.` });
  await tryApart(deps, packs);
  const id = keepPackSet(deps, packs, { source: 'candidate', state: 'candidate', note, by: by?.id ?? null });
  const set = packSetById(deps.db, id);
  if (set === undefined) throw new Error('A set just added is gone.');
  return set;
}

/** Pairs each manifest with its model: from the upload, or one that is known under its hash. */
function loosePacks({ blobs }: AddDeps, files: readonly GivenFile[]): LoosePack[] {
  const faults: PackFault[] = [];
  const packs: LoosePack[] = [];
  for (const { name, bytes } of files.filter((file) => file.name.endsWith('.json'))) {
    const checked = readManifest(name, bytes.toString('utf8'));
    if ('faults' in checked) {
      faults.push(...checked.faults);
      continue;
    }
    const { manifest } = checked;
    const model = files.find((file) => file.name === manifest.file)?.bytes ?? blobs.get(manifest.sha256);
    if (model === undefined)
      faults.push({ file: name, place: 'file', reason: `${manifest.file} is not among the files` });
    else packs.push({ manifest, text: bytes, model });
  }
  for (const { name } of files.filter((file) => file.name.endsWith('.onnx'))) {
    if (faults.length === 0 && !packs.some(({ manifest }) => manifest.file === name))
      faults.push({ file: name, place: '', reason: 'no manifest among the files names it' });
  }
  if (faults.length > 0) throw refusal(faults);
  return packs;
}

/** The active set's packs whose name is not among those given. */
function otherPacks({ db, blobs }: AddDeps, given: readonly LoosePack[]): LoosePack[] {
  const names = new Set(given.map(({ manifest }) => manifest.name));
  const others = activePackSet(db)?.packs.filter(({ name }) => !names.has(name)) ?? [];
  return others.map((pack) => {
    const [text, model] = [blobs.get(pack.manifestSha256), blobs.get(pack.sha256)];
    const checked = text === undefined ? undefined : readManifest(`${pack.name}.json`, text.toString('utf8'));
    if (text === undefined || model === undefined || checked === undefined || !('manifest' in checked))
      throw new Problem('conflict', { detail: `${pack.name} of the active set is gone from the data directory.` });
    return { manifest: checked.manifest, text, model };
  });
}

/** Opens them in the process apart, with every check and a trial run. */
async function tryApart({ apart }: AddDeps, packs: readonly LoosePack[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bright-kitchen-packs-'));
  try {
    for (const { manifest, text, model } of packs) {
      writeFileSync(join(folder, `${manifest.name}.json`), text);
      writeFileSync(join(folder, manifest.file), model);
    }
    await apart.check(folder);
  } catch (cause) {
    throw trialRefusal(cause);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function trialRefusal(cause: unknown): unknown {
  if (cause instanceof PacksRefused) return refusal(cause.faults);
  if (cause instanceof ApartBusy)
    return new Problem('busy', { detail: cause.message, headers: { 'retry-after': '10' } });
  if (cause instanceof ApartEnded)
    return refusal([{ file: 'files', place: '', reason: 'the model ended the process that tried it' }]);
  return cause;
}

function refusal(faults: readonly PackFault[]): Problem {
  return new Problem('invalid_input', {
    faults: faults.map(({ file, place, reason }) => ({
      place: place === '' ? file : `${file} ${place}`,
      code: 'pack',
      detail: `${file}${place === '' ? '' : `, ${place}`}: ${reason}.`,
    })),
  });
}

export type KeptAs = {
  readonly source: SetSource;
  readonly state: SetState;
  readonly note: string;
  readonly by: number | null;
};

/** Keeps checked packs and writes down that they came; the id of the set. */
export function keepPackSet(
  { db, blobs, clock }: Pick<Deps, 'db' | 'blobs' | 'clock'>,
  packs: readonly LoosePack[],
  { source, state, note, by }: KeptAs,
): number {
  const at = clock();
  // The bytes are on disk before the rows that name them.
  const kept = packs.map((pack) => ({ ...pack, manifestSha256: blobs.put(pack.text), sha256: blobs.put(pack.model) }));
  return writeTransaction(db, () => {
    const digest = setDigest(kept.map(({ manifestSha256 }) => manifestSha256));
    const set = { digest, source, state, note, addedAt: at, addedBy: by };
    const { id } = db.orm.insert(packSets).values(set).returning({ id: packSets.id }).get();
    for (const pack of kept)
      db.orm
        .insert(packSetMembers)
        .values({ setId: id, versionId: versionId(db, pack, at) })
        .run();
    db.orm
      .insert(packSetSteps)
      .values({ setId: id, at, by, kind: 'added', reason: note === '' ? null : note })
      .run();
    const body = {
      kind: 'added',
      source,
      state,
      by,
      note,
      digest,
      packs: kept.map(({ manifest: { name, version }, sha256, manifestSha256 }) => ({
        name,
        version,
        sha256,
        manifestSha256,
      })),
    };
    appendEntry(db, { kind: 'pack-set', subject: `pack-set/${id}`, body, at });
    return id;
  });
}

function versionId(db: Deps['db'], pack: LoosePack & { manifestSha256: string; sha256: string }, at: number): number {
  const { manifest, model, manifestSha256, sha256 } = pack;
  const same = eq(packVersions.manifestSha256, manifestSha256);
  const known = db.orm.select({ id: packVersions.id }).from(packVersions).where(same).get();
  if (known !== undefined) return known.id;
  const { name, version, task, file } = manifest;
  const row = { name, version, task, file, sha256, manifestSha256, bytes: model.length, addedAt: at };
  return db.orm.insert(packVersions).values(row).returning({ id: packVersions.id }).get().id;
}
