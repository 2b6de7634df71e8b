// The manifest of an evidence bundle: every file with its SHA-256, signed; and which byte of a file is false.
import { hash, type KeyObject, sign, verify } from 'node:crypto';
import type { ZipFile } from './plain-zip.ts';

export const manifestPath = 'manifest.json';
export const signaturePath = 'manifest.sig';

/** `byte`: the first false one, counted from 0; null when a whole file is missing, too many, or only a sum is wrong. */
export type BundleFault = { readonly place: string; readonly byte: number | null; readonly detail: string };

type Line = {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** The first 16 bytes of the SHA-256 of each kilobyte: they find a false byte, they prove nothing. */
  readonly blocks: readonly string[];
};

const format = 'bright-kitchen/bundle/1';
const blockBytes = 1_024;

/** A function of the files alone, so that a changed manifest can be told from changed files. */
export function manifestOf(files: readonly ZipFile[]): Buffer {
  const lines = files.filter(isListed).map(
    ({ path, bytes }): Line => ({
      path,
      size: bytes.length,
      sha256: hash('sha256', bytes, 'hex'),
      blocks: blocksOf(bytes),
    }),
  );
  lines.sort((a, b) => (a.path < b.path ? -1 : 1));
  return Buffer.from(`${JSON.stringify({ format, files: lines }, null, 1)}\n`);
}

/** Detached Ed25519 signature over the manifest's bytes, in base64 and a line end. */
export function signManifest(manifest: Buffer, privateKey: KeyObject): Buffer {
  return Buffer.from(`${sign(null, manifest, privateKey).toString('base64')}\n`);
}

/** Everything that is wrong with the files against their manifest, and with the manifest against its signature. */
export function manifestFaults(files: readonly ZipFile[], publicKey: KeyObject | undefined): BundleFault[] {
  const manifest = files.find(({ path }) => path === manifestPath)?.bytes;
  const signature = files.find(({ path }) => path === signaturePath)?.bytes;
  if (manifest === undefined) return [{ place: manifestPath, byte: null, detail: 'There is no manifest.' }];
  if (signature === undefined) return [{ place: signaturePath, byte: null, detail: 'There is no signature.' }];
  const rebuilt = manifestOf(files);
  const holds = (text: Buffer) => publicKey !== undefined && signatureHolds(text, signature, publicKey);
  if (!holds(manifest) && holds(rebuilt)) return [differing(manifestPath, manifest, rebuilt)];
  const faults = [...listFaults(files, manifest)];
  if (!holds(manifest) && (publicKey !== undefined || faults.length === 0))
    faults.push({ place: signaturePath, byte: null, detail: 'The signature over the manifest does not hold.' });
  return faults;
}

function isListed({ path }: ZipFile): boolean {
  return path !== manifestPath && path !== signaturePath;
}

function signatureHolds(manifest: Buffer, signature: Buffer, publicKey: KeyObject): boolean {
  const text = signature.toString('latin1');
  if (!/^[A-Za-z0-9+/]{86}==\n$/.test(text)) return false;
  const bytes = Buffer.from(text, 'base64');
  // Base64 has spare bits at its end; a changed one decodes to the same bytes.
  return `${bytes.toString('base64')}\n` === text && verify(null, manifest, publicKey, bytes);
}

function listFaults(files: readonly ZipFile[], manifest: Buffer): BundleFault[] {
  const lines = linesOf(manifest);
  if (lines === undefined) return [{ place: manifestPath, byte: null, detail: 'The manifest cannot be read.' }];
  const found = new Map(files.filter(isListed).map((file) => [file.path, file.bytes]));
  const faults: BundleFault[] = [];
  for (const line of lines) {
    const bytes = found.get(line.path);
    found.delete(line.path);
    if (bytes === undefined) faults.push({ place: line.path, byte: null, detail: 'The file is missing.' });
    else if (hash('sha256', bytes, 'hex') !== line.sha256) faults.push(falseByte(line, bytes));
  }
  for (const path of found.keys())
    faults.push({ place: path, byte: null, detail: 'The manifest knows nothing of this file.' });
  return faults;
}

function linesOf(manifest: Buffer): readonly Line[] | undefined {
  try {
    const { files } = JSON.parse(manifest.toString('utf8')) as { files: Line[] };
    const sound = files.every(
      ({ path, sha256, blocks }) => typeof path === 'string' && typeof sha256 === 'string' && Array.isArray(blocks),
    );
    return sound ? files : undefined;
  } catch {
    return undefined;
  }
}

/** Where the file stops being the one that was listed: the exact byte when one was changed, else its kilobyte. */
function falseByte(line: Line, bytes: Buffer): BundleFault {
  const blocks = blocksOf(bytes);
  const index = blocks.findIndex((block, place) => block !== line.blocks[place]);
  const start = index < 0 ? Math.min(bytes.length, line.size) : index * blockBytes;
  const wanted = line.blocks[index];
  const block = Buffer.from(bytes.subarray(start, start + blockBytes));
  const changed = bytes.length === line.size && wanted !== undefined ? changedByte(block, wanted) : undefined;
  if (changed === undefined)
    return { place: line.path, byte: start, detail: `It is not what was written, from this kilobyte on.` };
  const { at, was } = changed;
  const hex = (value: number) => value.toString(16).padStart(2, '0');
  return { place: line.path, byte: start + at, detail: `This byte is ${hex(block[at] ?? 0)} and was ${hex(was)}.` };
}

/** Tries every single change of `block`: a quarter of a million sums, about a second. */
function changedByte(block: Buffer, wanted: string): { at: number; was: number } | undefined {
  const tried = Buffer.from(block);
  for (let at = 0; at < tried.length; at++) {
    const now = tried[at] ?? 0;
    for (let was = 0; was < 256; was++) {
      tried[at] = was;
      if (blockSum(tried) === wanted) return { at, was };
    }
    tried[at] = now;
  }
  return undefined;
}

function blocksOf(bytes: Buffer): string[] {
  const blocks: string[] = [];
  for (let at = 0; at < bytes.length; at += blockBytes) blocks.push(blockSum(bytes.subarray(at, at + blockBytes)));
  return blocks;
}

function blockSum(block: Buffer): string {
  return hash('sha256', block, 'hex').slice(0, 32);
}

function differing(place: string, given: Buffer, wanted: Buffer): BundleFault {
  let at = 0;
  while (at < given.length && given[at] === wanted[at]) at++;
  return { place, byte: at, detail: 'The manifest is not the one that was signed.' };
}
