// The threshold a camera uses for a violation, beside that of the house.
import type { ModelPack } from '../../../inference/types.ts';
import type { Camera } from '../camera/camera-store.ts';

/** From which score a violation counts, here and in the house; undefined when no pack looks for it. */
export function thresholdsOf(
  packs: readonly ModelPack[],
  camera: Pick<Camera, 'rules'>,
  violation: string,
): { readonly here: number; readonly house: number } | undefined {
  const lines = packs.flatMap((pack) => pack.violations.filter((line) => line.id === violation && line.on));
  const [line] = lines;
  if (line === undefined) return undefined;
  return { here: camera.rules.thresholds[violation] ?? line.threshold, house: line.threshold };
}
