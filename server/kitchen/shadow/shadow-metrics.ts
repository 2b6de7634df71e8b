// What is counted of the candidate's look at live frames.
import { Counter } from 'prom-client';
import { metricsOf } from '../../http/metrics.ts';

export const shadowMetrics = metricsOf((registers) => ({
  frames: new Counter({
    name: 'shadow_frames_total',
    help: 'Live frames offered to the candidate, by outcome',
    labelNames: ['outcome'],
    registers,
  }),
}));
