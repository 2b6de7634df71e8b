// A checkpoint: the signed statement of how long the ledger was at a moment, and its root.
import { createHash, type KeyObject, sign, verify } from 'node:crypto';

export type Checkpoint = { readonly size: number; readonly root: Buffer; readonly at: number };

const origin = 'bright-kitchen/ledger';

/** A signed note: origin, size, root in base64, time, empty line, `— origin keyhash+signature` (as transparency logs write it). */
export function signCheckpoint(checkpoint: Checkpoint, privateKey: KeyObject, publicKey: KeyObject): string {
  const text = checkpointText(checkpoint);
  const signature = Buffer.concat([keyId(publicKey), sign(null, Buffer.from(text), privateKey)]);
  return `${text}\n— ${origin} ${signature.toString('base64')}\n`;
}

/** What a note states, or undefined when its signature does not hold under `publicKey`. */
export function readCheckpoint(note: string, publicKey: KeyObject): Checkpoint | undefined {
  const parts =
    /^(?<text>[^\n]+\n(?<size>\d+)\n(?<root>[A-Za-z0-9+/=]+)\n(?<at>\d+)\n)\n— [^\n ]+ (?<signature>[A-Za-z0-9+/=]+)\n$/.exec(
      note,
    )?.groups;
  if (parts === undefined) return undefined;
  const signature = Buffer.from(parts['signature'] ?? '', 'base64').subarray(4);
  if (!verify(null, Buffer.from(parts['text'] ?? ''), publicKey, signature)) return undefined;
  return { size: Number(parts['size']), root: Buffer.from(parts['root'] ?? '', 'base64'), at: Number(parts['at']) };
}

function checkpointText({ size, root, at }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n${at}\n`;
}

function keyId(publicKey: KeyObject): Buffer {
  const raw = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(`${origin}\n`).update(raw).digest().subarray(0, 4);
}
