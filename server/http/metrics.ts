// What the server counts and times, in Prometheus form.
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof openMetrics>;

const requestBuckets = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5];

export function openMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: 'http_request_seconds',
      help: 'Time to answer',
      labelNames: ['method', 'route', 'status'],
      buckets: requestBuckets,
      registers,
    }),
    jobs: new Counter({ name: 'jobs_total', help: 'Jobs ended', labelNames: ['name', 'outcome'], registers }),
    jobSeconds: new Histogram({
      name: 'job_seconds',
      help: 'Time a job took',
      labelNames: ['name'],
      buckets: requestBuckets,
      registers,
    }),
    queue: new Gauge({ name: 'queue_jobs', help: 'Jobs by state', labelNames: ['state'], registers }),
    frames: new Counter({ name: 'frames_total', help: 'Frames by outcome', labelNames: ['outcome'], registers }),
    stageSeconds: new Histogram({
      name: 'frame_stage_seconds',
      help: 'Time of each stage of a frame',
      labelNames: ['stage'],
      buckets: requestBuckets,
      registers,
    }),
    shadow: new Counter({
      name: 'shadow_frames_total',
      help: 'Live frames offered to the candidate, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    flags: new Counter({ name: 'flags_total', help: 'Flags raised', labelNames: ['violation'], registers }),
    captures: new Counter({
      name: 'captured_events_total',
      help: 'Events by outcome',
      labelNames: ['outcome'],
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
    machines: new Gauge({
      name: 'carrier',
      help: 'Redis connected (0 or 1), workers, and jobs out at them',
      labelNames: ['state'],
      registers,
    }),
    eye: new Gauge({ name: 'eye_frames', help: 'Frames in the worker pool', labelNames: ['state'], registers }),
    walBytes: new Gauge({ name: 'sqlite_wal_bytes', help: 'Size of the write-ahead log', registers }),
  };
}
