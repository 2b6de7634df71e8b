// What the server and a worker on another machine say to each other, and how it is sealed on its way through Redis.

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { type CarriedAnswer, openParcel } from './answer-parcel.ts';
import type { CameraSpec, ModelPack } from './types.ts';

export interface CarriedJob {
  readonly camera: CameraSpec;
  /** Whether the picture is wanted whatever it shows, or only when it shows something that could matter. */
  readonly picture: 'always' | 'when-seen';
  /** SHA-256 of each pack that is to look. */
  readonly packs: readonly string[];
  /** How the server takes answers; one that does not say takes them as text. */
  readonly answers?: 'parcel';
}

/** A sign of life. */
export interface WorkerSign {
  /** Its machine's name, or what an operator called it. */
  readonly name: string;
  /** Threads that look. */
  readonly eyes: number;
  /** Frames it looked at since it started. */
  readonly done: number;
  readonly dropped: number;
  readonly crashes: number;
  /** SHA-256 of each pack it looks with, in order. */
  readonly packs: readonly string[];
  /** Counts on with each sign. */
  readonly number: number;
}

/** Who sends what: a job sealed for a worker never opens as an answer, and neither as a sign of life. */
export type Direction = 'job' | 'answer' | 'sign';

const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;

/** The key a worker was given; throws for anything but 32 bytes in base64url. */
export function readWorkerKey(text: string): Buffer {
  const key = Buffer.from(text, 'base64url');
  if (key.length !== keyBytes) throw new Error('A worker key has 43 letters, digits, - and _.');
  return key;
}

/** Names this installation's queues, so that two of them may share one Redis; says nothing of the key. */
export function queuePrefix(key: Buffer): string {
  return `bright-kitchen-${createHash('sha256').update('queue').update(key).digest('hex').slice(0, 12)}`;
}

export function packDigests(packs: readonly Pick<ModelPack, 'sha256'>[]): string[] {
  return packs.map(({ sha256 }) => sha256).sort();
}

/** AES-256-GCM, bound to its direction and its job: base64 of iv, tag and text. */
export function sealMessage(
  key: Buffer,
  direction: Direction,
  ticket: string,
  message: CarriedJob | CarriedAnswer | WorkerSign,
) {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(placeOf(direction, ticket));
  const body = Buffer.concat([cipher.update(JSON.stringify(message, pictureAsText), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
}

/** Throws when it was sealed by another key, for another job, in the other direction, or changed on the way. */
export function openJob(key: Buffer, ticket: string, sealed: string): CarriedJob {
  return JSON.parse(opened(key, 'job', ticket, sealed)) as CarriedJob;
}

/** As `openJob`, of a parcel, or of a text as workers of before send it; the picture is bytes again. */
export function openAnswer(key: Buffer, ticket: string, sealed: string | Buffer): CarriedAnswer {
  if (typeof sealed !== 'string') return openParcel(key, ticket, sealed);
  return JSON.parse(opened(key, 'answer', ticket, sealed), pictureAsBytes) as CarriedAnswer;
}

/** Undefined for a sign that no worker of ours sealed. */
export function openSign(key: Buffer, run: string, sealed: string): WorkerSign | undefined {
  try {
    return JSON.parse(opened(key, 'sign', run, sealed)) as WorkerSign;
  } catch {
    return undefined;
  }
}

function opened(key: Buffer, direction: Direction, ticket: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes));
  decipher.setAAD(placeOf(direction, ticket)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
}

function placeOf(direction: Direction, ticket: string): Buffer {
  return Buffer.from(JSON.stringify([1, direction, ticket]));
}

/** A Buffer has made itself a list of numbers before it gets here; base64 is a third of that. */
function pictureAsText(name: string, value: unknown): unknown {
  if (name !== 'picture' || typeof value !== 'object' || value === null || !('data' in value)) return value;
  return Buffer.from(value.data as number[]).toString('base64');
}

function pictureAsBytes(name: string, value: unknown): unknown {
  return name === 'picture' && typeof value === 'string' ? Buffer.from(value, 'base64') : value;
}
