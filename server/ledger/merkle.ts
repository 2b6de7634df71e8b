// RFC 6962 Merkle tree hashing: leaves, roots, inclusion and consistency proofs, over any source of nodes.
import { hash } from 'node:crypto';

/** Gives the hash of the complete subtree at `level` (0 = leaf) and `position`. */
export type NodeSource = (level: number, position: number) => Buffer;

export const emptyRoot: Buffer = sha256(Buffer.alloc(0));

const leafMark = Buffer.of(0);
const nodeMark = Buffer.of(1);

function sha256(bytes: Buffer): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** RFC 6962 §2.1: the leaf prefix keeps a leaf from posing as a node. */
export function hashLeaf(data: Buffer | string): Buffer {
  return sha256(Buffer.concat([leafMark, typeof data === 'string' ? Buffer.from(data) : data]));
}

export function hashChildren(left: Buffer, right: Buffer): Buffer {
  return sha256(Buffer.concat([nodeMark, left, right]));
}

/** The nodes that become complete when leaf number `seq` (from 0) is added, the leaf first. */
export function completedNodes(
  seq: number,
  leaf: Buffer,
  node: NodeSource,
): { level: number; position: number; hash: Buffer }[] {
  const nodes = [{ level: 0, position: seq, hash: leaf }];
  let hash = leaf;
  for (let level = 0, position = seq; position % 2 === 1; level++, position = (position - 1) / 2) {
    hash = hashChildren(node(level, position - 1), hash);
    nodes.push({ level: level + 1, position: (position - 1) / 2, hash });
  }
  return nodes;
}

/** The root over the first `size` leaves. */
export function treeRoot(size: number, node: NodeSource): Buffer {
  return size === 0 ? emptyRoot : rangeRoot(0, size, node);
}

/** RFC 6962 §2.1.1: the audit path of leaf `seq` in the tree of the first `size` leaves, lowest first. */
export function inclusionProof(seq: number, size: number, node: NodeSource): Buffer[] {
  if (seq < 0 || seq >= size) throw new RangeError('The leaf is not in the tree.');
  return auditPath(seq, 0, size, node);
}

/** RFC 6962 §2.1.2: proves that the tree of `older` leaves is a prefix of the tree of `newer`. */
export function consistencyProof(older: number, newer: number, node: NodeSource): Buffer[] {
  if (older < 0 || older > newer) throw new RangeError('The older tree is larger than the newer.');
  return older === 0 || older === newer ? [] : subproof(older, 0, newer, true, node);
}

/** Whether `path` leads from `leaf` at `seq` to `root` in a tree of `size` leaves. */
export function verifyInclusion(
  leaf: Buffer,
  seq: number,
  size: number,
  path: readonly Buffer[],
  root: Buffer,
): boolean {
  if (seq < 0 || seq >= size) return false;
  let hash = leaf;
  let place = seq;
  let last = size - 1;
  for (const sibling of path) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      hash = hashChildren(sibling, hash);
      while (place % 2 === 0 && place !== 0) {
        place /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = hashChildren(hash, sibling);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && hash.equals(root);
}

/** Whether `proof` shows that the tree of `newer` leaves under `newerRoot` begins with that of `older` under `olderRoot` (RFC 9162 §2.1.4.2). */
export function verifyConsistency(
  older: { readonly size: number; readonly root: Buffer },
  newer: { readonly size: number; readonly root: Buffer },
  proof: readonly Buffer[],
): boolean {
  if (older.size > newer.size) return false;
  if (older.size === 0) return proof.length === 0;
  if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root);
  const path = Number.isInteger(Math.log2(older.size)) ? [older.root, ...proof] : [...proof];
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let [place, last] = [older.size - 1, newer.size - 1];
  for (; place % 2 === 1; place = (place - 1) / 2) last = Math.floor(last / 2);
  let [olderHash, newerHash] = [first, first];
  for (const step of rest) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      olderHash = hashChildren(step, olderHash);
      newerHash = hashChildren(step, newerHash);
      for (; place % 2 === 0 && place !== 0; place /= 2) last = Math.floor(last / 2);
    } else {
      newerHash = hashChildren(newerHash, step);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && olderHash.equals(older.root) && newerHash.equals(newer.root);
}

function rangeRoot(start: number, size: number, node: NodeSource): Buffer {
  const level = Math.log2(size);
  if (Number.isInteger(level) && start % size === 0) return node(level, start / size);
  const left = largestPowerBelow(size);
  return hashChildren(rangeRoot(start, left, node), rangeRoot(start + left, size - left, node));
}

function auditPath(seq: number, start: number, size: number, node: NodeSource): Buffer[] {
  if (size === 1) return [];
  const left = largestPowerBelow(size);
  return seq < start + left
    ? [...auditPath(seq, start, left, node), rangeRoot(start + left, size - left, node)]
    : [...auditPath(seq, start + left, size - left, node), rangeRoot(start, left, node)];
}

function subproof(older: number, start: number, size: number, known: boolean, node: NodeSource): Buffer[] {
  if (older === size) return known ? [] : [rangeRoot(start, size, node)];
  const left = largestPowerBelow(size);
  return older <= left
    ? [...subproof(older, start, left, known, node), rangeRoot(start + left, size - left, node)]
    : [...subproof(older - left, start + left, size - left, false, node), rangeRoot(start, left, node)];
}

function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
