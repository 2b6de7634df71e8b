// Job name → action, one line each; stands beside app.tsx, so that jobs/ knows no job.
import type { Deps } from './deps.ts';
import { handedOn, type Work } from './jobs/run-jobs.ts';
import { openDatasetExports } from './kitchen/dataset/export-dataset.ts';
import { removeOldDatasets } from './kitchen/dataset/remove-old-datasets.ts';
import { removeHourFrames } from './kitchen/flag/remove-hour-frames.ts';
import { openLearning } from './kitchen/learning/learn-from-verdicts.ts';
import { closeOverdueOrders } from './kitchen/order/close-overdue.ts';
import { followOrders } from './kitchen/order/follow-orders.ts';
import { recoverScores } from './kitchen/order/recover-scores.ts';
import { removeOldPictures } from './kitchen/picture/remove-old-pictures.ts';
import { carrySample } from './kitchen/sample/carry-sample.ts';
import { sampleCamera } from './kitchen/sample/sample-camera.ts';
import { lookAtJudged } from './kitchen/shadow/look-at-judged.ts';
import { askWitnesses } from './ledger/ask-witnesses.ts';
import { writeCheckpoint } from './ledger/write-checkpoint.ts';
import { framesNeededSince } from './oversight/join/frames-needed-store.ts';
import { kitchensOfRecall } from './oversight/join/recall-kitchen-store.ts';
import { recalledLots } from './oversight/join/recalled-lot-store.ts';
import { tellOfWitnesses } from './oversight/notice/tell-of-witnesses.ts';
import { oversightWork } from './oversight/work.ts';
import { checkChain } from './trace/finding/check-chain.ts';
import { watchLots } from './trace/finding/watch-lots.ts';
import { openImports } from './trace/import/carry-import.ts';
import { forgetDrafts } from './trace/import/forget-drafts.ts';
import { issueDueRecalls } from './trace/publish/issue-recalls.ts';
import { remindRecalls } from './trace/recall/remind-recall.ts';
import { widenTouched } from './trace/recall/widen-recall.ts';
import { writeRecallReport } from './trace/report/write-recall-report.ts';

/** What they remove is gone from the disk when they end: they run while it is full. */
export const jobsThatMakeRoom: ReadonlySet<string> = new Set(['remove-old-pictures', 'remove-old-datasets']);

export function workOf(deps: Deps): Work {
  return {
    sample: async (payload, job) => {
      if (deps.machines === undefined || job === undefined) return void (await sampleCamera(deps, payload));
      return (await carrySample(deps, deps.machines, payload, job)) ? handedOn : undefined;
    },
    'sample-file': async (payload) => void (await sampleCamera(deps, payload)),
    'close-overdue': () => {
      closeOverdueOrders(deps);
      followOrders(deps);
    },
    'remove-old-pictures': () => {
      removeHourFrames(deps, (siteId) => framesNeededSince(deps.db, siteId, deps.clock()));
      removeOldPictures(deps, recalledLots(deps.db));
    },
    'remove-old-datasets': () => void removeOldDatasets(deps),
    'export-dataset': openDatasetExports(deps),
    'look-at-judged': () => lookAtJudged(deps),
    'learn-from-verdicts': openLearning(deps),
    'recover-scores': () => void recoverScores(deps),
    'check-chain': () => checkChain(deps),
    'import-lots': openImports(deps),
    'forget-drafts': () => void forgetDrafts(deps),
    'watch-lots': () => void watchLots(deps),
    'issue-recalls': (payload) => issueDueRecalls(deps, payload),
    'widen-recall': (payload) => widenTouched(deps, payload),
    'remind-recall': () => void remindRecalls(deps),
    'recall-report': (payload) =>
      writeRecallReport(deps, payload, (recallId, until) => kitchensOfRecall(deps.db, recallId, until)),
    ...oversightWork(deps),
    checkpoint: async () => {
      writeCheckpoint(deps.db, deps.secrets, deps.clock());
      await askWitnesses(deps);
      tellOfWitnesses(deps);
    },
  };
}
