// Signed notes (C2SP signed-note): a text, an empty line, and a line for each key that signed it.
import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';

/** What a signature states: that the text is the log's own, or that a witness saw it at a time. */
export const signatureTypes = { log: 1, witness: 4 } as const;
export type SignatureType = (typeof signatureTypes)[keyof typeof signatureTypes];

/** A public key under its name, as verifiers are given it. */
export type NamedKey = { readonly name: string; readonly type: SignatureType; readonly key: KeyObject };

export type SignatureLine = { readonly name: string; readonly keyId: Buffer; readonly signature: Buffer };
export type Note = { readonly text: string; readonly signatures: readonly SignatureLine[] };

// A witness has to take sixteen; more in one note is nobody's need.
const mostSignatures = 32;
const longestNote = 65_536;
const signatureLine = /^— (?<name>[^\s+]+) (?<bytes>[A-Za-z0-9+/]+={0,2})$/;

/** The note with these lines under its text, which ends in a line end. */
export function noteOf(text: string, lines: readonly string[]): string {
  return `${text}\n${lines.join('')}`;
}

/** Text and signatures of a note, not yet checked; undefined when it is none. */
export function readNote(note: string): Note | undefined {
  const at = note.lastIndexOf('\n\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the standard forbids them by their codes.
  if (note.length > longestNote || at < 1 || !note.endsWith('\n') || /[\0-\x09\x0b-\x1f]/.test(note)) return undefined;
  const lines = note.slice(at + 2, -1).split('\n');
  const signatures = lines.map(readSignatureLine);
  if (lines.length > mostSignatures || signatures.some((line) => line === undefined)) return undefined;
  return { text: note.slice(0, at + 1), signatures: signatures.filter((line) => line !== undefined) };
}

export function readSignatureLine(line: string): SignatureLine | undefined {
  const { name, bytes } = signatureLine.exec(line)?.groups ?? {};
  const decoded = base64(bytes ?? '');
  if (name === undefined || decoded === undefined || decoded.length < 5) return undefined;
  return { name, keyId: decoded.subarray(0, 4), signature: decoded.subarray(4) };
}

/** `— name base64(key id, signature)` and a line end. */
export function signatureLineOf(key: NamedKey, signature: Buffer): string {
  return `— ${key.name} ${Buffer.concat([keyId(key), signature]).toString('base64')}\n`;
}

/** Whether one of the lines is this key's, by name and id. */
export function lineOf({ signatures }: Note, key: NamedKey): SignatureLine | undefined {
  const id = keyId(key);
  return signatures.find((line) => line.name === key.name && line.keyId.equals(id));
}

/** The first four bytes of SHA-256(name, line end, type, raw public key). */
export function keyId(key: NamedKey): Buffer {
  const typed = Buffer.concat([Buffer.from(`${key.name}\n`), Buffer.of(key.type), rawKey(key.key)]);
  return hash('sha256', typed, 'buffer').subarray(0, 4);
}

/** `name+id+base64(type, raw key)`: how a key is handed to whoever checks with it. */
export function verifierKey(key: NamedKey): string {
  const material = Buffer.concat([Buffer.of(key.type), rawKey(key.key)]).toString('base64');
  return `${key.name}+${keyId(key).toString('hex')}+${material}`;
}

/** Undefined for anything that is no Ed25519 key of a log or a witness, or whose id does not fit. */
export function readVerifierKey(text: string): NamedKey | undefined {
  const { name, id, material } =
    /^(?<name>[^\s+]+)\+(?<id>[0-9a-f]{8})\+(?<material>[A-Za-z0-9+/=]+)$/.exec(text)?.groups ?? {};
  const bytes = base64(material ?? '');
  const type = Object.values(signatureTypes).find((known) => known === bytes?.[0]);
  if (name === undefined || bytes?.length !== 33 || type === undefined) return undefined;
  const key = { name, type, key: publicKeyOf(bytes.subarray(1)) };
  return keyId(key).toString('hex') === id ? key : undefined;
}

export function signText(text: string, privateKey: KeyObject): Buffer {
  return sign(null, Buffer.from(text), privateKey);
}

export function textIsSigned(text: string, signature: Buffer, key: KeyObject): boolean {
  return signature.length === 64 && verify(null, Buffer.from(text), key, signature);
}

/** Standard base64 without spare bits, so that one text stands for one value. */
export function base64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text && text !== '' ? bytes : undefined;
}

const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');

function rawKey(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' }).subarray(spkiHead.length);
}

function publicKeyOf(raw: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([spkiHead, raw]), format: 'der', type: 'spki' });
}
