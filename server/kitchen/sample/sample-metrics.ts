// What is counted of frames: how looks ended, how long each stage took, what each model pack saw.
import { Counter, Gauge, Histogram } from 'prom-client';
import { metricsOf, secondBuckets } from '../../http/metrics.ts';

export const sampleMetrics = metricsOf((registers) => ({
  frames: new Counter({ name: 'frames_total', help: 'Frames by outcome', labelNames: ['outcome'], registers }),
  stageSeconds: new Histogram({
    name: 'frame_stage_seconds',
    help: 'Time of each stage of a frame',
    labelNames: ['stage'],
    buckets: secondBuckets,
    registers,
  }),
  packFrames: new Counter({
    name: 'pack_frames_total',
    help: 'Frames a model pack looked at',
    labelNames: ['pack', 'version'],
    registers,
  }),
  packLabels: new Counter({
    name: 'pack_labels_total',
    help: 'What a model pack saw, by label, over its own floor',
    labelNames: ['pack', 'label'],
    registers,
  }),
  unwatched: new Gauge({
    name: 'cameras_unwatched',
    help: 'Cameras that were due and not looked at for three intervals',
    registers,
  }),
  lag: new Gauge({
    name: 'sample_lag_seconds',
    help: 'How long the oldest look at a camera has been waiting',
    registers,
  }),
  pool: new Gauge({ name: 'eye_frames', help: 'Frames in the worker pool', labelNames: ['state'], registers }),
}));
