// The Merkle tree against RFC 6962's own definition, written again in the plainest way, and against its published answers.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  completedNodes,
  consistencyProof,
  emptyRoot,
  hashChildren,
  hashLeaf,
  inclusionProof,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from '../../../server/ledger/merkle.ts';

const sha256 = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** RFC 6962 §2.1, without a word of the code's own: leaves as data. */
function plainRoot(data: readonly Buffer[]): Buffer {
  if (data.length === 0) return sha256();
  if (data.length === 1) return sha256(Buffer.of(0), data[0]!);
  let split = 1;
  while (split * 2 < data.length) split *= 2;
  return sha256(Buffer.of(1), plainRoot(data.slice(0, split)), plainRoot(data.slice(split)));
}

function grow(data: readonly Buffer[]) {
  const leaves = data.map((one) => hashLeaf(one));
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
  return { data, leaves, node };
}

const entries = (count: number) => Array.from({ length: count }, (_, seq) => Buffer.from(`entry ${seq}`));

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
    const { data, node } = grow(entries(70));
    for (let size = 0; size <= 70; size++) expect(treeRoot(size, node)).toEqual(plainRoot(data.slice(0, size)));
  });

  it('every entry is proved to be in every later tree, and nothing else is', () => {
    const { leaves, node } = grow(entries(64));
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
    const { node } = grow(entries(64));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 63 }), fc.integer({ min: 1, max: 63 }), (a, b) => {
        const [older, newer] = a < b ? [a, b] : [b, a + 1];
        const proof = consistencyProof(older, newer, node);
        expect(consistent(older, newer, proof, treeRoot(older, node), treeRoot(newer, node))).toBe(true);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('no path that is cut or stretched proves anything, for any leaf of any tree', () => {
    const { leaves, node } = grow(entries(17));
    for (let size = 1; size <= 17; size++) {
      const root = treeRoot(size, node);
      for (let seq = 0; seq < size; seq++) {
        const path = inclusionProof(seq, size, node);
        const holds = (changed: readonly Buffer[], top = root) =>
          verifyInclusion(leaves[seq]!, seq, size, changed, top);
        expect(holds(path)).toBe(true);
        for (let length = 0; length < path.length; length++) {
          expect(holds(path.slice(0, length))).toBe(false);
          // Not even when the root offered is the one that the cut path leads to.
          expect(holds(path.slice(0, length), climbed(leaves[seq]!, seq, size, path.slice(0, length)))).toBe(false);
        }
        expect(holds([...path, root])).toBe(false);
        expect(verifyInclusion(leaves[seq]!, size, size, path, root)).toBe(false);
        expect(verifyInclusion(leaves[seq]!, -1, size, path, root)).toBe(false);
      }
    }
  });

  it('a witness takes the proof of every older ledger, and no proof that is cut, stretched, or of another ledger or size', () => {
    const { node } = grow(entries(17));
    const other = grow(entries(17).reverse()).node;
    const at = (size: number) => ({ size, root: treeRoot(size, node) });
    for (let newer = 1; newer <= 17; newer++) {
      for (let older = 0; older <= newer; older++) {
        const proof = consistencyProof(older, newer, node);
        const takes = (changed: readonly Buffer[], from = at(older), to = at(newer)) =>
          verifyConsistency(from, to, changed);
        const where = `${older} of ${newer}`;
        expect(takes(proof), where).toBe(true);
        expect(takes([...proof, at(newer).root]), where).toBe(false);
        if (older === 0) continue;
        for (let length = 0; length < proof.length; length++) expect(takes(proof.slice(0, length)), where).toBe(false);
        expect(takes(proof, { size: older, root: treeRoot(older, other) }), where).toBe(false);
        expect(takes(proof, at(older), { size: newer, root: treeRoot(newer, other) }), where).toBe(false);
        expect(takes(proof, at(newer), at(older)), where).toBe(older === newer);
        // The same roots under another size: a ledger that is longer than it says.
        if (older < newer) expect(takes(proof, { ...at(older), size: newer }), where).toBe(false);
        if (older > 1) expect(takes(proof, { ...at(older), size: older - 1 }), where).toBe(false);
      }
    }
  });

  it('asks for no proof of what is not there', () => {
    const { node } = grow(entries(4));
    expect(() => inclusionProof(4, 4, node)).toThrow(RangeError);
    expect(() => inclusionProof(-1, 4, node)).toThrow(RangeError);
    expect(() => consistencyProof(4, 3, node)).toThrow(RangeError);
    expect(() => consistencyProof(-1, 3, node)).toThrow('The older tree is larger');
    expect([consistencyProof(0, 4, node), consistencyProof(4, 4, node)]).toEqual([[], []]);
  });
});

/** Where a path leads, whatever its length: each sibling is put on the side that RFC 9162 §2.1.3.2 says. */
function climbed(leaf: Buffer, seq: number, size: number, path: readonly Buffer[]): Buffer {
  let [hash, place, last] = [leaf, seq, size - 1];
  for (const sibling of path) {
    const isRight = place % 2 === 1 || place === last;
    hash = isRight ? sha256(Buffer.of(1), sibling, hash) : sha256(Buffer.of(1), hash, sibling);
    while (isRight && place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return hash;
}

describe('the answers that Certificate Transparency publishes for eight entries', () => {
  const given = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  // Grown inside each test: what is built while a file is read is there before a fault is put in.
  const known = () => grow(given.map((one) => Buffer.from(one, 'hex')));
  const hex = (hashes: readonly Buffer[]) => hashes.map((one) => one.toString('hex'));

  it('the empty tree, and the root after each entry', () => {
    const { leaves, node } = known();
    expect(emptyRoot.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hex(given.map((_, index) => treeRoot(index + 1, node)))).toEqual([
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ]);
    expect(hashLeaf('').equals(leaves[0]!)).toBe(true);
    expect(hashLeaf('\u0010').equals(leaves[2]!)).toBe(true);
    expect(leaves[0]!.toString('hex')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  });

  it('the path of the sixth entry among eight, and of the second among five', () => {
    const { node } = known();
    expect(hex(inclusionProof(5, 8, node))).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(hex(inclusionProof(1, 5, node))).toEqual([
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ]);
  });

  it('that six are the beginning of eight, and two of five', () => {
    const { node } = known();
    expect(hex(consistencyProof(6, 8, node))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(hex(consistencyProof(2, 5, node))).toEqual([
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ]);
  });
});
