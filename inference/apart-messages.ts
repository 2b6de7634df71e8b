// What the server and the process apart say to each other.

import type { ThreadError } from './pool-messages.ts';
import type { ClassifiedFrame, ClassifyOptions, ModelPack } from './types.ts';

/** Open the packs of a folder, and look at a picture with them if one is given. */
export interface ApartJob {
  readonly folder: string;
  readonly provider: string;
  readonly image?: Uint8Array;
  readonly options?: ClassifyOptions;
}

export interface ApartAnswer {
  readonly packs: readonly ModelPack[];
  readonly frame?: ClassifiedFrame;
}

export type ToApart = { readonly id: number; readonly job: ApartJob };
export type FromApart =
  | { readonly ready: true }
  | { readonly id: number; readonly answer: ApartAnswer }
  | { readonly id: number; readonly error: ThreadError };
