// The registry of what the server counts and times, in Prometheus form; each room declares its own figures.
import { Histogram, Registry } from 'prom-client';

export type Metrics = { readonly registry: Registry };

/** Bounds of seconds that fit an answer, a job and a stage of a frame. */
export const secondBuckets = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5];

export function openMetrics(): Metrics {
  return { registry: new Registry() };
}

/** The figures that `declare` makes, once for each registry: at the first use, or when the server opens and asks for them. */
export function metricsOf<Figures>(declare: (registers: Registry[]) => Figures): (metrics: Metrics) => Figures {
  const declared = new WeakMap<Metrics, Figures>();
  return (metrics) => {
    const found = declared.get(metrics) ?? declare([metrics.registry]);
    declared.set(metrics, found);
    return found;
  };
}

export const requestMetrics = metricsOf((registers) => ({
  seconds: new Histogram({
    name: 'http_request_seconds',
    help: 'Time to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: secondBuckets,
    registers,
  }),
}));
