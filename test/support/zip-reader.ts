// Reads a zip from its end, as every unpacker does: the list of files first, then each file where the list says.
import { crc32 } from 'node:zlib';

/** Stored files alone; throws where a checksum, a name or a length is not what the list says. */
export function readZip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  const files = new Map<string, Buffer>();
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw new Error(`No file is listed at ${at}.`);
    const name = bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28));
    const [crc, size, start] = [bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 42)];
    const nameLength = bytes.readUInt16LE(start + 26);
    if (bytes.toString('utf8', start + 30, start + 30 + nameLength) !== name) throw new Error(`${name} has two names.`);
    const from = start + 30 + nameLength + bytes.readUInt16LE(start + 28);
    const file = bytes.subarray(from, from + size);
    if (crc32(file) !== crc) throw new Error(`${name} is not what was put in.`);
    files.set(name, file);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}
