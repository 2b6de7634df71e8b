// What a witness answers to a checkpoint (C2SP tlog-witness): its signature, if the ledger only grew since it last signed.

import type { KeyObject } from 'node:crypto';
import { type ReadCheckpoint, readCheckpoint } from '../ledger/checkpoint.ts';
import { cosign } from '../ledger/cosignature.ts';
import { emptyRoot, verifyConsistency } from '../ledger/merkle.ts';
import { base64, type NamedKey, readNote } from '../ledger/note.ts';

/** What the witness signed last for one ledger. */
export type SignedLast = { readonly size: number; readonly root: Buffer };

export type WitnessAnswer = {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly body: string;
  readonly type?: string;
};
/** `signed`: to be kept before the answer is given. */
export type Judged = { readonly answer: WitnessAnswer; readonly signed?: ReadCheckpoint };

export type Witness = {
  readonly key: NamedKey;
  readonly privateKey: KeyObject;
  /** The ledgers it signs for, by their origin. */
  readonly logs: readonly NamedKey[];
};

const mostProof = 63;
const sizeType = 'text/x.tlog.size';

/** `lastOf` gives what was signed last for an origin. Pure: the caller keeps what was signed, then answers. */
export function judgeCheckpoint(
  witness: Witness,
  request: string,
  lastOf: (origin: string) => SignedLast | undefined,
  at: number,
): Judged {
  const asked = readRequest(request);
  if (asked === undefined) return refuse(400, 'This is no add-checkpoint request.\n');
  const { old, proof, note, origin } = asked;
  const log = witness.logs.find(({ name }) => name === origin);
  if (log === undefined) return refuse(404, 'No ledger of this name is watched here.\n');
  const stated = readCheckpoint(note, log.key);
  if (stated === undefined) return refuse(403, 'The signature of the ledger does not hold.\n');
  const last = lastOf(origin) ?? { size: 0, root: emptyRoot };
  if (old > stated.size) return refuse(400, 'The old size is beyond the checkpoint.\n');
  if (old !== last.size) return conflict(last.size);
  if (old === stated.size && !stated.root.equals(last.root)) return conflict(last.size);
  if (stated.size === 0 && !stated.root.equals(emptyRoot)) return refuse(422, 'An empty ledger has another root.\n');
  if (!verifyConsistency(last, stated, proof))
    return refuse(422, 'The ledger is no extension of what was signed before.\n');
  return { answer: { status: 200, body: cosign(stated.text, witness.key, witness.privateKey, at) }, signed: stated };
}

type Asked = { readonly old: number; readonly proof: Buffer[]; readonly note: string; readonly origin: string };

function readRequest(request: string): Asked | undefined {
  const end = request.indexOf('\n\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = request.slice(0, end).split('\n');
  const old = /^old (0|[1-9]\d{0,14})$/.exec(first)?.[1];
  const proof = lines.map((line) => base64(line));
  const note = request.slice(end + 2);
  const text = readNote(note)?.text;
  if (old === undefined || text === undefined || lines.length > mostProof) return undefined;
  if (proof.some((hash) => hash?.length !== 32)) return undefined;
  return {
    old: Number(old),
    proof: proof.filter((hash) => hash !== undefined),
    note,
    origin: text.split('\n')[0] ?? '',
  };
}

function conflict(size: number): Judged {
  return { answer: { status: 409, body: `${size}\n`, type: sizeType } };
}

function refuse(status: WitnessAnswer['status'], body: string): Judged {
  return { answer: { status, body } };
}
