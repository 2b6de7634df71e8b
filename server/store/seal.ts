// Seals a secret into the database so that it opens only in its own table, row and column.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export type SealedPlace = { readonly table: string; readonly row: number; readonly column: string };

const ivBytes = 12;
const tagBytes = 16;

/** AES-256-GCM; base64 of iv, tag and text. `key` has 32 bytes. */
export function seal(key: Buffer, place: SealedPlace, text: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(placeBytes(place));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
}

/** Throws when the value was changed or taken from another place. */
export function unseal(key: Buffer, place: SealedPlace, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes)).setAAD(placeBytes(place));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
}

function placeBytes({ table, row, column }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([table, row, column]));
}
