// Cosignatures (C2SP tlog-cosignature v1): a witness states that it saw a checkpoint, at a time, as an extension of what it saw before.
import type { KeyObject } from 'node:crypto';
import { lineOf, type NamedKey, type Note, signatureLineOf, signText, textIsSigned } from './note.ts';

export type Cosignature = { readonly witness: string /** Unix ms, in whole seconds. */; readonly at: number };

/** The witness's line under a checkpoint's text. */
export function cosign(text: string, key: NamedKey, privateKey: KeyObject, at: number): string {
  const seconds = Math.floor(at / 1_000);
  const stamp = Buffer.alloc(8);
  stamp.writeBigUInt64BE(BigInt(seconds));
  return signatureLineOf(key, Buffer.concat([stamp, signText(cosigned(text, seconds), privateKey)]));
}

/** What the line of this witness states; undefined when there is none, `false` when it does not hold. */
export function readCosignature(note: Note, key: NamedKey): Cosignature | false | undefined {
  const line = lineOf(note, key);
  if (line === undefined) return undefined;
  if (line.signature.length !== 72) return false;
  const seconds = Number(line.signature.readBigUInt64BE(0));
  if (!Number.isSafeInteger(seconds)) return false;
  const holds = textIsSigned(cosigned(note.text, seconds), line.signature.subarray(8), key.key);
  return holds ? { witness: key.name, at: seconds * 1_000 } : false;
}

function cosigned(text: string, seconds: number): string {
  return `cosignature/v1\ntime ${seconds}\n${text}`;
}
