// What the rest of the house knows of the store of pictures: how to reach what was moved, and how it stands.
import type { BlobStore } from '../store/blobs.ts';

export type BucketStanding =
  | { readonly state: 'bucket' }
  /** `since`: unix ms; new pictures stay in the folder meanwhile. */
  | { readonly state: 'away'; readonly since: number; readonly reason: string };

export type MovingPictures = {
  readonly blobs: BlobStore;
  standing(): BucketStanding;
  /** Moves until stopped; the returned function ends it. */
  start(): () => Promise<void>;
  /** One pass, as the clock asks for it. Never throws for what the store does. */
  pass(): Promise<void>;
};
