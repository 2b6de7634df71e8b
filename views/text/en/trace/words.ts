// Words of the trace pages, in English.
import type { trace as reference } from '../../zh-CN/trace/words.ts';
import { bench } from './bench.ts';
import { claims } from './claim.ts';
import { compare } from './compare.ts';
import { diner } from './diner.ts';
import { evidence } from './evidence.ts';
import { findingTexts } from './finding.ts';
import { importing } from './import.ts';
import { labTest } from './lab-test.ts';
import { logger } from './logger.ts';
import { lots } from './lot.ts';
import { merge } from './merge.ts';
import { publish } from './publish.ts';
import { recall } from './recall.ts';
import { recallReason } from './recall-reason.ts';
import { shop } from './receipt.ts';
import { report } from './report.ts';
import { scan } from './scan.ts';
import { shipment } from './shipment.ts';
import { subscriptions } from './subscription.ts';
import { codeFaults, faults, findings, terms } from './terms.ts';
import { timeLine } from './time-line.ts';

export const trace: typeof reference = {
  ...terms,
  codeFaults,
  faults,
  findings,
  bench,
  timeLine,
  claims,
  compare,
  diner,
  evidence,
  findingTexts,
  importing,
  labTest,
  logger,
  lots,
  merge,
  publish,
  recall,
  recallReason,
  report,
  scan,
  shipment,
  shop,
  subscriptions,
};
