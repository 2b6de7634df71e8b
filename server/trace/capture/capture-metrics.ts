// What is counted of captured events.
import { Counter } from 'prom-client';
import { metricsOf } from '../../http/metrics.ts';

export const captureMetrics = metricsOf((registers) => ({
  events: new Counter({ name: 'captured_events_total', help: 'Events by outcome', labelNames: ['outcome'], registers }),
}));
