// An evidence bundle: files, the ledger entries that vouch for them with their proofs, and a signed manifest, in one zip.
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import type { Db } from '../store/db.ts';
import type { Secrets } from '../store/secrets.ts';
import {
  type BundleFault,
  manifestFaults,
  manifestOf,
  manifestPath,
  signaturePath,
  signManifest,
} from './bundle-manifest.ts';
import { readCheckpoint } from './checkpoint.ts';
import { entryLeaf, type StoredEntry } from './entry.ts';
import { entryWithProof } from './ledger-store.ts';
import { verifyInclusion } from './merkle.ts';
import { firstDifference, readZip, writeZip, type ZipFile } from './plain-zip.ts';
import { writeCheckpoint } from './write-checkpoint.ts';

const keyPath = 'key.pem';
const checkpointPath = 'ledger/checkpoint.txt';
const entriesPath = 'ledger/entries.jsonl';

/** The bytes of the bundle; the same files and the same ledger give the same bytes. */
export function sealBundle(
  { db, secrets, at }: { readonly db: Db; readonly secrets: Secrets; readonly at: number },
  files: readonly ZipFile[],
  seqs: readonly number[],
): Buffer {
  const checkpoint = writeCheckpoint(db, secrets, at);
  const lines = [...new Set(seqs)].sort((a, b) => a - b).map((seq) => entryLine(db, seq));
  const inside = [
    ...files,
    { path: keyPath, bytes: Buffer.from(secrets.ledgerPublicKey.export({ type: 'spki', format: 'pem' }).toString()) },
    { path: checkpointPath, bytes: Buffer.from(checkpoint) },
    { path: entriesPath, bytes: Buffer.from(lines.join('')) },
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  const manifest = manifestOf(inside);
  return writeZip([
    ...inside,
    { path: manifestPath, bytes: manifest },
    { path: signaturePath, bytes: signManifest(manifest, secrets.ledgerKey) },
  ]);
}

export type BundleReading = {
  readonly files: ReadonlyMap<string, Buffer>;
  /** Entries whose place in the signed ledger was proved. */
  readonly entries: readonly StoredEntry[];
  readonly size: number;
  readonly root: string;
  /** SHA-256 of the public key (DER), hex: to be compared with what the authority published. */
  readonly key: string;
  readonly faults: readonly BundleFault[];
};

/** Checks all but what the files mean. `trusted`: the key as had from elsewhere; the bundle's own when left out. */
export function openBundle(zip: Buffer, trusted?: KeyObject): BundleReading {
  const reading = readZip(zip);
  if (!reading.ok) return nothing([{ place: 'zip', byte: reading.at, detail: reading.detail }]);
  const files = new Map(reading.files.map(({ path, bytes }) => [path, bytes]));
  const own = publicKeyOf(files.get(keyPath));
  const key = trusted ?? own;
  const faults = [...manifestFaults(reading.files, key)];
  if (trusted !== undefined && own !== undefined && fingerprint(own) !== fingerprint(trusted))
    faults.push({ place: keyPath, byte: null, detail: 'The bundle was sealed with another key than the one given.' });
  const different = firstDifference(zip, writeZip(reading.files));
  if (faults.length === 0 && different !== undefined)
    faults.push({ place: 'zip', byte: different, detail: 'The zip around the files was changed here.' });
  if (key === undefined) return { ...nothing(faults), files };
  const ledger = readLedger(files, key);
  return { files, ...ledger, key: fingerprint(key), faults: [...faults, ...ledger.faults] };
}

function nothing(faults: readonly BundleFault[]): BundleReading {
  return { files: new Map(), entries: [], size: 0, root: '', key: '', faults };
}

function publicKeyOf(pem: Buffer | undefined): KeyObject | undefined {
  try {
    return pem === undefined ? undefined : createPublicKey(pem.toString('utf8'));
  } catch {
    return undefined;
  }
}

function fingerprint(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

type EntryLine = StoredEntry & { readonly proof: readonly string[] };

function entryLine(db: Db, seq: number): string {
  const found = entryWithProof(db, seq);
  if (found === undefined) throw new Error(`The ledger lacks entry ${seq}.`);
  const line: EntryLine = { ...found.entry, proof: found.proof.map((hash) => hash.toString('base64')) };
  return `${JSON.stringify(line)}\n`;
}

type Ledger = Pick<BundleReading, 'entries' | 'size' | 'root' | 'faults'>;

function readLedger(files: ReadonlyMap<string, Buffer>, key: KeyObject): Ledger {
  const checkpoint = readCheckpoint(files.get(checkpointPath)?.toString('utf8') ?? '', key);
  if (checkpoint === undefined) {
    const detail = 'The signature over the checkpoint does not hold.';
    return { entries: [], size: 0, root: '', faults: [{ place: checkpointPath, byte: null, detail }] };
  }
  const { size, root } = checkpoint;
  const lines = (files.get(entriesPath)?.toString('utf8') ?? '').split('\n').filter((line) => line !== '');
  const entries: StoredEntry[] = [];
  const faults: BundleFault[] = [];
  for (const [index, text] of lines.entries()) {
    const line = entryOf(text);
    const path = line?.proof.map((hash) => Buffer.from(hash, 'base64')) ?? [];
    if (line !== undefined && verifyInclusion(entryLeaf(line), line.seq, size, path, root)) entries.push(line);
    else
      faults.push({
        place: entriesPath,
        byte: null,
        detail: `Line ${index + 1} is not in the ledger that was signed.`,
      });
  }
  return { entries, size, root: root.toString('base64'), faults };
}

function entryOf(text: string): EntryLine | undefined {
  try {
    const line = JSON.parse(text) as EntryLine;
    const sound =
      Number.isSafeInteger(line.seq) &&
      Number.isSafeInteger(line.at) &&
      [line.kind, line.subject, line.body].every((field) => typeof field === 'string') &&
      Array.isArray(line.proof) &&
      line.proof.every((hash) => typeof hash === 'string');
    return sound ? line : undefined;
  } catch {
    return undefined;
  }
}
