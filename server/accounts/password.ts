// Hashes and checks passwords with scrypt, two at a time so that sign-ins cannot exhaust memory.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

// OWASP's scrypt figures: 128 MB a hash at N = 2^17; 2^15 with p = 3 asks the same work of 32 MB.
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 } as const;
const keyBytes = 32;
const atOnce = 2;

let running = 0;
const waiting: (() => void)[] = [];

/** A PHC string of the password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt);
  return `$scrypt$ln=15,r=8,p=3$${salt.toString('base64')}$${key.toString('base64')}`;
}

/** Whether `password` fits `hash`; takes as long when there is no hash, so that a missing account does not show. */
export async function passwordFits(password: string, hash: string | null | undefined): Promise<boolean> {
  const [, , , salt, key] = (hash ?? decoy).split('$');
  const derived = await derive(password, Buffer.from(salt ?? '', 'base64'));
  const kept = Buffer.from(key ?? '', 'base64');
  return kept.length === derived.length && timingSafeEqual(kept, derived) && hash != null;
}

const decoy = `$scrypt$ln=15,r=8,p=3$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(keyBytes).toString('base64')}`;

async function derive(password: string, salt: Buffer): Promise<Buffer> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    return await new Promise((resolve, reject) =>
      scrypt(password.normalize('NFKC'), salt, keyBytes, cost, (error, key) => (error ? reject(error) : resolve(key))),
    );
  } finally {
    running--;
    waiting.shift()?.();
  }
}
