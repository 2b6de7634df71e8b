// One frame on its way through the kitchen: whose it is, what was seen, and under which hash its picture lies.
import type { ModelPack, SampledFrame } from '../../../inference/types.ts';
import type { Camera } from '../camera/camera-store.ts';
import type { Restaurant } from '../restaurant/restaurant-store.ts';

export type FrameInHand = {
  readonly camera: Camera;
  readonly restaurant: Restaurant;
  readonly sample: SampledFrame;
  readonly hash: string;
  /** The packs that looked at it; after a swap not always those that look now. */
  readonly packs: readonly ModelPack[];
  /** Whether it was drawn for an audit before it was taken; without it the draw is made from its time. */
  readonly audit?: boolean;
};
