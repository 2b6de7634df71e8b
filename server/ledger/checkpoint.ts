// A checkpoint (C2SP tlog-checkpoint): the signed statement of how long the ledger was at a moment, and its root.
import { createHash, type KeyObject } from 'node:crypto';
import {
  base64,
  lineOf,
  type NamedKey,
  noteOf,
  readNote,
  signatureLineOf,
  signatureTypes,
  signText,
  textIsSigned,
} from './note.ts';

export type Checkpoint = { readonly size: number; readonly root: Buffer };
/** `text`: what is signed, line ends and all. */
export type ReadCheckpoint = Checkpoint & { readonly origin: string; readonly text: string };

const family = 'bright-kitchen/ledger';
const size = /^(?:0|[1-9]\d{0,14})$/;

/** The name under which this ledger signs: no two ledgers have the same key, so no two have the same origin. */
export function originOf(publicKey: KeyObject): string {
  return `${family}/${createHash('sha256').update(derOf(publicKey)).digest('hex').slice(0, 16)}`;
}

/** The ledger's key under its origin. */
export function ledgerKeyOf(publicKey: KeyObject): NamedKey {
  return { name: originOf(publicKey), type: signatureTypes.log, key: publicKey };
}

export function signCheckpoint({ size, root }: Checkpoint, privateKey: KeyObject, publicKey: KeyObject): string {
  const key = ledgerKeyOf(publicKey);
  const text = `${key.name}\n${size}\n${root.toString('base64')}\n`;
  return noteOf(text, [signatureLineOf(key, signText(text, privateKey))]);
}

/** What a note states, or undefined when it is no checkpoint that `publicKey` signed. Other keys' lines are left alone. */
export function readCheckpoint(note: string, publicKey: KeyObject): ReadCheckpoint | undefined {
  const read = readNote(note);
  const stated = read && checkpointIn(read.text);
  if (read === undefined || stated === undefined) return undefined;
  if (stated.origin === family) return readFirstForm(note, stated, publicKey);
  const line = lineOf(read, ledgerKeyOf(publicKey));
  return line !== undefined && textIsSigned(stated.text, line.signature, publicKey) ? stated : undefined;
}

/** The three lines of a checkpoint's text, whoever signed it. */
export function checkpointIn(text: string): ReadCheckpoint | undefined {
  const [origin = '', sizeLine = '', rootLine = ''] = text.split('\n');
  const root = base64(rootLine);
  if (origin === '' || !size.test(sizeLine) || root?.length !== 32) return undefined;
  return { origin, size: Number(sizeLine), root, text };
}

/** Until 0.1 a checkpoint had its time as a fourth line, one origin for all ledgers, and a key id over the DER form. */
function readFirstForm(note: string, stated: ReadCheckpoint, publicKey: KeyObject): ReadCheckpoint | undefined {
  const line = readNote(note)?.signatures[0];
  const id = createHash('sha256').update(`${family}\n`).update(derOf(publicKey)).digest().subarray(0, 4);
  const holds = line?.name === family && line.keyId.equals(id) && textIsSigned(stated.text, line.signature, publicKey);
  return holds ? stated : undefined;
}

function derOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' });
}
