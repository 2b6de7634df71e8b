// The Merkle tree against RFC 6962's own definition, written again in the plainest way.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  completedNodes,
  consistencyProof,
  hashChildren,
  hashLeaf,
  inclusionProof,
  treeRoot,
  verifyInclusion,
} from '../../../server/ledger/merkle.ts';

function plainRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest();
  if (leaves.length === 1) return leaves[0]!;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return hashChildren(plainRoot(leaves.slice(0, split)), plainRoot(leaves.slice(split)));
}

function grow(count: number) {
  const leaves = Array.from({ length: count }, (_, seq) => hashLeaf(`entry ${seq}`));
  const nodes = new Map<string, Buffer>();
  const node = (level: number, position: number) => {
    const hash = nodes.get(`${level}/${position}`);
    if (hash === undefined) throw new Error('incomplete');
    return hash;
  };
  for (const [seq, leaf] of leaves.entries()) {
    for (const complete of completedNodes(seq, leaf, node))
      nodes.set(`${complete.level}/${complete.position}`, complete.hash);
  }
  return { leaves, node };
}

/** RFC 9162 §2.1.4.2, as it stands there. */
function consistent(
  first: number,
  second: number,
  proof: readonly Buffer[],
  firstRoot: Buffer,
  secondRoot: Buffer,
): boolean {
  const path = Number.isInteger(Math.log2(first)) ? [firstRoot, ...proof] : [...proof];
  let fn = first - 1;
  let sn = second - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  let fr = path[0]!;
  let sr = path[0]!;
  for (const c of path.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = hashChildren(c, fr);
      sr = hashChildren(c, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      sr = hashChildren(sr, c);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return fr.equals(firstRoot) && sr.equals(secondRoot) && sn === 0;
}

describe('the ledger is an RFC 6962 tree', () => {
  it('has the roots of the RFC for every size up to 70', () => {
    const { leaves, node } = grow(70);
    for (let size = 0; size <= 70; size++) expect(treeRoot(size, node)).toEqual(plainRoot(leaves.slice(0, size)));
  });

  it('every entry is proved to be in every later tree, and nothing else is', () => {
    const { leaves, node } = grow(64);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.nat(63), fc.nat(63), (size, at, other) => {
        const seq = at % size;
        const proof = inclusionProof(seq, size, node);
        const root = treeRoot(size, node);
        expect(verifyInclusion(leaves[seq]!, seq, size, proof, root)).toBe(true);
        if (other !== seq) expect(verifyInclusion(leaves[other]!, seq, size, proof, root)).toBe(false);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('an older ledger is proved to be the beginning of a newer one', () => {
    const { node } = grow(64);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 63 }), fc.integer({ min: 1, max: 63 }), (a, b) => {
        const [older, newer] = a < b ? [a, b] : [b, a + 1];
        if (older === newer) return;
        const proof = consistencyProof(older, newer, node);
        expect(consistent(older, newer, proof, treeRoot(older, node), treeRoot(newer, node))).toBe(true);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});
