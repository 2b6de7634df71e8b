// The nodes of a Merkle tree while it is built again: one growing row of hashes for each level.
import type { NodeSource } from './merkle.ts';

const hashBytes = 32;
const firstRoom = 1_024;

export type NodeLevels = {
  readonly node: NodeSource;
  /** How many nodes were put in. */
  readonly count: () => number;
  put(level: number, position: number, hash: Buffer): void;
  /** Whether this very node was put in. */
  has(level: number, position: number, hash: Buffer): boolean;
};

/** A node that was never put in: no hash is all zeroes. */
const nothing = Buffer.alloc(hashBytes);

export function nodeLevels(): NodeLevels {
  const levels: Buffer[] = [];
  let count = 0;
  const node: NodeSource = (level, position) => {
    const at = position * hashBytes;
    const room = levels[level];
    return room === undefined || at + hashBytes > room.length ? nothing : room.subarray(at, at + hashBytes);
  };
  return {
    node,
    count: () => count,
    put(level, position, hash) {
      const end = (position + 1) * hashBytes;
      let room = levels[level] ?? Buffer.alloc(firstRoom * hashBytes);
      if (end > room.length) room = Buffer.concat([room, Buffer.alloc(Math.max(room.length, end - room.length))]);
      levels[level] = room;
      hash.copy(room, position * hashBytes);
      count += 1;
    },
    has: (level, position, hash) => !hash.equals(nothing) && node(level, position).equals(hash),
  };
}
