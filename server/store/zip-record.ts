// The records of a plain zip file (PKWARE APPNOTE 6.3): files stored as they are, always with the same date.
import { crc32 } from 'node:zlib';

export type ZipEntry = {
  readonly path: string;
  readonly crc: number;
  readonly bytes: number;
  readonly offset: number;
};

export const mostZipEntries = 65_535;
const version = 20;
// Names are UTF-8 (APPNOTE 4.4.4, bit 11).
const flags = 0x0800;
// 1980-01-01, the first day of the format: the same files give the same bytes.
const date = 0x0021;

export function entryOf(path: string, bytes: Uint8Array, offset: number): ZipEntry {
  return { path, crc: crc32(bytes), bytes: bytes.length, offset };
}

/** What stands before a file's bytes (4.3.7). */
export function localHeader({ path, crc, bytes }: ZipEntry): Buffer {
  const name = Buffer.from(path);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(version, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(date, 12);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(bytes, 18);
  header.writeUInt32LE(bytes, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

/** What stands after all files: their list (4.3.12) and where it begins (4.3.16). */
export function directory(entries: readonly ZipEntry[], offset: number): Buffer {
  const list = Buffer.concat(entries.map(listed));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([list, end]);
}

function listed({ path, crc, bytes, offset }: ZipEntry): Buffer {
  const name = Buffer.from(path);
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(version, 4);
  record.writeUInt16LE(version, 6);
  record.writeUInt16LE(flags, 8);
  record.writeUInt16LE(date, 14);
  record.writeUInt32LE(crc, 16);
  record.writeUInt32LE(bytes, 20);
  record.writeUInt32LE(bytes, 24);
  record.writeUInt16LE(name.length, 28);
  record.writeUInt32LE(offset, 42);
  return Buffer.concat([record, name]);
}
