// What is counted of jobs: how they ended, how long they took, how many wait.
import { Counter, Gauge, Histogram } from 'prom-client';
import { metricsOf, secondBuckets } from '../http/metrics.ts';

export const jobMetrics = metricsOf((registers) => ({
  ended: new Counter({ name: 'jobs_total', help: 'Jobs ended', labelNames: ['name', 'outcome'], registers }),
  seconds: new Histogram({
    name: 'job_seconds',
    help: 'Time a job took',
    labelNames: ['name'],
    buckets: secondBuckets,
    registers,
  }),
  queued: new Gauge({ name: 'queue_jobs', help: 'Jobs by state', labelNames: ['state'], registers }),
  carrier: new Gauge({
    name: 'carrier',
    help: 'Redis connected (0 or 1), workers, and jobs out at them',
    labelNames: ['state'],
    registers,
  }),
}));
