// A witness judges checkpoints: it signs what only grew since it last signed, and says why it signs nothing else.
import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { ledgerKeyOf, originOf, type ReadCheckpoint, signCheckpoint } from '../../../server/ledger/checkpoint.ts';
import { readCosignature } from '../../../server/ledger/cosignature.ts';
import { completedNodes, consistencyProof, hashLeaf, treeRoot } from '../../../server/ledger/merkle.ts';
import { nodeLevels } from '../../../server/ledger/node-levels.ts';
import { noteOf, readNote, signatureTypes } from '../../../server/ledger/note.ts';
import { judgeCheckpoint } from '../../../server/witness/judge-checkpoint.ts';

const log = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const own = generateKeyPairSync('ed25519');
const key = { name: 'witness.example', type: signatureTypes.witness, key: own.publicKey };
const witness = { key, privateKey: own.privateKey, logs: [ledgerKeyOf(log.publicKey)] };
const at = Date.UTC(2026, 10, 30, 12);

/** A ledger whose entries are these words. */
function ledgerOf(words: readonly string[]) {
  const levels = nodeLevels();
  for (const [seq, word] of words.entries())
    for (const { level, position, hash } of completedNodes(seq, hashLeaf(word), levels.node))
      levels.put(level, position, hash);
  const root = (size: number) => treeRoot(size, levels.node);
  return {
    root,
    note: (size: number, keys = log) => signCheckpoint({ size, root: root(size) }, keys.privateKey, keys.publicKey),
    proof: (older: number, newer: number) =>
      consistencyProof(older, newer, levels.node).map((hash) => `${hash.toString('base64')}\n`),
  };
}

const honest = ledgerOf(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
const forged = ledgerOf(['a', 'B', 'c', 'd', 'e', 'f', 'g']);
const ask = (
  {
    old,
    size,
    from = honest,
    note = from.note(size),
  }: { old: number; size: number; from?: typeof honest; note?: string },
  last: { size: number; root: Buffer } | undefined,
) => judgeCheckpoint(witness, `old ${old}\n${from.proof(old, size).join('')}\n${note}`, () => last, at);
const signed = (size: number) => ({ size, root: honest.root(size) });

it('signs the first checkpoint it sees, with its own time, in a line that holds under the note', () => {
  const { answer, signed: kept } = ask({ old: 0, size: 3 }, undefined);
  expect(answer.status).toBe(200);
  const note = readNote(noteOf((kept as ReadCheckpoint).text, [answer.body]));
  expect(note && readCosignature(note, key)).toEqual({ witness: 'witness.example', at });
});

it.each([
  [1, 2],
  [3, 4],
  [3, 7],
  [4, 7],
  [7, 7],
])('signs a ledger that grew from %i to %i', (old, size) => {
  expect(ask({ old, size }, signed(old)).answer.status).toBe(200);
});

it.each([
  ['a rewritten entry', { old: 3, size: 7, from: forged }, 422],
  ['a rewritten entry under the same length', { old: 7, size: 7, from: forged }, 409],
  ['a ledger that claims it saw less', { old: 0, size: 7 }, 409],
  ['a ledger that became shorter', { old: 3, size: 3 }, 409],
  ['a proof of another stretch', { old: 3, size: 7, note: honest.note(6) }, 422],
  ['a checkpoint that somebody else signed', { old: 3, size: 7, note: honest.note(7, stranger) }, 404],
  [
    'a checkpoint under the name of the ledger, signed by somebody else',
    {
      old: 3,
      size: 7,
      note: honest.note(7, stranger).replaceAll(originOf(stranger.publicKey), originOf(log.publicKey)),
    },
    403,
  ],
  ['an old size beyond the checkpoint', { old: 3, size: 3, note: honest.note(2) }, 400],
  ['no checkpoint at all', { old: 3, size: 7, note: 'hello\n' }, 400],
] as const)('signs not %s', (_what, asked, status) => {
  const last = asked.size === 3 && !('note' in asked) ? signed(7) : signed(asked.old === 0 ? 3 : asked.old);
  const { answer, signed: kept } = ask(asked, last);
  expect(answer.status).toBe(status);
  expect(answer.body).not.toContain('witness.example');
  expect(kept).toBeUndefined();
});

it('tells a server that has lost what was signed how far that was', () => {
  const { answer } = ask({ old: 0, size: 7 }, signed(3));
  expect(answer).toEqual({ status: 409, body: '3\n', type: 'text/x.tlog.size' });
});
