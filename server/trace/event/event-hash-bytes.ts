// The bytes of an event's hash, as its row keeps them.

/** The 32 bytes in `ni:///sha-256;<hex>?ver=CBV2.0`. */
export function hashBytes(hash: string): Buffer {
  return Buffer.from(hash.slice(hash.indexOf(';') + 1, hash.indexOf(';') + 65), 'hex');
}
