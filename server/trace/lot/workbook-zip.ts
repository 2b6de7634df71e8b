// The files inside a workbook: a zip read by its list of contents, each inflated only when asked for and only so far.
import { inflateRawSync } from 'node:zlib';

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const endSize = 22;
const longestComment = 65_535;
const mostEntries = 2_000;
const mostInflated = 16 * 1024 * 1024;

export type ZippedFiles = (path: string) => string | undefined;

/** The text of each file by its path, or undefined where the bytes are no zip that can be read. */
export function zippedFiles(zip: Buffer): ZippedFiles | undefined {
  const end = endOf(zip);
  if (end === undefined) return undefined;
  const entries = new Map<string, Entry>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = Math.min(zip.readUInt16LE(end + 10), mostEntries); left > 0; left -= 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== entryMark) return undefined;
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    const name = zip.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    entries.set(name, {
      encrypted: (zip.readUInt16LE(at + 8) & 1) === 1,
      method: zip.readUInt16LE(at + 10),
      size: zip.readUInt32LE(at + 20),
      at: zip.readUInt32LE(at + 42),
    });
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return (path) => {
    const entry = entries.get(path);
    return entry === undefined ? undefined : contentOf(zip, entry);
  };
}

type Entry = {
  readonly encrypted: boolean;
  readonly method: number;
  readonly size: number;
  readonly at: number;
};

function endOf(zip: Buffer): number | undefined {
  for (let at = zip.length - endSize; at >= Math.max(0, zip.length - endSize - longestComment); at -= 1) {
    if (zip.readUInt32LE(at) === endMark) return at;
  }
  return undefined;
}

/** Stored (0) and deflated (8) are the only ways a workbook is packed; what is larger than its bound is not read. */
function contentOf(zip: Buffer, { encrypted, method, size, at }: Entry): string | undefined {
  if (encrypted || at + 30 > zip.length) return undefined;
  const from = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const packed = zip.subarray(from, from + size);
  if (method === 0) return packed.length > mostInflated ? undefined : packed.toString('utf8');
  if (method !== 8) return undefined;
  try {
    return inflateRawSync(packed, { maxOutputLength: mostInflated }).toString('utf8');
  } catch (error) {
    // Damaged, cut short, or a bomb: all are files that cannot be read.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
