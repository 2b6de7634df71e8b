// Words of the trace pages, in Chinese: what every one of them shares, then one file a room.
import { bench } from './trace-bench.ts';
import { compare } from './trace-compare.ts';
import { diner } from './trace-diner.ts';
import { evidence } from './trace-evidence.ts';
import { findingTexts } from './trace-findings.ts';
import { lots } from './trace-lots.ts';
import { recall } from './trace-recall.ts';
import { report } from './trace-report.ts';
import { shop } from './trace-shop.ts';
import { subscriptions } from './trace-subscriptions.ts';
import { codeFaults, faults, findings, terms } from './trace-terms.ts';

export const trace = {
  ...terms,
  codeFaults,
  faults,
  findings,
  bench,
  compare,
  diner,
  evidence,
  findingTexts,
  lots,
  recall,
  report,

  shop,
  subscriptions,
};
