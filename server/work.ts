// Job name → action, one line each; stands beside app.tsx, so that jobs/ knows no job.
import type { Deps } from './deps.ts';
import { handedOn, type Work } from './jobs/run-jobs.ts';
import { carrySample } from './kitchen/carry-sample.ts';
import { closeOverdueOrders } from './kitchen/close-overdue.ts';
import { openDatasetExports } from './kitchen/export-dataset.ts';
import { lookAtJudged } from './kitchen/look-at-judged.ts';
import { recoverScores } from './kitchen/recover-scores.ts';
import { removeOldDatasets } from './kitchen/remove-old-datasets.ts';
import { removeOldPictures } from './kitchen/remove-old-pictures.ts';
import { sampleCamera } from './kitchen/sample-camera.ts';
import { writeCheckpoint } from './ledger/write-checkpoint.ts';
import { lookAtKitchens } from './oversight/look-at-kitchens.ts';
import { kitchensOfRecall } from './oversight/recall-kitchen-store.ts';
import { checkChain } from './trace/check-chain.ts';
import { remindRecalls } from './trace/remind-recall.ts';
import { watchLots } from './trace/watch-lots.ts';
import { writeRecallReport } from './trace/write-recall-report.ts';

export function workOf(deps: Deps): Work {
  return {
    sample: async (payload, job) => {
      if (deps.machines === undefined || job === undefined) return void (await sampleCamera(deps, payload));
      return (await carrySample(deps, deps.machines, payload, job)) ? handedOn : undefined;
    },
    'sample-file': async (payload) => void (await sampleCamera(deps, payload)),
    'close-overdue': () => void closeOverdueOrders(deps),
    'remove-old-pictures': () => void removeOldPictures(deps),
    'remove-old-datasets': () => void removeOldDatasets(deps),
    'export-dataset': openDatasetExports(deps),
    'look-at-judged': () => lookAtJudged(deps),
    'recover-scores': () => void recoverScores(deps),
    'check-chain': () => checkChain(deps),
    'watch-lots': () => void watchLots(deps),
    'remind-recall': () => void remindRecalls(deps),
    'recall-report': (payload) =>
      writeRecallReport(deps, payload, (recallId, until) => kitchensOfRecall(deps.db, recallId, until)),
    'recall-kitchen': (payload) => lookAtKitchens(deps, payload),
    checkpoint: () => void writeCheckpoint(deps.db, deps.secrets, deps.clock()),
  };
}
