// The form that describes a model: what it takes, what it answers, what its labels mean. One JSON beside each .onnx.

import { z } from 'zod';

const side = z.int().min(16).max(2048);
const share = z.number().min(0).max(1);
const label = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'a label is lower case letters, digits and _');
const triple = z.tuple([z.number(), z.number(), z.number()]);

/** value = (byte × scale − mean) / std, per channel in the model's own order. */
const packInput = z.strictObject({
  name: z.string().min(1).max(200),
  width: side,
  height: side,
  layout: z.literal('nchw'),
  channels: z.enum(['rgb', 'bgr']),
  fit: z.enum(['letterbox', 'stretch', 'crop']),
  /** Where a letterboxed picture stands; YOLOX puts it top left, YOLOv5 and v8 in the centre. */
  align: z.enum(['top-left', 'center']).default('top-left'),
  pad: z.number().min(0).max(255).default(114),
  scale: z.number().positive(),
  mean: triple,
  std: triple.refine((values) => values.every((value) => value > 0), 'std must be above 0'),
  batch: z.literal('dynamic').optional(),
});

export const decoders = [
  'yolox',
  'yolov8',
  'boxes-scores',
  'softmax',
  'sigmoid',
  'logits-softmax',
  'logits-sigmoid',
] as const;
export type Decoder = (typeof decoders)[number];

const packOutput = z.strictObject({
  decoder: z.enum(decoders),
  names: z.array(z.string().min(1).max(200)).min(1).max(4),
  strides: z.array(z.int().min(2).max(256)).min(1).max(6).optional(),
  /** Whether the scores already went through their sigmoid inside the model. */
  activated: z.boolean().optional(),
  nmsIou: share.default(0.5),
  minScore: share.default(0.05),
  maxDetections: z.int().min(1).max(300).default(100),
});

const crop = z.strictObject({
  /** Labels of other packs whose boxes are looked at closer. */
  of: z.array(label).min(1),
  minSizePx: z.number().min(1).max(1024),
  /** The crop's width and height as multiples of the box's. */
  grow: z.tuple([z.number().min(0.2).max(8), z.number().min(0.2).max(8)]).default([1, 1]),
  /** What the grown crop shares with the box: its centre, its top edge or its bottom edge. */
  anchor: z.enum(['center', 'top', 'bottom']).default('center'),
  /** Said of a box too small to judge. */
  unknownLabel: label,
});

const violation = z.strictObject({
  id: label,
  labels: z.array(label).min(1),
  threshold: share,
  on: z.boolean(),
  experimental: z.boolean(),
});

const manifestSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'a name is lower case letters, digits and -'),
    version: z.string().min(1).max(40),
    task: z.enum(['detect', 'classify-crop', 'classify-frame']),
    file: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.onnx$/, 'a plain file name beside the manifest, ending in .onnx'),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits in lower case'),
    licence: z.string().min(1).max(400),
    input: packInput,
    output: packOutput,
    labels: z.array(label).min(1).max(200),
    groups: z.array(z.array(z.int().min(0)).min(1)).optional(),
    crop: crop.optional(),
    violations: z.array(violation).max(40).default([]),
    calibration: z
      .strictObject({ kind: z.literal('temperature'), value: z.number().min(0.05).max(20) })
      .nullable()
      .default(null),
    thresholdPolicy: z.unknown().optional(),
    measured: z.array(z.unknown()).default([]),
    provenance: z.unknown().optional(),
  })
  .superRefine((manifest, context) => {
    for (const fault of contradictions(manifest)) {
      context.addIssue({ code: 'custom', path: [...fault.path], message: fault.message });
    }
  });

export type Manifest = z.infer<typeof manifestSchema>;
export type PackInput = Manifest['input'];
export type PackCrop = NonNullable<Manifest['crop']>;

export interface PackFault {
  /** File the fault is in. */
  readonly file: string;
  /** Dotted place inside it; empty for the file as a whole. */
  readonly place: string;
  readonly reason: string;
}

export type Checked = { readonly manifest: Manifest } | { readonly faults: readonly PackFault[] };

/** Checks the text of a manifest against the form and against itself. All faults at once. */
export function readManifest(file: string, text: string): Checked {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    return { faults: [{ file, place: '', reason: `is not JSON: ${cause instanceof Error ? cause.message : cause}` }] };
  }
  const parsed = manifestSchema.safeParse(raw);
  if (parsed.success) return { manifest: parsed.data };
  const faults = parsed.error.issues.map((issue) => ({
    file,
    place: issue.path.join('.'),
    reason: issue.message.slice(0, 300),
  }));
  return { faults };
}

interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const boxDecoders: readonly Decoder[] = ['yolox', 'yolov8', 'boxes-scores'];

function contradictions(manifest: Manifest): Contradiction[] {
  return [...decoderFaults(manifest), ...cropFaults(manifest), ...labelFaults(manifest), ...groupFaults(manifest)];
}

function decoderFaults({ task, output, input }: Manifest): Contradiction[] {
  const faults: Contradiction[] = [];
  const path = ['output', 'decoder'];
  const givesBoxes = boxDecoders.includes(output.decoder);
  if (givesBoxes !== (task === 'detect'))
    faults.push({ path, message: `${output.decoder} does not fit the task ${task}` });
  const wanted = output.decoder === 'boxes-scores' ? 2 : 1;
  if (output.names.length !== wanted) {
    faults.push({ path: ['output', 'names'], message: `${output.decoder} needs ${wanted} output name(s)` });
  }
  if (output.decoder !== 'yolox') return faults;
  if (!output.strides) faults.push({ path: ['output', 'strides'], message: 'yolox needs its strides' });
  for (const stride of output.strides ?? []) {
    if (input.width % stride || input.height % stride) {
      faults.push({
        path: ['output', 'strides'],
        message: `stride ${stride} does not divide ${input.width} × ${input.height}`,
      });
    }
  }
  return faults;
}

function cropFaults({ task, crop: cut }: Manifest): Contradiction[] {
  if ((task === 'classify-crop') === (cut !== undefined)) return [];
  return [
    {
      path: ['crop'],
      message: cut ? `does not belong to the task ${task}` : 'classify-crop needs to say what it crops',
    },
  ];
}

function labelFaults({ labels, violations, crop: cut }: Manifest): Contradiction[] {
  const faults: Contradiction[] = [];
  labels.forEach((name, index) => {
    if (labels.indexOf(name) !== index) faults.push({ path: ['labels', index], message: `"${name}" is there twice` });
  });
  const known = new Set([...labels, ...(cut ? [cut.unknownLabel] : [])]);
  violations.forEach((line, index) => {
    for (const name of line.labels) {
      if (!known.has(name))
        faults.push({ path: ['violations', index, 'labels'], message: `"${name}" is no label of this pack` });
    }
  });
  return faults;
}

function groupFaults({ groups, labels, output }: Manifest): Contradiction[] {
  if (!groups) return [];
  const faults: Contradiction[] = [];
  if (output.decoder !== 'logits-softmax') {
    faults.push({ path: ['groups'], message: 'only logits-softmax is divided into groups' });
  }
  const columns = groups.flat().sort((a, b) => a - b);
  if (columns.join() !== labels.map((_, index) => index).join()) {
    faults.push({ path: ['groups'], message: `must hold each column from 0 to ${labels.length - 1} once` });
  }
  return faults;
}
