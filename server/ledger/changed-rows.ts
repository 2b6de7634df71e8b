// What an entry says of rows: taken from the notes of its transaction, kept beside the entry, and bound to it by a digest.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { sha256Hex } from '../store/blobs.ts';
import type { Db } from '../store/db.ts';
import { changesText, type RowChange } from './proved-table.ts';

const takers = new WeakMap<Db, () => RowChange[]>();

/** `take` gives what was noted since it was last asked. */
export function takeChangesBy(db: Db, take: () => RowChange[]): void {
  takers.set(db, take);
}

export type SaidRows = { readonly text: string; readonly digest: string };

/** What the entry about to be appended has to say of rows; undefined when nothing was noted. */
export function takeRows(db: Db): SaidRows | undefined {
  const changes = takers.get(db)?.() ?? [];
  return changes.length === 0 ? undefined : saidRows(changes);
}

export function saidRows(changes: readonly RowChange[]): SaidRows {
  const text = changesText(changes);
  return { text, digest: sha256Hex(text) };
}

// Below this, packing costs more than it saves.
const largestPlain = 4_096;
const packLevel = 3;
const mostBytes = 64 * 1024 * 1024;

/** As it is kept: text, or packed (RFC 1951) when it is long. */
export function packRows(text: string): string | Buffer {
  return text.length <= largestPlain ? text : deflateRawSync(text, { level: packLevel });
}

/** Undefined when the kept bytes are damaged, or something stands behind their end. */
export function unpackRows(kept: string | Buffer): string | undefined {
  if (typeof kept === 'string') return kept;
  return unpackWhole(kept, mostBytes)?.toString('utf8');
}

/** What was packed, or undefined: inflate itself would take no notice of bytes behind the end of the stream. */
export function unpackWhole(bytes: Buffer, mostBytes: number): Buffer | undefined {
  try {
    const { buffer, engine } = inflateRawSync(bytes, { maxOutputLength: mostBytes, info: true }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return engine.bytesWritten === bytes.length ? buffer : undefined;
  } catch {
    return undefined;
  }
}
