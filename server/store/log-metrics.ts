// What is measured of the write-ahead log.
import { Gauge } from 'prom-client';
import { metricsOf } from '../http/metrics.ts';

export const logMetrics = metricsOf((registers) => ({
  bytes: new Gauge({ name: 'sqlite_wal_bytes', help: 'Size of the write-ahead log', registers }),
}));
