// What the pool and its threads say to each other. Errors cross as plain data and become themselves again.

import { CameraFault } from './camera-fault.ts';
import type { PackFault } from './manifest.ts';
import { PacksRefused } from './pack-folder.ts';
import { PictureRefusal, type PictureRefusalCode } from './picture-refusal.ts';
import { ProviderMissing } from './provider-missing.ts';
import type {
  CameraSpec,
  ClassifiedFrame,
  ClassifyOptions,
  HeadLook,
  HeadReading,
  ModelPack,
  SampleFault,
  StreamFacts,
} from './types.ts';

/** What every thread is started with. */
export interface ThreadSettings {
  readonly modelsDir: string;
  readonly threads: number;
  readonly provider: string;
  readonly ffmpegPath: string | undefined;
  readonly ownPorts: readonly number[];
}

export interface LookJob {
  readonly image: Uint8Array;
  readonly options: ClassifyOptions;
  /** Whether the JPEG for a reviewer is wanted too. */
  readonly evidence: boolean;
}

export interface LookAnswer {
  readonly frame: ClassifiedFrame;
  readonly picture?: Uint8Array;
  readonly pictureWidth?: number;
  readonly pictureHeight?: number;
}

export interface HeadsJob {
  readonly image: Uint8Array;
  readonly heads: HeadLook;
}

export interface HeadsAnswer {
  readonly heads: HeadReading | undefined;
}

export interface TakeAnswer {
  readonly jpeg: Uint8Array;
  readonly at: number;
  readonly facts?: StreamFacts;
}

export type Job = LookJob | HeadsJob | CameraSpec;
export type Answer = LookAnswer | HeadsAnswer | TakeAnswer;

/** A thread that is to close what it holds and end gets this instead of a job. */
export const closing = 0;

export type ToThread = { readonly id: number; readonly job: Job };

export type FromThread =
  | { readonly ready: readonly ModelPack[] }
  | { readonly refused: ThreadError }
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly error: ThreadError };

export type ThreadError =
  | { readonly kind: 'picture'; readonly code: PictureRefusalCode; readonly message: string }
  | { readonly kind: 'camera'; readonly fault: SampleFault }
  | { readonly kind: 'packs'; readonly faults: readonly PackFault[] }
  | { readonly kind: 'provider'; readonly provider: string; readonly reason: string }
  | { readonly kind: 'bug'; readonly message: string; readonly stack: string };

export function packError(cause: unknown): ThreadError {
  if (cause instanceof PictureRefusal) return { kind: 'picture', code: cause.code, message: cause.message };
  if (cause instanceof CameraFault) return { kind: 'camera', fault: { code: cause.code, detail: cause.message } };
  if (cause instanceof PacksRefused) return { kind: 'packs', faults: cause.faults };
  if (cause instanceof ProviderMissing) return { kind: 'provider', provider: cause.provider, reason: cause.reason };
  const error = cause instanceof Error ? cause : new Error(String(cause));
  return { kind: 'bug', message: error.message, stack: error.stack ?? '' };
}

export function unpackError(error: ThreadError): Error {
  switch (error.kind) {
    case 'picture':
      return new PictureRefusal(error.code, error.message);
    case 'camera':
      return new CameraFault(error.fault.code, error.fault.detail);
    case 'packs':
      return new PacksRefused(error.faults);
    case 'provider':
      return new ProviderMissing(error.provider, error.reason);
    case 'bug':
      return Object.assign(new Error(error.message), { stack: error.stack });
  }
}
