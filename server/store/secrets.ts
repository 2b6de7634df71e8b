// Keeps the server's own keys in one 0600 file of the data directory, made on first start.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export type Secrets = {
  /** 32 bytes for AES-256-GCM. */
  readonly sealKey: Buffer;
  /** 32 bytes for HMAC-SHA-256 of picture addresses. */
  readonly linkKey: Buffer;
  /** Ed25519, signs the ledger's checkpoints. */
  readonly ledgerKey: KeyObject;
  readonly ledgerPublicKey: KeyObject;
};

const shape = z.object({ sealKey: z.string(), linkKey: z.string(), ledgerKey: z.string() });

/** Reads the keys of `dataDir`, making them when there are none. Throws when the file is damaged: new keys would unseal nothing. */
export function openSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json');
  if (!existsSync(path)) writeFileSync(path, JSON.stringify(freshSecrets(), null, 2), { mode: 0o600, flag: 'wx' });
  const kept = shape.parse(JSON.parse(readFileSync(path, 'utf8')));
  const ledgerKey = createPrivateKey(kept.ledgerKey);
  return {
    sealKey: Buffer.from(kept.sealKey, 'base64'),
    linkKey: Buffer.from(kept.linkKey, 'base64'),
    ledgerKey,
    ledgerPublicKey: createPublicKey(ledgerKey),
  };
}

/** What a worker is given: it opens the jobs sealed for workers, and nothing that lies in the database. */
export function workerKeyOf({ sealKey }: Pick<Secrets, 'sealKey'>): Buffer {
  return Buffer.from(hkdfSync('sha256', sealKey, Buffer.alloc(0), 'bright-kitchen worker', 32));
}

function freshSecrets(): z.infer<typeof shape> {
  return {
    sealKey: randomBytes(32).toString('base64'),
    linkKey: randomBytes(32).toString('base64'),
    ledgerKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
