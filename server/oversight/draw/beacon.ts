// Public randomness beacons: when a round comes, what an answer of theirs looks like, and what of it can be checked.
import { createHash } from 'node:crypto';
import { certificateId, isSignedBy, type Pulse, pulseSchema, pulseValue } from './pulse.ts';

export const beaconSources = ['drand-quicknet', 'nist-2'] as const;
export type BeaconSource = (typeof beaconSources)[number];

/** The League of Entropy's quicknet, as it tells of itself; its key is what its signatures are held against. */
export const quicknet = {
  chain: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  key: '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  genesisMs: 1_692_803_367_000,
  periodMs: 3_000,
} as const;

const minuteMs = 60_000;

/** When a round is published, unix ms. A round of NIST's is the minute of its pulse, counted from 1970. */
export function timeOfRound(source: BeaconSource, round: number): number {
  return source === 'nist-2' ? round * minuteMs : quicknet.genesisMs + (round - 1) * quicknet.periodMs;
}

/** The first round that is published at `at` or later. */
export function roundFrom(source: BeaconSource, at: number): number {
  if (source === 'nist-2') return Math.ceil(at / minuteMs);
  return Math.max(1, Math.ceil((at - quicknet.genesisMs) / quicknet.periodMs) + 1);
}

export type Beacon = {
  readonly source: BeaconSource;
  readonly round: number;
  /** Hex: 32 bytes of drand, 64 of NIST. */
  readonly randomness: string;
  /** Hex; what drand's randomness is the hash of. */
  readonly signature: string;
  /** Of NIST: what the signature is over, and the certificate that came along. Records of earlier versions have neither. */
  readonly pulse?: Pulse | undefined;
  readonly certificate?: string | undefined;
};

/** What a draw commits to; of NIST with the id of the certificate that has to sign, where the operator has named one. */
export type NamedRound = {
  readonly source: BeaconSource;
  readonly round: number;
  readonly certificate?: string | undefined;
};

export type BeaconFault = 'unreadable' | 'wrong_round' | 'not_its_hash' | 'wrong_signature' | 'other_certificate';

export type ReadBeacon =
  | { readonly ok: true; readonly beacon: Beacon }
  | { readonly ok: false; readonly fault: BeaconFault };

/** The answer of the beacon's own address, as text; it must be the round that was named. A certificate may follow NIST's. */
export function readBeacon(source: BeaconSource, round: number, text: string): ReadBeacon {
  const [json = '', certificate] = text.split(/(?=-----BEGIN CERTIFICATE-----)/, 2);
  const said = parsed(json);
  if (said === undefined) return { ok: false, fault: 'unreadable' };
  return source === 'nist-2' ? readPulse(round, said, certificate?.trim()) : readDrand(round, said);
}

function readDrand(round: number, said: Readonly<Record<string, unknown>>): ReadBeacon {
  const [signature, randomness] = [hexOf(said['signature'], 48), hexOf(said['randomness'], 32)];
  if (signature === undefined || !Number.isSafeInteger(said['round'])) return { ok: false, fault: 'unreadable' };
  if (said['round'] !== round) return { ok: false, fault: 'wrong_round' };
  const own = createHash('sha256').update(Buffer.from(signature, 'hex')).digest('hex');
  // The newer form of the answer leaves the hash out: it follows from the signature.
  if (said['randomness'] !== undefined && randomness !== own) return { ok: false, fault: 'not_its_hash' };
  return { ok: true, beacon: { source: 'drand-quicknet', round, randomness: own, signature } };
}

function readPulse(
  round: number,
  said: Readonly<Record<string, unknown>>,
  certificate: string | undefined,
): ReadBeacon {
  const given = (said['pulse'] ?? said) as Readonly<Record<string, unknown>>;
  const [randomness, at] = [hexOf(given['outputValue'], 64), Date.parse(String(given['timeStamp']))];
  if (randomness === undefined || Number.isNaN(at)) return { ok: false, fault: 'unreadable' };
  if (at !== timeOfRound('nist-2', round)) return { ok: false, fault: 'wrong_round' };
  const signature = String(given['signatureValue'] ?? '').toLowerCase();
  const beacon = { source: 'nist-2' as const, round, randomness, signature: isHex(signature) ? signature : '' };
  const pulse = pulseSchema.safeParse(given).data;
  if (pulse === undefined) return { ok: true, beacon };
  if (pulseValue(pulse, beacon.signature) !== randomness) return { ok: false, fault: 'not_its_hash' };
  return { ok: true, beacon: { ...beacon, pulse, ...(certificate === undefined ? {} : { certificate }) } };
}

function isHex(text: string): boolean {
  return text.length <= 2_048 && /^([0-9a-f]{2})*$/.test(text);
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function hexOf(value: unknown, bytes: number): string | undefined {
  const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return text.length === bytes * 2 && /^[0-9a-f]+$/.test(text) ? text : undefined;
}

/**
 * Drand: whether the League's key signed this round (BLS on G1, RFC 9380). NIST: whether the named certificate did (RSA);
 * undefined where none was named, as nobody can say then whose key it should be.
 */
export async function signatureHolds(beacon: Beacon, named: Named = {}): Promise<boolean | undefined> {
  if (beacon.source === 'drand-quicknet') return drandHolds(beacon);
  if (named.certificate === undefined) return undefined;
  const { pulse, signature, certificate } = beacon;
  if (pulse === undefined || certificate === undefined || hasOtherCertificate(beacon, named)) return false;
  return isSignedBy(pulse, signature, certificate);
}

type Named = Pick<NamedRound, 'certificate'>;

/** Of NIST with a certificate named: whether this is another's pulse, or the certificate is missing. */
export function hasOtherCertificate({ source, pulse, certificate }: Beacon, named: Named): boolean {
  if (source !== 'nist-2' || named.certificate === undefined) return false;
  const ids = [pulse?.certificateId.toLowerCase(), certificate && certificateId(certificate)];
  return ids.some((id) => id !== named.certificate);
}

async function drandHolds({ round, signature }: Beacon): Promise<boolean> {
  // Loaded when it is needed: the curve's tables take a second to make.
  const { bls12_381 } = await import('@noble/curves/bls12-381.js');
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(round));
  const message = createHash('sha256').update(number).digest();
  const { hash, verify } = bls12_381.shortSignatures;
  const point = hash(message, 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_');
  try {
    return verify(Buffer.from(signature, 'hex'), point, Buffer.from(quicknet.key, 'hex'));
  } catch {
    // Bytes that are no point of the curve are thrown at us; to the reader they are a signature that does not hold.
    return false;
  }
}

/** Where the round can be read, below the base address of a mirror. */
export function beaconPath(source: BeaconSource, round: number): string {
  return source === 'nist-2'
    ? `/beacon/2.0/pulse/time/${timeOfRound(source, round)}`
    : `/${quicknet.chain}/public/${round}`;
}

/** Where NIST keeps the certificate of this id. */
export function certificatePath(id: string): string {
  return `/beacon/2.0/certificate/${id}`;
}
