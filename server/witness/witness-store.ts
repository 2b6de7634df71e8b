// Keeps a witness's own key and what it signed last for each ledger: two small files of its own, on disk before it answers.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SignedLast } from './judge-checkpoint.ts';

export type WitnessStore = {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  lastOf(origin: string): (SignedLast & { readonly note: string }) | undefined;
  /** On disk when it returns. `note`: the checkpoint with this witness's signature. */
  keep(origin: string, signed: SignedLast, note: string): void;
};

const shape = z.record(z.string(), z.object({ size: z.number().int().min(0), root: z.string(), note: z.string() }));

/** Throws when a file is damaged: a witness that forgot what it signed would sign anything. */
export function openWitnessStore(folder: string): WitnessStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [keyPath, path] = [join(folder, 'witness-key.pem'), join(folder, 'signed.json')];
  // The list before the key: with a key and no list, what was signed has been forgotten.
  if (!existsSync(keyPath) && !existsSync(path)) writeSynced(folder, path, '{}');
  const kept = new Map(Object.entries(shape.parse(JSON.parse(readFileSync(path, 'utf8')))));
  const privateKey = keyOf(keyPath);
  return {
    privateKey,
    publicKey: createPublicKey(privateKey),
    lastOf(origin) {
      const found = kept.get(origin);
      return found === undefined ? undefined : { ...found, root: Buffer.from(found.root, 'base64') };
    },
    keep(origin, { size, root }, note) {
      const next = new Map(kept).set(origin, { size, root: root.toString('base64'), note });
      writeSynced(folder, path, JSON.stringify(Object.fromEntries(next), null, 1));
      kept.set(origin, { size, root: root.toString('base64'), note });
    },
  };
}

function keyOf(path: string): KeyObject {
  if (!existsSync(path)) {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(path, pem, { mode: 0o600, flag: 'wx' });
  }
  return createPrivateKey(readFileSync(path, 'utf8'));
}

function writeSynced(folder: string, path: string, text: string): void {
  const aside = `${path}.part`;
  const file = openSync(aside, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(aside, path);
  const directory = openSync(folder, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
