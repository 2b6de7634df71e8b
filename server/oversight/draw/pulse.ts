// A pulse of NIST's beacon: what its RSA signature is over, what its value is the hash of, and whose certificate signed it.
import { createHash, verify, X509Certificate } from 'node:crypto';
import { z } from 'zod';

const hex = (mostBytes: number) =>
  z
    .string()
    .max(mostBytes * 2)
    .regex(/^([0-9a-f]{2})+$/i);
const number = z.int().nonnegative();
const short = number.max(0xffff_ffff);

/** As the beacon gives it (NISTIR 8213), without its signature and value. Suite 0 is RSA with SHA-512. */
export const pulseSchema = z.object({
  uri: z.string().max(300),
  version: z.string().max(40),
  cipherSuite: z.literal(0),
  period: short,
  certificateId: hex(64),
  chainIndex: number,
  pulseIndex: number,
  timeStamp: z.string().max(40),
  localRandomValue: hex(64),
  external: z.object({ sourceId: hex(64), statusCode: short, value: hex(64) }),
  listValues: z.array(z.object({ type: z.string().max(20), value: hex(64) })).max(10),
  precommitmentValue: hex(64),
  statusCode: short,
});
export type Pulse = z.infer<typeof pulseSchema>;

/** The value of a pulse: SHA-512 over what is signed and the signature, hex. */
export function pulseValue(pulse: Pulse, signature: string): string {
  return createHash('sha512').update(signedBytes(pulse)).update(Buffer.from(signature, 'hex')).digest('hex');
}

/** The fields in their order; texts and values with their length before them, numbers in four bytes, indexes in eight. */
function signedBytes(pulse: Pulse): Buffer {
  const { external, listValues } = pulse;
  return Buffer.concat([
    ...measured(Buffer.from(pulse.uri)),
    ...measured(Buffer.from(pulse.version)),
    four(pulse.cipherSuite),
    four(pulse.period),
    ...ofHex(pulse.certificateId),
    eight(pulse.chainIndex),
    eight(pulse.pulseIndex),
    ...measured(Buffer.from(pulse.timeStamp)),
    ...ofHex(pulse.localRandomValue),
    ...ofHex(external.sourceId),
    four(external.statusCode),
    ...ofHex(external.value),
    ...listValues.flatMap(({ value }) => ofHex(value)),
    ...ofHex(pulse.precommitmentValue),
    four(pulse.statusCode),
  ]);
}

function ofHex(text: string): Buffer[] {
  return measured(Buffer.from(text, 'hex'));
}

function measured(bytes: Buffer): Buffer[] {
  return [four(bytes.length), bytes];
}

function four(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function eight(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** How NIST names a certificate: the SHA-512 of its bytes. Undefined: this is none. */
export function certificateId(pem: string): string | undefined {
  const read = certificateOf(pem);
  return read && createHash('sha512').update(read.raw).digest('hex');
}

export function certificateNames(pem: string): { readonly subject: string; readonly issuer: string } | undefined {
  const inOneLine = (text: string) => text.split('\n').join(', ');
  const read = certificateOf(pem);
  return read && { subject: inOneLine(read.subject), issuer: inOneLine(read.issuer) };
}

export function isSignedBy(pulse: Pulse, signature: string, pem: string): boolean {
  const key = certificateOf(pem)?.publicKey;
  if (key?.asymmetricKeyType !== 'rsa') return false;
  return verify('RSA-SHA512', signedBytes(pulse), key, Buffer.from(signature, 'hex'));
}

function certificateOf(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    // Whatever was pasted: no certificate.
    return undefined;
  }
}
