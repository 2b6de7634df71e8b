// A tuned layer as a pack: the model with its new numbers, and a manifest that says from what, how many and when.
import { createHash } from 'node:crypto';
import { withLastLayer } from '../../../inference/last-layer.ts';
import type { BlobStore } from '../../store/blobs.ts';
import { kitchenCode } from '../dataset/dataset-split.ts';
import type { PackVersion } from '../pack/pack-store.ts';
import type { GivenFile } from '../pack/unpack-packs.ts';
import type { Frames, Tuned } from './tune-pack.ts';

type RawManifest = {
  name: string;
  version: string;
  file: string;
  sha256: string;
  violations: { id: string; threshold: number }[];
  provenance?: unknown;
  [other: string]: unknown;
};

export type LearntFrom = { readonly siteId: string; readonly askedAt: number; readonly frames: Frames };

export function tunedPack(
  blobs: Pick<BlobStore, 'get'>,
  base: PackVersion,
  tuned: Tuned,
  from: LearntFrom,
): { readonly version: string; readonly files: readonly GivenFile[] } {
  const [text, model] = [blobs.get(base.manifestSha256), blobs.get(base.sha256)];
  if (text === undefined || model === undefined) throw new Error(`${base.name} is gone from the data directory.`);
  const raw = JSON.parse(text.toString('utf8')) as RawManifest;
  const fresh = withLastLayer(model, tuned.layer);
  const sha256 = createHash('sha256').update(fresh).digest('hex');
  const version = `${raw.version.split('+')[0]?.slice(0, 20)}+learnt.${sha256.slice(0, 8)}`;
  const thresholds = new Map(tuned.lines.map(({ violation, thresholdTo }) => [violation, thresholdTo]));
  const manifest: RawManifest = {
    ...raw,
    version,
    sha256,
    violations: raw.violations.map((line) => ({ ...line, threshold: thresholds.get(line.id) ?? line.threshold })),
    measured: tuned.lines.flatMap(measuredLines),
    provenance: provenanceOf(raw, tuned, from),
  };
  const files = [
    { name: `${raw.name}.json`, bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) },
    { name: raw.file, bytes: fresh },
  ];
  return { version, files };
}

function measuredLines({ violation, thresholdTo: threshold, later, elsewhere }: Tuned['lines'][number]) {
  return [
    { set: 'judged boxes, later frames of the kitchen', violation, threshold, ...later },
    { set: 'judged boxes, other kitchens', violation, threshold, ...elsewhere },
  ];
}

function provenanceOf(raw: RawManifest, { boxes, pull }: Tuned, { siteId, askedAt, frames }: LearntFrom) {
  const times = frames.learnt.map(({ at }) => at);
  const digest = createHash('sha256');
  for (const { hash, answers } of frames.learnt) digest.update(JSON.stringify([hash, answers]));
  const about = {
    source: 'judged frames of this house',
    kitchen: kitchenCode(siteId),
    pictures: frames.learnt.length,
    judgedBoxes: boxes,
    from: new Date(Math.min(...times)).toISOString(),
    to: new Date(Math.max(...times)).toISOString(),
    digest: digest.digest('hex'),
  };
  const { name, version, sha256, provenance } = raw;
  return {
    base: { name, version, sha256, provenance },
    data: [about],
    script: 'the last layer, tuned by the server (server/kitchen/learning)',
    pull,
    askedAt: new Date(askedAt).toISOString(),
  };
}
