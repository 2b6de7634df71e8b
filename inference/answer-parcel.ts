// A worker's answer as bytes, and where they lie until the server fetches them: beside Bull's rows, which hold text alone.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { CarrierQueue } from './carrier-queue.ts';
import type { Sample } from './types.ts';

export type CarriedAnswer =
  | { readonly sample: Sample }
  /** The worker has other packs than the server asked for. */
  | { readonly refused: 'packs'; readonly cameraId: string };

const ivBytes = 12;
const tagBytes = 16;
const lengthBytes = 4;
const mostTextBytes = 8_000_000;
/** Longer than any lease: one that nobody fetched is of a job that was carried again. */
const keptSeconds = 3_600;
/** What Bull's row says in place of the answer. A text sealed as before has other letters. */
const inParcel = '@parcel';

/** AES-256-GCM, bound to its job: iv, tag, and of what is inside the length of the packed text, the text, the picture as it is. */
export function sealParcel(key: Buffer, ticket: string, answer: CarriedAnswer): Buffer {
  const { text, picture } = parted(answer);
  const packed = deflateRawSync(text);
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(packed.length);
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(placeOf(ticket));
  const body = [length, packed, picture].map((part) => cipher.update(part));
  const last = cipher.final();
  return Buffer.concat([iv, cipher.getAuthTag(), ...body, last]);
}

/** Throws when it was sealed by another key or for another job, or changed on the way. */
export function openParcel(key: Buffer, ticket: string, parcel: Buffer): CarriedAnswer {
  const decipher = createDecipheriv('aes-256-gcm', key, parcel.subarray(0, ivBytes));
  decipher.setAAD(placeOf(ticket)).setAuthTag(parcel.subarray(ivBytes, ivBytes + tagBytes));
  const inside = Buffer.concat([decipher.update(parcel.subarray(ivBytes + tagBytes)), decipher.final()]);
  const end = lengthBytes + inside.readUInt32BE(0);
  const text = inflateRawSync(inside.subarray(lengthBytes, end), { maxOutputLength: mostTextBytes });
  const answer = JSON.parse(text.toString('utf8')) as CarriedAnswer;
  if (!('sample' in answer && answer.sample.ok)) return answer;
  return { sample: { ...answer.sample, picture: inside.subarray(end) } };
}

function parted(answer: CarriedAnswer): { text: string; picture: Buffer } {
  if (!('sample' in answer && answer.sample.ok)) return { text: JSON.stringify(answer), picture: Buffer.alloc(0) };
  const { picture, ...sample } = answer.sample;
  return { text: JSON.stringify({ sample }), picture };
}

function placeOf(ticket: string): Buffer {
  return Buffer.from(JSON.stringify([2, 'answer', ticket]));
}

/** Lays it down before Bull's row is there; what is returned is what the row says. */
export async function layParcel(queue: CarrierQueue, ticket: string, parcel: Buffer): Promise<string> {
  await queue.client.set(keyOf(queue, ticket), parcel, 'EX', keptSeconds);
  return inParcel;
}

/** The answer that a row speaks of: its text as older workers send it, or the parcel, which is empty when it is lost. */
export async function fetchParcel(queue: CarrierQueue, ticket: string, body: string): Promise<string | Buffer> {
  if (body !== inParcel) return body;
  return (await queue.client.getBuffer(keyOf(queue, ticket))) ?? Buffer.alloc(0);
}

/** Once the answer has been worked off. */
export async function dropParcel(queue: CarrierQueue, ticket: string): Promise<void> {
  await queue.client.del(keyOf(queue, ticket));
}

function keyOf(queue: CarrierQueue, ticket: string): string {
  return queue.toKey(`parcel:${ticket}`);
}
