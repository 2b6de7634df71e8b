// A zip file without a choice in it: files in order, stored as they are, no times; the same files give the same bytes.
import { crc32 } from 'node:zlib';

export type ZipFile = { readonly path: string; readonly bytes: Buffer };

/** `at`: where in the zip it stops making sense. */
export type ZipReading =
  | { readonly ok: true; readonly files: readonly ZipFile[] }
  | { readonly ok: false; readonly at: number; readonly detail: string };

const localMark = 0x04034b50;
const centralMark = 0x02014b50;
const endMark = 0x06054b50;
const localSize = 30;
const centralSize = 46;
const version = 20;
/** Names are UTF-8. */
const flags = 0x0800;
/** 1980-01-01, the first day a zip can name. */
const day = 0x0021;
const mostFiles = 60_000;
const mostBytes = 2_000_000_000;

/** Throws RangeError beyond 60,000 files or 2 GB. */
export function writeZip(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { path, bytes } of files) {
    const name = Buffer.from(path);
    const crc = crc32(bytes);
    const local = Buffer.alloc(localSize);
    local.writeUInt32LE(localMark, 0);
    common(local, 4, crc, bytes.length, name.length);
    const entry = Buffer.alloc(centralSize);
    entry.writeUInt32LE(centralMark, 0);
    entry.writeUInt16LE(version, 4);
    common(entry, 6, crc, bytes.length, name.length);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, name, bytes);
    central.push(entry, name);
    offset += localSize + name.length + bytes.length;
  }
  if (files.length > mostFiles || offset > mostBytes) throw new RangeError('More than one zip file can hold.');
  return Buffer.concat([...parts, ...central, endOf(files.length, sizeOf(central), offset)]);
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

/** The fields that a file's own header and its line in the list share. */
function common(header: Buffer, at: number, crc: number, size: number, nameLength: number): void {
  header.writeUInt16LE(version, at);
  header.writeUInt16LE(flags, at + 2);
  header.writeUInt16LE(0, at + 4);
  header.writeUInt16LE(0, at + 6);
  header.writeUInt16LE(day, at + 8);
  header.writeUInt32LE(crc, at + 10);
  header.writeUInt32LE(size, at + 14);
  header.writeUInt32LE(size, at + 18);
  header.writeUInt16LE(nameLength, at + 22);
}

function endOf(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endMark, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

function sizeOf(parts: readonly Buffer[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}
