// Where the files of a data set go: an empty folder, or one zip that is only there once it is whole.
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { directory, entryOf, localHeader, mostZipEntries, type ZipEntry } from '../../store/zip-record.ts';
import type { FileSink } from './write-dataset.ts';

/** Writes below `folder`, which must be empty or not there; throws otherwise. */
export function intoFolder(folder: string): FileSink {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Error(`${folder} holds files already.`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    add(path, bytes) {
      const full = join(folder, path);
      mkdirSync(dirname(full), { recursive: true, mode: 0o700 });
      writeFileSync(full, bytes, { mode: 0o600 });
    },
  };
}

export type ZipSink = FileSink & {
  /** Ends the file and puts it under its name, synced; returns its size. */
  finish(): number;
  /** Removes what was begun. */
  abandon(): void;
};

export function intoZip(path: string): ZipSink {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const part = `${path}.part`;
  const file = openSync(part, 'w', 0o600);
  const entries: ZipEntry[] = [];
  let offset = 0;
  const write = (bytes: Buffer) => {
    offset += writeSync(file, bytes);
  };
  return {
    add(name, bytes) {
      if (entries.length === mostZipEntries) throw new Error('A plain zip holds no more files.');
      const entry = entryOf(name, bytes, offset);
      entries.push(entry);
      write(localHeader(entry));
      if (bytes.length > 0) write(bytes);
    },
    finish() {
      write(directory(entries, offset));
      fsyncSync(file);
      closeSync(file);
      renameSync(part, path);
      return offset;
    },
    abandon() {
      closeSync(file);
      rmSync(part, { force: true });
    },
  };
}
