// What is counted of flags.
import { Counter } from 'prom-client';
import { metricsOf } from '../../http/metrics.ts';

export const flagMetrics = metricsOf((registers) => ({
  raised: new Counter({ name: 'flags_total', help: 'Flags raised', labelNames: ['violation'], registers }),
}));
