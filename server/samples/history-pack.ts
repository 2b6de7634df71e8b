// The pack whose name stands under the frames of the sample history: made up, and said so.
import type { ModelPack } from '../../inference/types.ts';

const seen = ['no_mask', 'no_hat', 'smoking', 'phone'] as const;

export const historyPack: ModelPack = {
  name: 'sample-history',
  version: '1',
  sha256: '0'.repeat(64),
  task: 'detect',
  licence: 'Apache-2.0',
  labels: seen,
  violations: seen.map((id) => ({ id, labels: [id], threshold: 0.6, on: true, experimental: false })),
  thresholdPolicy: null,
  measured: [],
  provenance: null,
};
