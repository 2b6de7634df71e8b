// A time stamp by an outside authority (RFC 3161): the question about some bytes, and what its answer proves of them.
import { hash as digest, timingSafeEqual } from 'node:crypto';
import { fromBER, Integer, OctetString } from 'asn1js';
import {
  AlgorithmIdentifier,
  Certificate,
  ExtKeyUsage,
  MessageImprint,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';

const sha256Oid = '2.16.840.1.101.3.4.2.1';
const timeStampingOid = '1.3.6.1.5.5.7.3.8';
const granted: readonly number[] = [0, 1];

/** DER. `nonce`: eight random bytes, so that an old answer is no answer. */
export function timeStampQuery(bytes: Buffer, nonce: Buffer): Buffer {
  const hashedMessage = new OctetString({ valueHex: sha256(bytes) });
  const hashAlgorithm = new AlgorithmIdentifier({ algorithmId: sha256Oid });
  const query = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({ hashAlgorithm, hashedMessage }),
    nonce: new Integer({ valueHex: positive(nonce) }),
    certReq: true,
  });
  return Buffer.from(query.toSchema().toBER());
}

export type TimeStamp = {
  /** The authority's time, unix ms. */
  readonly time: number;
  /** How far it may be off by its own word. */
  readonly accuracyMs: number;
  /** SHA-256 of the certificate that signed, DER, hex. */
  readonly signer: string;
};

export type StampReading = TimeStamp | { readonly fault: string };

/** `trusted`: the authority's root in DER, had from elsewhere; without it the signature alone is checked. */
export async function readTimeStamp(
  token: Buffer,
  bytes: Buffer,
  expected: { readonly nonce?: Buffer | undefined; readonly trusted?: Buffer | undefined } = {},
): Promise<StampReading> {
  try {
    return await reading(token, bytes, expected);
  } catch {
    // Whatever cannot be read as one is none: its parts come from outside.
    return { fault: 'It is no time stamp, or its signature does not hold.' };
  }
}

async function reading(
  token: Buffer,
  bytes: Buffer,
  { nonce, trusted }: { readonly nonce?: Buffer | undefined; readonly trusted?: Buffer | undefined },
): Promise<StampReading> {
  const answer = TimeStampResp.fromBER(Uint8Array.from(token));
  if (!granted.includes(answer.status.status) || answer.timeStampToken === undefined)
    return { fault: 'The authority refused to stamp it.' };
  const signed = new SignedData({ schema: answer.timeStampToken.content });
  const info = TSTInfo.fromBER(signed.encapContentInfo.eContent?.getValue() ?? new ArrayBuffer(0));
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  const said = Buffer.from(hashedMessage.valueBlock.valueHexView);
  if (hashAlgorithm.algorithmId !== sha256Oid || !equal(said, sha256(bytes)))
    return { fault: 'It stamps other bytes than these.' };
  if (nonce !== undefined && !equal(Buffer.from(info.nonce?.valueBlock.valueHexView ?? []), positive(nonce)))
    return { fault: 'It answers another question than the one asked.' };
  const roots = trusted === undefined ? [] : [Certificate.fromBER(Uint8Array.from(trusted))];
  const { signatureVerified, signerCertificate, signerCertificateVerified } = await signed.verify({
    signer: 0,
    data: Uint8Array.from(bytes).buffer,
    trustedCerts: roots,
    checkChain: trusted !== undefined,
    // A certificate that ran out since was sound when it stamped.
    checkDate: info.genTime,
    extendedMode: true,
  });
  if (signatureVerified !== true || signerCertificate == null)
    return { fault: 'The signature over the time does not hold.' };
  if (!maySign(signerCertificate)) return { fault: 'Its certificate is not one for stamping times.' };
  if (trusted !== undefined && signerCertificateVerified !== true)
    return { fault: 'It was signed by another authority than the one given.' };
  const signer = digest('sha256', Buffer.from(signerCertificate.toSchema().toBER()), 'hex');
  return { time: info.genTime.getTime(), accuracyMs: accuracyOf(info), signer };
}

/** RFC 3161 §2.3: the certificate is for this and nothing else. */
function maySign({ extensions = [] }: Certificate): boolean {
  const usage = extensions.find(({ extnID }) => extnID === '2.5.29.37');
  if (usage === undefined) return false;
  const { result } = fromBER(usage.extnValue.valueBlock.valueHexView);
  return new ExtKeyUsage({ schema: result }).keyPurposes.join() === timeStampingOid;
}

/** A time in whole seconds is within one second, also where the authority does not say so. */
function accuracyOf({ accuracy }: TSTInfo): number {
  return Math.max(1000, (accuracy?.seconds ?? 0) * 1000 + (accuracy?.millis ?? 0));
}

function sha256(bytes: Buffer): Buffer {
  return Buffer.from(digest('sha256', bytes, 'hex'), 'hex');
}

/** As DER writes a number: never with its first bit set, never with a nought before a small one. */
function positive(nonce: Buffer): Buffer {
  const own = Buffer.from(nonce);
  own[0] = ((own[0] ?? 0) & 0x3f) | 0x40;
  return own;
}

function equal(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
