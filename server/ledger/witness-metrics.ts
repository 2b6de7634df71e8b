// What is measured of the ledger's witnesses.
import { Gauge } from 'prom-client';
import { metricsOf } from '../http/metrics.ts';

export const witnessMetrics = metricsOf((registers) => ({
  witnesses: new Gauge({
    name: 'ledger_witnesses',
    help: 'Witnesses of the ledger by how they fared when they were last asked',
    labelNames: ['state'],
    registers,
  }),
}));
