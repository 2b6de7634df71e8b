// A zip file without a choice in it: files in order, stored as they are, no times; the same files give the same bytes.
import { directory, entryOf, localHeader, type ZipEntry } from '../store/zip-record.ts';

export type ZipFile = { readonly path: string; readonly bytes: Buffer };

/** `at`: where in the zip it stops making sense. */
export type ZipReading =
  | { readonly ok: true; readonly files: readonly ZipFile[] }
  | { readonly ok: false; readonly at: number; readonly detail: string };

const localMark = 0x04034b50;
const centralMark = 0x02014b50;
const localSize = 30;
const mostFiles = 60_000;
const mostBytes = 2_000_000_000;

/** Throws RangeError beyond 60,000 files or 2 GB. */
export function writeZip(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const entries: ZipEntry[] = [];
  let offset = 0;
  for (const { path, bytes } of files) {
    const entry = entryOf(path, bytes, offset);
    const header = localHeader(entry);
    entries.push(entry);
    parts.push(header, bytes);
    offset += header.length + bytes.length;
  }
  if (files.length > mostFiles || offset > mostBytes) throw new RangeError('More than one zip file can hold.');
  return Buffer.concat([...parts, directory(entries, offset)]);
}

/** Reads what writeZip wrote, from the front. Contents are not compared with their CRC: whoever reads has better sums. */
export function readZip(zip: Buffer): ZipReading {
  const files: ZipFile[] = [];
  let at = 0;
  while (at + localSize <= zip.length && zip.readUInt32LE(at) === localMark) {
    const length = zip.readUInt32LE(at + 18);
    const nameLength = zip.readUInt16LE(at + 26);
    const from = at + localSize + nameLength;
    if (from + length > zip.length || files.length >= mostFiles)
      return { ok: false, at: at + 18, detail: 'A file is said to be longer than what is left.' };
    const path = zip.toString('utf8', at + localSize, from);
    files.push({ path, bytes: zip.subarray(from, from + length) });
    at = from + length;
  }
  if (files.length === 0) return { ok: false, at: 0, detail: 'This is no evidence bundle.' };
  if (at + 4 > zip.length || zip.readUInt32LE(at) !== centralMark)
    return { ok: false, at, detail: 'Neither a file nor the list of files begins here.' };
  return { ok: true, files };
}

/** Where `zip` differs from the zip of the files read from it; undefined when nowhere. */
export function firstDifference(zip: Buffer, other: Buffer): number | undefined {
  if (zip.equals(other)) return undefined;
  const shorter = Math.min(zip.length, other.length);
  for (let at = 0; at < shorter; at++) if (zip[at] !== other[at]) return at;
  return shorter;
}
