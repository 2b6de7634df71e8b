// A disk of a few megabytes that a test can fill and empty again. Needs root.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type SmallDisk = {
  readonly folder: string;
  /** Takes all that is left, but `spareBytes`. */
  readonly fill: (spareBytes?: number) => void;
  readonly empty: () => void;
  readonly close: () => void;
};

const block = Buffer.alloc(4096, 1);

export function openSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'bright-kitchen-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  const filler = join(folder, 'filler');
  const empty = () => rmSync(filler, { force: true });
  return {
    folder,
    fill(spareBytes = 0) {
      const spare = join(folder, 'spare');
      write(spare, spareBytes);
      write(filler, Number.POSITIVE_INFINITY);
      rmSync(spare, { force: true });
    },
    empty,
    close() {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Until so much is written, or nothing more fits. */
function write(path: string, bytes: number): void {
  const file = openSync(path, 'a');
  try {
    for (let written = 0; written < bytes; written += block.length) writeSync(file, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}
