// Tunes the last layer of one pack to what people said of a kitchen, and measures it on frames it did not learn from.
import type { Apart } from '../../../inference/apart.ts';
import { type Layer, type LayerTask, layerScores } from '../../../inference/fit-layer.ts';
import type { LastLayer } from '../../../inference/last-layer.ts';
import type { Manifest } from '../../../inference/manifest.ts';
import type { JudgedFrame } from '../dataset/judged-frame.ts';
import { gainOf, type MeasuredBox } from './gain.ts';
import { columnsOf, cropsOf, groupsOf, learnable } from './judged-crops.ts';
import { examplesOf, foldsOf, type LearntCrop, lossOf, pulls, thresholdFor } from './layer-choice.ts';
import { type LearningStage, type LearntLine, learningLimits } from './learning.ts';

export type Frames = {
  readonly learnt: readonly JudgedFrame[];
  readonly later: readonly JudgedFrame[];
  readonly elsewhere: readonly JudgedFrame[];
};

export type TuneDeps = {
  readonly apart: Apart;
  readonly picture: (hash: string) => Promise<Buffer | undefined>;
  /** Says how far it is; throws where nobody wants it any more. */
  readonly say: (stage: LearningStage, done: number, total: number) => void;
};

export type PackToTune = {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly layer: LastLayer;
};

export type Tuned = {
  readonly layer: Layer;
  readonly pull: number;
  readonly boxes: number;
  readonly lines: readonly LearntLine[];
};

/** Undefined where no fit agrees with people more than what is in use, on verdicts kept aside among those learnt from. */
export async function tunePack(deps: TuneDeps, pack: PackToTune, frames: Frames): Promise<Tuned | undefined> {
  const crops = await embedAll(deps, pack, frames);
  const { manifest, layer: shipped } = pack;
  const task = { groups: groupsOf(manifest), temperature: manifest.calibration?.value ?? 1 };
  const chosen = await choosePull(deps, shipped, task, crops.learnt);
  if (chosen === undefined) return undefined;
  const examples = examplesOf(crops.learnt, learningLimits.mostCrops);
  const layer = await deps.apart.fit({ shipped, task, examples, pull: chosen.pull });
  deps.say('measuring', 0, 1);
  const ids = learnable(crops.learnt);
  const lines = manifest.violations
    .filter(({ id }) => ids.includes(id))
    .map((line): LearntLine => {
      const scored = chosen.aside.flatMap(({ crop, layer: fitted }) => boxesOf(crop, fitted, task, manifest, line.id));
      const thresholdTo = thresholdFor(scored, line.threshold, pricesOf(manifest));
      const before = { layer: shipped, threshold: line.threshold };
      const after = { layer, threshold: thresholdTo };
      const measured = (side: readonly LearntCrop[]) =>
        gainOf(measuredBoxes(side, task, manifest, line.id, before, after));
      return {
        violation: line.id,
        thresholdFrom: line.threshold,
        thresholdTo,
        later: measured(crops.later),
        elsewhere: measured(crops.elsewhere),
      };
    });
  return { layer, pull: chosen.pull, boxes: crops.learnt.filter(({ judged }) => judged.length > 0).length, lines };
}

type Crops = Readonly<Record<keyof Frames, LearntCrop[]>>;

async function embedAll({ apart, picture, say }: TuneDeps, pack: PackToTune, frames: Frames): Promise<Crops> {
  const crops: Crops = { learnt: [], later: [], elsewhere: [] };
  const sides = ['learnt', 'later', 'elsewhere'] as const;
  const total = sides.reduce((sum, side) => sum + frames[side].length, 0);
  const at = { folder: pack.folder, pack: pack.manifest.name };
  let done = 0;
  for (const side of sides)
    for (const frame of frames[side]) {
      say('embedding', done++, total);
      const found = cropsOf(frame, pack.manifest);
      const image = await picture(frame.hash);
      if (image === undefined || found.length === 0) continue;
      const rows = await apart.embed(
        at,
        image,
        found.map(({ box }) => box),
      );
      for (const [place, crop] of found.entries())
        crops[side].push({ ...crop, embedding: rows[place] as Float32Array, at: frame.at });
    }
  return crops;
}

/** What was kept aside, each crop with the layer that had not seen it. */
type Aside = readonly { readonly crop: LearntCrop; readonly layer: Layer }[];

async function choosePull(
  { apart, say }: TuneDeps,
  shipped: Layer,
  task: LayerTask,
  crops: readonly LearntCrop[],
): Promise<{ readonly pull: number; readonly aside: Aside } | undefined> {
  const folds = foldsOf(crops);
  let best: { readonly pull: number; readonly loss: number; readonly aside: Aside } | undefined;
  let done = 0;
  for (const pull of pulls) {
    const aside: { crop: LearntCrop; layer: Layer }[] = [];
    let loss = 0;
    for (const { rest, held } of folds) {
      say('fitting', done++, pulls.length * folds.length);
      const layer = await apart.fit({ shipped, task, examples: examplesOf(rest, learningLimits.mostCrops), pull });
      loss += lossOf(layer, task, held);
      aside.push(...held.map((crop) => ({ crop, layer })));
    }
    if (loss < (best?.loss ?? Number.POSITIVE_INFINITY)) best = { pull, loss, aside };
  }
  const now = folds.reduce((sum, { held }) => sum + lossOf(shipped, task, held), 0);
  return best !== undefined && best.loss < now ? best : undefined;
}

function scoreOf({ embedding }: LearntCrop, layer: Layer, task: LayerTask, manifest: Manifest, violation: string) {
  const scores = layerScores(layer, task, embedding);
  return Math.max(0, ...columnsOf(manifest, violation).map((column) => scores[column] ?? 0));
}

function boxesOf(crop: LearntCrop, layer: Layer, task: LayerTask, manifest: Manifest, violation: string) {
  return crop.judged
    .filter((said) => said.violation === violation)
    .map(({ is }) => ({ is, score: scoreOf(crop, layer, task, manifest, violation) }));
}

type Counted = { readonly layer: Layer; readonly threshold: number };

function measuredBoxes(
  crops: readonly LearntCrop[],
  task: LayerTask,
  manifest: Manifest,
  violation: string,
  before: Counted,
  after: Counted,
): MeasuredBox[] {
  return crops.flatMap((crop) =>
    crop.judged
      .filter((said) => said.violation === violation)
      .map(({ is }) => {
        const shown = ({ layer, threshold }: Counted) => scoreOf(crop, layer, task, manifest, violation) >= threshold;
        return { is, shownBefore: shown(before), shownAfter: shown(after) };
      }),
  );
}

function pricesOf({ thresholdPolicy }: Manifest) {
  const said = (thresholdPolicy ?? {}) as { missSeconds?: unknown; lookSeconds?: unknown };
  const priceOf = (value: unknown, plain: number) => (typeof value === 'number' && value > 0 ? value : plain);
  return { missSeconds: priceOf(said.missSeconds, 20), lookSeconds: priceOf(said.lookSeconds, 3) };
}
