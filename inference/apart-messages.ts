// What the server and the process apart say to each other.

import type { FitProblem, Layer } from './fit-layer.ts';
import type { ThreadError } from './pool-messages.ts';
import type { Box, ClassifiedFrame, ClassifyOptions, ModelPack } from './types.ts';

/** Open the packs of a folder, and look at a picture with them if one is given. */
export interface LookApart {
  readonly folder: string;
  readonly provider: string;
  readonly image?: Uint8Array;
  readonly options?: ClassifyOptions;
}

/** What a classifier's trunk makes of these boxes of a picture. */
export interface EmbedApart {
  readonly folder: string;
  readonly provider: string;
  /** Name of the pack in the folder. */
  readonly pack: string;
  readonly image: Uint8Array;
  readonly boxes: readonly Box[];
}

export interface FitApart {
  readonly fit: FitProblem;
}

export type ApartJob = LookApart | EmbedApart | FitApart;

export interface ApartAnswer {
  readonly packs?: readonly ModelPack[];
  readonly frame?: ClassifiedFrame;
  readonly embeddings?: readonly Float32Array[];
  readonly layer?: Layer;
}

export type ToApart = { readonly id: number; readonly job: ApartJob };
export type FromApart =
  | { readonly ready: true }
  | { readonly id: number; readonly answer: ApartAnswer }
  | { readonly id: number; readonly error: ThreadError };
